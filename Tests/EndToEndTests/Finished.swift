/// How a program ended, and what it said.
struct Finished: Sendable {
  /// The exit status, or 128 and the signal that ended it.
  let status: Int32
  let stdout: String
  let stderr: String

  var lastMessage: String { stderr.split(separator: "\n").last.map(String.init) ?? "" }
}
