import Foundation

/// A program that was started: its messages can be followed, and it can be sent signals.
struct RunningProgram: Sendable {
  /// Lines of its standard error, as they come.
  let messages: AsyncStream<String>
  private let pid: Int32
  private let output: CollectedText
  private let collected: CollectedText
  private let ending: AsyncStream<Finished.Ending>

  static func start(_ program: Program) throws -> RunningProgram {
    let process = Process()
    process.executableURL = URL(filePath: program.path)
    process.arguments = program.arguments
    process.environment = ProcessInfo.processInfo.environment.merging(program.environment) { $1 }
    process.currentDirectoryURL = program.directory
    process.standardInput = FileHandle.nullDevice
    let (lines, line) = AsyncStream.makeStream(of: String.self)
    let (endings, ending) = AsyncStream.makeStream(of: Finished.Ending.self)
    let output = CollectedText()
    let messages = CollectedText()
    process.standardOutput = output.pipe { _ in }
    process.standardError = messages.pipe { text in
      for part in text.split(separator: "\n") { line.yield(String(part)) }
      if text.isEmpty { line.finish() }
    }
    process.terminationHandler = { process in
      let status = process.terminationStatus
      ending.yield(process.terminationReason == .exit ? .exited(status) : .killed(signal: status))
      ending.finish()
    }
    try process.run()
    return RunningProgram(
      messages: lines, pid: process.processIdentifier, output: output, collected: messages, ending: endings)
  }

  func send(_ signal: Int32) { kill(pid, signal) }

  func finished() async -> Finished {
    var last = Finished.Ending.exited(-1)
    for await ending in ending { last = ending }
    return Finished(ending: last, stdout: await output.whole(), stderr: await collected.whole())
  }
}
