internal import ArgumentParser
internal import TenkenModel
internal import TenkenPipeline

struct InventoryListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The terminals of an inventory: all of them, or those that are selected.")

  @Argument(help: "The inventory's directory.")
  var path: String

  @Option(help: "Which terminals; see `tenken help list`. By default all of them.")
  var select = ""

  @Option(name: [.customShort("o"), .customLong("output")], help: "table, ids, csv or jsonl.")
  var format = ListFormat.table

  @OptionGroup var state: StateOptions

  func run() throws {
    let inventory = try Inputs.inventory(at: path)
    World.current.output.write(try state.station.list(inventory, select: select, as: format))
  }
}
