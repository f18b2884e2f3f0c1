package import TenkenModel

/// What a check of a catalogue may not do, beyond what makes it unreadable. Pure; it reads the script's text and does
/// not look into the programs that the script calls (an `awk` that prints to a file goes unseen: the test with
/// strace is there for that).
package enum Lint {
  package static func problems(in catalogue: Catalogue) -> [InputProblem] {
    catalogue.checks.flatMap { check in
      let lines = check.script.split(separator: 0x0A, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      let header = check.resultProtocol == .script ? [] : HeaderLint(check: check, lines: lines).problems
      // A script that somebody else wrote runs as it is: only what is said of it can be mended.
      guard !check.isForeign else { return header }
      let shell = ["sh", "bash"].contains(check.interpreter) ? ShellLint(check: check).problems : []
      return (header + form(check, lines) + parameters(check, lines) + shell)
        .sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    }
  }

  /// Checks whose scripts are not held against the rules, as somebody else wrote them.
  package static func unread(in catalogue: Catalogue) -> [Check] { catalogue.checks.filter(\.isForeign) }

  /// A parameter that no header line declares never has a value: what is compared with it would be decided by that.
  private static func parameters(_ check: Check, _ lines: [String]) -> [InputProblem] {
    let declared = Set(check.parameters.map(\.name))
    return lines.enumerated().flatMap { index, line in
      guard !line.hasPrefix("#") else { return [InputProblem]() }
      return line.matches(of: /XCCDF_VALUE_([A-Za-z0-9_]+)/).map { String($0.1) }.filter { !declared.contains($0) }
        .map { name in
          let near = declared.first { $0.lowercased() == name.lowercased() }
          return InputProblem(
            file: check.file, line: index + 1, what: "no parameter is called \(name)",
            fix: near.map { "write XCCDF_VALUE_\($0): names keep their case" }
              ?? "declare it: #% param: \(name) string VALUE \"what it means\"")
        }
    }
  }

  private static func form(_ check: Check, _ lines: [String]) -> [InputProblem] {
    var problems: [InputProblem] = []
    if let shebang = lines.first.flatMap({ Shebang(line: $0) }) {
      if !shebang.arguments.isEmpty {
        problems.append(
          InputProblem(
            file: check.file, line: 1, what: "the first line gives the interpreter \"\(shebang.arguments)\"",
            fix: "write it as a set command; the terminal's interpreter is called without arguments"))
      }
    } else {
      problems.append(
        InputProblem(file: check.file, line: 1, what: "no #! line", fix: "begin with #!/bin/\(check.interpreter)"))
    }
    if check.script.last != 0x0A {
      problems.append(
        InputProblem(
          file: check.file, line: lines.count, what: "no newline at the end",
          fix: "end the last line: a script that was cut short must not look whole"))
    }
    if let line = lines.firstIndex(where: { $0.hasSuffix("\r") }) {
      problems.append(
        InputProblem(
          file: check.file, line: line + 1, what: "a carriage return", fix: "save the file with newlines only"))
    }
    return problems
  }
}
