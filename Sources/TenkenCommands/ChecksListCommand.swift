internal import ArgumentParser
internal import TenkenPipeline

struct ChecksListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "All checks, a line each.")

  @Argument(help: "A directory of checks. By default ./checks.")
  var directory: String?

  @OptionGroup var options: CatalogueOptions

  func run() throws {
    let catalogue = try options.catalogue(directory)
    World.current.output.write(Inputs.table(of: catalogue))
  }
}
