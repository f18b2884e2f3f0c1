package import ArgumentParser
internal import Glibc
internal import TenkenModel

/// The command line: what it is called with, and how it ends.
package struct Tenken: AsyncParsableCommand {
  package static let version = "0.1.0"

  package static let configuration = CommandConfiguration(
    commandName: "tenken",
    abstract: "Inspects a fleet of terminals over SSH, and leaves nothing on them.",
    discussion: """
      Exit status of sweep and resume: 0 everything selected was inspected and nothing is unsound or suspect; 1 \
      something is; 2 something was not wholly inspected; 3 both; 75 interrupted: `tenken resume` goes on; 130 \
      stopped at once. Every command: 64 usage, 65 bad input, 66 no such input, 69 a service is missing, 70 a bug \
      in Tenken, 73 and 74 cannot create or write, 77 permissions.
      """,
    version: "tenken \(version)",
    subcommands: [
      KeyscanCommand.self, ProbeCommand.self, SweepCommand.self, ResumeCommand.self, StatusCommand.self,
      SweepsCommand.self, ListCommand.self, FindingsCommand.self, ShowCommand.self, ReportCommand.self,
      VerifyCommand.self, DiffCommand.self, StackCommand.self, FlowsCommand.self, InventoryCommand.self,
      ChecksCommand.self, DoctorCommand.self,
    ])

  package init() {}

  /// Runs one command line to its exit status. Whatever went wrong has been said by then.
  package static func run(_ arguments: [String]) async -> Int32 {
    // A reader that went away is seen by write(2), and stops nothing.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      return outputStatus()
    } catch {
      return report(error)
    }
  }

  /// A list that was cut short by a full disk must not look whole.
  private static func outputStatus() -> Int32 {
    let world = World.current
    guard world.output.failure != 0 else { return 0 }
    world.errors.line(
      "tenken: cannot write the output: \(String(cString: strerror(world.output.failure))).\n"
        + "  What was written is not whole. Write it elsewhere.")
    return Failure.Code.inputOutput.rawValue
  }

  private static func report(_ error: any Error) -> Int32 {
    let world = World.current
    switch error {
    case let failure as Failure:
      world.errors.line("tenken: \(failure.what): \(failure.why).\n  \(failure.next)")
      return failure.code.rawValue
    case let problems as InputProblems:
      report(problems)
      return Failure.Code.badInput.rawValue
    case let code as ExitCode:
      return code.rawValue
    default:
      let status = exitCode(for: error).rawValue
      let text = fullMessage(for: error)
      if !text.isEmpty { (status == 0 ? world.output : world.errors).line(text) }
      return status
    }
  }

  /// As many problems as a person reads in one go, and how many there are.
  private static func report(_ problems: InputProblems) {
    let shown = 100
    let errors = World.current.errors
    for problem in problems.problems.prefix(shown) { errors.line(problem.description.escapedForPeople(maxLength: 600)) }
    let count = problems.problems.count
    let further = count > shown ? "; the first \(shown) are shown" : ""
    errors.line("tenken: \(count == 1 ? "1 problem" : "\(count) problems") in the input\(further). Nothing was done.")
  }
}
