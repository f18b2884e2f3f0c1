internal import ArgumentParser
internal import TenkenPipeline

struct ChecksListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "All checks, a line each.")

  @OptionGroup var options: CatalogueOptions

  func run() throws {
    let catalogue = try options.catalogue()
    World.current.output.write(Inputs.table(of: catalogue))
  }
}
