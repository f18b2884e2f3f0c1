/// How a program ended, and what it said.
struct Finished: Sendable {
  enum Ending: Sendable, Hashable {
    case exited(Int32)
    case killed(signal: Int32)
  }

  let ending: Ending
  let stdout: String
  let stderr: String

  /// `nil` where a signal ended it.
  var status: Int32? {
    guard case .exited(let status) = ending else { return nil }
    return status
  }

  var lastMessage: String { stderr.split(separator: "\n").last.map(String.init) ?? "" }
}
