internal import ArgumentParser

struct InventoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inventory", abstract: "Check, list or generate an inventory.",
    subcommands: [InventoryCheckCommand.self, InventoryListCommand.self, InventoryGenerateCommand.self])
}
