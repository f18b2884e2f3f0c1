internal import ArgumentParser

struct ChecksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checks", abstract: "List, show, lint, test or import checks.",
    subcommands: [
      ChecksListCommand.self, ChecksShowCommand.self, ChecksLintCommand.self, ChecksTestCommand.self,
      ChecksImportCommand.self,
    ])
}
