import TenkenModel

/// What a script may not do: write, wait for input, or speak a dialect that half of the terminals do not know.
struct ShellLint {
  let check: Check

  var problems: [InputProblem] {
    do throws(ShellSyntaxError) {
      let fragments = try ShellTokenizer.fragments(of: check.script)
      let tokens = check.interpreter == "sh" ? fragments.joined().flatMap(dialect) : []
      return fragments.flatMap { ShellCommand.commands(of: $0) }.flatMap(problems(of:)) + tokens
    } catch {
      return [problem(error.line, error.what, "close it; the rest of the script was not looked at")]
    }
  }

  private func problems(of command: ShellCommand) -> [InputProblem] {
    command.redirections.compactMap(redirection) + command.programs.compactMap { program($0, command) }
      + [search(command), endOfInput(command), result(command)].compactMap(\.self)
      + (check.interpreter == "sh" ? dialect(command) : [])
  }

  func problem(_ line: Int, _ what: String, _ fix: String) -> InputProblem {
    InputProblem(file: check.file, line: line, what: what, fix: fix)
  }

  private func redirection(_ redirection: ShellCommand.Redirection) -> InputProblem? {
    let sign = redirection.sign
    let target = redirection.target?.value
    switch sign.text {
    case "<<", "<<-", "<<<":
      return problem(
        sign.line, "a here-document or here-string", "use printf or a quoted argument: many shells write them to /tmp")
    case ">&" where target == "-" || Int(target ?? "") != nil: return nil
    case ">", ">>", ">|", ">&", "<>", "&>", "&>>":
      guard target != "/dev/null" else { return nil }
      return problem(
        sign.line, "a redirection that writes to \(redirection.target?.text ?? "nothing")",
        "a check creates no file: pipe it, keep it in a variable, or send it to /dev/null or >&2")
    default: return nil
    }
  }

  private func program(_ word: ShellToken, _ command: ShellCommand) -> InputProblem? {
    let name = word.value?.split(separator: "/").last.map(String.init) ?? ""
    let arguments = command.invocation.compactMap(\.value)
    let changes =
      switch name {
      case "dd": arguments.contains { $0.hasPrefix("of=") }
      case "kill": !arguments.contains("-0")
      case "mount": arguments.count > 1
      case "sed": arguments.contains { $0.hasPrefix("--in-place") || $0.prefixMatch(of: #/-[nErsuz]*i/#) != nil }
      default: Self.writers.contains(name)
      }
    guard changes else { return nil }
    return problem(word.line, "\(name) changes the terminal", "a check only reads")
  }

  private static let writers: Set<String> = [
    "chattr", "chgrp", "chmod", "chown", "cp", "crontab", "insmod", "install", "killall", "ln", "mkdir", "mkfifo",
    "mknod", "mktemp", "modprobe", "mv", "passwd", "pkill", "reboot", "rm", "rmdir", "rmmod", "setfacl", "shred",
    "shutdown", "sync", "tee", "touch", "truncate", "umount", "unlink", "useradd", "userdel", "usermod",
  ]

  /// A search of everything goes into network file systems: a thousand terminals would hit one file server.
  private func search(_ command: ShellCommand) -> InputProblem? {
    guard let find = command.programs.first(where: { $0.value == "find" }) else { return nil }
    let words = command.invocation.map { $0.text.replacing("\"", with: "").replacing("'", with: "") }
    let searchesAll = words.contains { $0 == "/" || $0.wholeMatch(of: #/\$\{?\w+\}?\//#) != nil }
    guard searchesAll, !words.contains("-xdev"), !words.contains("-mount") else { return nil }
    return problem(find.line, "find from / without -xdev", "add -xdev, or name the directories")
  }

  private func endOfInput(_ command: ShellCommand) -> InputProblem? {
    guard command.name == "exec", command.invocation.count == 1,
      let input = command.redirections.first(where: { $0.sign.text == "<" && ($0.sign.value ?? "0") == "0" })
    else { return nil }
    return problem(
      input.sign.line, "exec that redirects standard input",
      "take it out: input is at its end already, and under oscap or sh -s it cuts the script short")
  }

  private func result(_ command: ShellCommand) -> InputProblem? {
    guard check.resultProtocol == .sce, command.name == "exit", let word = command.invocation.first else { return nil }
    let argument = command.invocation.dropFirst().first
    guard let argument else {
      return problem(word.line, "exit without a result", "exit with 101 to 108; the last command's status is none")
    }
    guard let value = argument.value, !(101...108).contains(Int(value) ?? 0) else { return nil }
    return problem(
      word.line, "exit \(value) is no result",
      "exit with 101 pass, 102 fail, 103 error, 104 unknown, "
        + "105 not applicable, 106 not checked or 108 informational")
  }
}
