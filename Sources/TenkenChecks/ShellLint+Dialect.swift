import TenkenModel

/// What bash knows and `/bin/sh` of Debian, Alpine and others does not. `local` is allowed: all of them have it.
extension ShellLint {
  func dialect(_ token: ShellToken) -> [InputProblem] {
    var found = token.expansions.filter(Self.isOfBash)
    switch (token.kind, token.text) {
    case (.redirection, "<("), (.redirection, ">("), (.redirection, "&>"), (.redirection, "&>>"):
      found.append(token.text)
    case (.control, "|&"), (.control, ";&"), (.control, ";;&"), (.word, "(("): found.append(token.text)
    default: break
    }
    return found.map { bashism(token.line, $0) }
  }

  func dialect(_ command: ShellCommand) -> [InputProblem] {
    var problems: [InputProblem] = []
    for word in command.words.prefix(while: { ShellCommand.isAssignment($0.text) }) where appends(word) {
      problems.append(bashism(word.line, "+="))
    }
    guard let name = command.invocation.first, let value = name.value else { return problems }
    if name.text == value, Self.commands.contains(value) { problems.append(bashism(name.line, value)) }
    let arguments = command.invocation.dropFirst()
    if value == "[" || value == "test", let equals = arguments.first(where: { $0.text == "==" }) {
      problems.append(bashism(equals.line, "== in \(value)"))
    }
    if let option = Self.option(of: value, arguments.compactMap(\.value)) {
      problems.append(bashism(name.line, "\(value) \(option)"))
    }
    if value == "echo", let option = arguments.first, option.text == "-e" || option.text == "-n" {
      problems.append(bashism(name.line, "echo \(option.text)"))
    }
    return problems
  }

  private static let commands: Set<String> = [
    "[[", "function", "source", "declare", "typeset", "let", "shopt", "pushd", "popd", "select", "readarray",
    "mapfile", "coproc", "disown",
  ]

  /// What dash or busybox refuses, or takes for something else.
  private static func option(of command: String, _ arguments: [String]) -> String? {
    switch command {
    case "read": arguments.first { $0.wholeMatch(of: #/-[a-z]*[adnNpstu][a-z0-9]*/#) != nil }
    case "printf": arguments.first { $0 == "-v" }
    case "set": arguments.first { $0 == "pipefail" }
    case "type": arguments.first { $0.wholeMatch(of: #/-[afptP]+/#) != nil }
    case "trap": arguments.dropFirst().first { ["ERR", "DEBUG", "RETURN"].contains($0) }
    case "wait": arguments.first { $0 == "-n" }
    case "export": arguments.first { $0 == "-f" }
    default: nil
    }
  }

  private func appends(_ word: ShellToken) -> Bool {
    word.text.prefixMatch(of: #/\w+\+=/#) != nil
  }

  /// `${...}` beyond POSIX.1-2024, 2.6.2: a substring, a replacement, a change of case, an indirection, an array.
  private static func isOfBash(_ expansion: String) -> Bool {
    guard expansion.hasPrefix("${") else { return true }
    return expansion.prefixMatch(of: #/\$\{(!|#?\w+(\[|\/|\^|,|@|:[^-=?+]))/#) != nil
  }

  private func bashism(_ line: Int, _ what: String) -> InputProblem {
    problem(line, "\(what) is not of POSIX sh", "write it in POSIX, or begin with #!/bin/bash (few terminals have it)")
  }
}
