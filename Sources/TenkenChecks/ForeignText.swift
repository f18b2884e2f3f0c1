import TenkenModel

/// The text of a script that somebody else wrote, as far as an import has to understand it. Pure.
struct ForeignText {
  let text: String
  let lines: [String]
  let interpreter: String
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) throws(ForeignScript.Refusal) {
    guard bytes.starts(with: "#!".utf8) else { throw ForeignScript.Refusal(reason: "no script: it has no #! line") }
    do throws(InputProblem) {
      lines = try SourceText(bytes, file: "").lines
    } catch {
      throw ForeignScript.Refusal(reason: error.what)
    }
    let name = lines.first.flatMap { Shebang(line: $0) }?.interpreter ?? ""
    guard CheckBuilder.interpreters.contains(name) else {
      throw ForeignScript.Refusal(
        reason: "its interpreter \(name.quoted) is none of \(CheckBuilder.interpreters.joined(separator: ", "))")
    }
    text = lines.joined(separator: "\n")
    interpreter = name
    self.bytes = bytes
    if isShell, text.contains(#/\{\{[{%#]/#) {
      throw ForeignScript.Refusal(reason: "a template: render it first")
    }
  }

  private var isShell: Bool { interpreter == "sh" || interpreter == "bash" }

  /// Only the script goes to the terminal: what it looks for beside itself is not there.
  func refuseSiblings() throws(ForeignScript.Refusal) {
    if isShell {
      for command in try commands() where command.name == "." || command.name == "source" {
        let target = command.invocation.dropFirst().first
        guard let file = target?.value, Self.ofTheSystem.contains(file) else {
          throw ForeignScript.Refusal(
            reason: "line \(command.invocation.first?.line ?? 0) reads \((target?.text ?? "").quoted): only the script "
              + "itself goes to a terminal")
        }
      }
    }
    for (index, line) in lines.enumerated() where !line.trimmed.hasPrefix("#") {
      guard let word = Self.besideItself.first(where: line.contains) else { continue }
      throw ForeignScript.Refusal(
        reason:
          "line \(index + 1) looks for files beside the script (\(word)): only the script itself goes to a terminal")
    }
  }

  private static let ofTheSystem = ["/etc/os-release", "/usr/lib/os-release", "/etc/lsb-release"]

  private static let besideItself = [
    "dirname $0", "dirname \"$0\"", "dirname -- \"$0\"", "${0%/*}", "BASH_SOURCE", "FindBin", "__FILE__", "__file__",
    "require \"./", "require './", "do \"./", "do './",
  ]

  /// Every program that the script calls, as far as its words say: what is not there makes the check `not-checked`.
  /// More are found than may be needed; that is the safe side, and the sidecar can be mended.
  func programs() throws(ForeignScript.Refusal) -> [String] {
    var names: Set<String> = []
    if isShell {
      let commands = try commands()
      let functions = Set(commands.compactMap { $0.words.first?.text }.filter { isFunction($0) })
      for word in commands.flatMap(\.programs) {
        guard let name = word.value?.split(separator: "/").last.map(String.init) else { continue }
        if !ShellWords.ofTheShell.contains(name), !functions.contains(name) { names.insert(name) }
      }
    } else {
      for line in lines where !line.trimmed.hasPrefix("#") {
        for match in line.matches(of: #/(?:\/usr)?\/s?bin\/([A-Za-z0-9][A-Za-z0-9._-]*)/#) {
          names.insert(String(match.1))
        }
      }
    }
    return names.filter { ID<Check>($0) != nil && $0.first?.isLowercase == true && $0 != "env" }.sorted()
  }

  private func isFunction(_ name: String) -> Bool {
    guard name.wholeMatch(of: #/[A-Za-z_][A-Za-z0-9_-]*/#) != nil else { return false }
    return lines.contains { line in
      let line = line.trimmed
      return line.hasPrefix("function \(name)")
        || line.hasPrefix(name) && line.dropFirst(name.count).trimmed.hasPrefix("()")
    }
  }

  private func commands() throws(ForeignScript.Refusal) -> [ShellCommand] {
    do throws(ShellSyntaxError) {
      return try ShellTokenizer.fragments(of: bytes).flatMap { ShellCommand.commands(of: $0) }
    } catch {
      throw ForeignScript.Refusal(reason: "line \(error.line) could not be understood: \(error.what)")
    }
  }
}
