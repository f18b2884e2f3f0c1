/// The first line of a script, `#!/bin/sh`.
struct Shebang: Hashable {
  /// Without its directory: `sh`.
  let interpreter: String
  /// What stands after it; nothing of it reaches the terminal, where the interpreter is called with `-c`.
  let arguments: String

  /// `nil` where the line is none.
  init?(line: String) {
    guard line.hasPrefix("#!") else { return nil }
    var words = line.dropFirst(2).split { $0 == " " || $0 == "\t" || $0 == "\r" }.map(String.init)
    guard !words.isEmpty else { return nil }
    var name = words.removeFirst().split(separator: "/").last.map(String.init) ?? ""
    if name == "env", !words.isEmpty { name = words.removeFirst() }
    interpreter = name
    arguments = words.joined(separator: " ")
  }
}
