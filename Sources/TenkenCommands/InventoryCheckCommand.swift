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
    let hosts = HostKeysOnRecord(of: inventory)
    guard hosts.problems.isEmpty else { throw InputProblems(hosts.problems) }
    let output = World.current.output
    output.line(
      "\(path): \(inventory.terminals.count.grouped) terminals at \(inventory.sites.count.grouped) sites, "
        + "digest \(inventory.digest)")
    for remark in InventoryRemarks.lines(inventory, hosts: hosts) { output.line(remark) }
  }
}
