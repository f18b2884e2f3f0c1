internal import ArgumentParser
internal import TenkenModel
internal import TenkenPipeline

struct ChecksLintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Refuse checks that could pass by accident, or leave a trace on a terminal.")

  @Argument(help: "A directory of checks. By default ./checks.")
  var directory: String?

  @OptionGroup var options: CatalogueOptions

  func run() throws {
    let catalogue = try options.catalogue(directory)
    let (problems, note) = try Inputs.lint(catalogue)
    if let note { World.current.errors.line(note) }
    guard problems.isEmpty else { throw InputProblems(problems) }
    World.current.output.line(
      "\(catalogue.checks.count == 1 ? "1 check" : "\(catalogue.checks.count) checks"), nothing to object to")
  }
}
