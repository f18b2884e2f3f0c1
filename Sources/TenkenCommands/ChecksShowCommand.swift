internal import ArgumentParser
internal import TenkenModel
internal import TenkenPipeline

struct ChecksShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "What a check looks for, why, what a fail means and what to do next.")

  @Argument(help: "The check's id.")
  var id: String

  @OptionGroup var options: CatalogueOptions

  func run() throws {
    let catalogue = try options.catalogue()
    guard let check = ID<Check>(id).flatMap({ catalogue[$0] }) else {
      throw Failure(
        .noSuchInput, "no check is called \"\(id.escapedForPeople())\"", why: "the catalogue does not have it",
        next: "It has: \(catalogue.checks.map(\.id.rawValue).joined(separator: ", ")).")
    }
    World.current.output.write(Inputs.page(of: check))
  }
}
