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
      + [search(command), sideEffect(command), endOfInput(command), result(command)].compactMap(\.self)
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
      case "sort": arguments.contains { $0.hasPrefix("-o") || $0.hasPrefix("--output") }
      case "tar": arguments.contains { $0.prefixMatch(of: #/--extract|-?[A-Za-z]*x/#) != nil }
      case "sysctl":
        arguments.contains { ["-w", "-p", "--write", "--load", "--system"].contains($0) || $0.contains("=") }
      case "systemctl", "service": arguments.contains(where: Self.orders.contains)
      case "dmesg": arguments.contains { $0.prefixMatch(of: #/--(read-)?clear|-[a-z]*[cC]/#) != nil }
      case "journalctl":
        arguments.contains { $0.prefixMatch(of: #/--(rotate|vacuum|flush|sync|relinquish|setup-keys|update)/#) != nil }
      case "sed": arguments.contains { $0.hasPrefix("--in-place") || $0.prefixMatch(of: #/-[nErsuz]*i/#) != nil }
      default: Self.writers.contains(name)
      }
    guard changes else { return nil }
    return problem(word.line, "\(name) changes the terminal", "a check only reads")
  }

  private static let writers: Set<String> = [
    "apt", "apt-get", "chattr", "chgrp", "chmod", "chown", "cp", "cpio", "crontab", "csplit", "dnf", "fsck", "insmod",
    "install", "killall", "ln", "mkdir", "mkfifo",
    "logger", "logrotate", "mknod", "mktemp", "modprobe", "mv", "passwd", "pkill", "reboot", "rm", "rmdir", "rmmod",
    "rsync", "script", "setfacl", "shred",
    "shutdown", "split", "swapoff", "swapon", "sync", "tee", "touch", "truncate", "umount", "unlink", "useradd",
    "userdel", "usermod",
  ]

  /// A search of everything goes into network file systems: a thousand terminals would hit one file server.
  private func search(_ command: ShellCommand) -> InputProblem? {
    guard let walker = command.programs.first(where: { Self.walkers.keys.contains($0.value ?? "") }),
      let name = walker.value, let bounds = Self.walkers[name]
    else { return nil }
    let words = command.invocation.map { $0.text.replacing("\"", with: "").replacing("'", with: "") }
    let searchesAll = words.contains {
      $0 == "/" || $0.wholeMatch(of: #/\$\{?\w+(:?[-=]\/?)?\}?\/|\$\{\w+:?[-=]\/\}/#) != nil
    }
    let isDeep =
      name == "find" || name == "du"
      || words.contains { $0.wholeMatch(of: #/-[A-Za-z]*[rR][A-Za-z]*|--recursive/#) != nil }
    let isBound = words.contains {
      bounds.contains($0) || (name == "du" && $0.wholeMatch(of: #/-[A-Za-z]*x[A-Za-z]*/#) != nil)
    }
    let isPruned = words.contains("-prune") && !words.contains("-o")
    guard searchesAll, isDeep, !isPruned, !isBound else { return nil }
    let fix =
      bounds.first.map { "add \($0), or name the directories" } ?? "use find with -xdev, or name the directories"
    return problem(walker.line, "\(name) from / without \(bounds.first ?? "a bound")", fix)
  }

  /// What walks through directories, and the options that keep it on one file system.
  private static let walkers = ["find": ["-xdev", "-mount"], "du": ["-x", "--one-file-system"], "grep": [], "ls": []]

  /// Some that only read change the kernel, or speak to others: a header has to say so.
  private func sideEffect(_ command: ShellCommand) -> InputProblem? {
    let said = check.notes.first { $0.name == HeaderKey.sideEffects.rawValue }?.value ?? ""
    for word in command.programs {
      guard let name = word.value?.split(separator: "/").last.map(String.init) else { continue }
      for (effect, programs) in Self.effects where programs.contains(name) && !said.contains(effect) {
        return problem(
          word.line, "\(name) and no side-effects: \(effect) in the header",
          "add `#% side-effects: \(effect)`, or read /proc instead")
      }
    }
    return nil
  }

  private static let effects: [(String, Set<String>)] = [
    ("loads-modules", ["arptables", "conntrack", "ebtables", "ip6tables", "iptables", "nft", "ss"]),
    ("network", ["curl", "dig", "host", "nc", "ncat", "nslookup", "ping", "ping6", "ssh", "telnet", "wget"]),
  ]

  private static let orders: Set<String> = [
    "daemon-reexec", "daemon-reload", "disable", "enable", "kill", "mask", "reload", "reset-failed", "restart", "start",
    "stop", "unmask",
  ]

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
