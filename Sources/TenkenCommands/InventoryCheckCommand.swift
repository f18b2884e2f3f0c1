internal import ArgumentParser
internal import TenkenModel
internal import TenkenPipeline

struct InventoryCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Read an inventory and say everything that is wrong with it.")

  @Argument(help: "The inventory's directory.")
  var path: String

  func run() throws {
    let inventory = try Inputs.inventory(at: path)
    World.current.output.line(
      "\(path): \(inventory.terminals.count.grouped) terminals at \(inventory.sites.count.grouped) sites, "
        + "digest \(inventory.digest)")
  }
}
