/// One simple command of a script: its words and redirections. A redirection of a group or a loop is a command
/// without words.
struct ShellCommand {
  struct Redirection {
    let sign: ShellToken
    /// `nil` where the script ends before it.
    let target: ShellToken?
  }

  private(set) var words: [ShellToken] = []
  private(set) var redirections: [Redirection] = []

  /// The words after the assignments: the command's name and what it is given.
  var invocation: ArraySlice<ShellToken> { words.drop { Self.isAssignment($0.text) } }

  /// `nil` where it is an expansion, or where there are assignments only.
  var name: String? { invocation.first?.value }

  /// Every program that the command starts, as far as its words say: behind `exec`, `xargs`, `find -exec` as well.
  var programs: [ShellToken] {
    var programs: [ShellToken] = []
    var isNext = true
    for word in invocation {
      if isNext, let value = word.value, !value.hasPrefix("-"), !Self.isAssignment(value), Int(value) == nil {
        programs.append(word)
        isNext = false
      }
      if let value = word.value, Self.launchers.contains(value) { isNext = true }
    }
    return programs
  }

  private static let launchers: Set<String> = [
    "exec", "command", "env", "nohup", "nice", "xargs", "setsid", "time", "timeout", "busybox", "sudo", "-exec",
    "-execdir", "-ok", "-okdir",
  ]

  static func isAssignment(_ text: String) -> Bool {
    guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return false }
    var name = text.utf8[..<equals]
    if name.last == UInt8(ascii: "+") { name.removeLast() }
    guard let first = name.first, !(0x30...0x39).contains(first) else { return false }
    return name.allSatisfy(isNameByte)
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// The commands of one fragment, in their order.
  static func commands(of tokens: [ShellToken]) -> [ShellCommand] {
    var reader = Reader()
    var rest = tokens[...]
    while let token = rest.popFirst() { reader.read(token, &rest) }
    reader.finish()
    return reader.commands
  }

  private struct Reader {
    var commands: [ShellCommand] = []
    private var current = ShellCommand()
    private var cases = 0
    private var expectsPattern = false

    mutating func read(_ token: ShellToken, _ rest: inout ArraySlice<ShellToken>) {
      if expectsPattern { return pattern(token) }
      switch token.kind {
      case .newline: finish()
      case .control:
        finish()
        expectsPattern = cases > 0 && [";;", ";&", ";;&"].contains(token.text)
      case .redirection: redirect(token, &rest)
      case .word: word(token, &rest)
      }
    }

    mutating func finish() {
      if !current.words.isEmpty || !current.redirections.isEmpty { commands.append(current) }
      current = ShellCommand()
    }

    /// Patterns are no commands; `esac` in place of one ends the `case`.
    private mutating func pattern(_ token: ShellToken) {
      if token.text == "esac", token.kind == .word { cases -= 1 }
      expectsPattern = !(token.kind == .control && token.text == ")" || token.text == "esac")
    }

    private mutating func redirect(_ sign: ShellToken, _ rest: inout ArraySlice<ShellToken>) {
      let target = rest.first?.kind == .word ? rest.popFirst() : nil
      current.redirections.append(Redirection(sign: sign, target: target))
    }

    private mutating func word(_ token: ShellToken, _ rest: inout ArraySlice<ShellToken>) {
      guard current.words.isEmpty else { return current.words.append(token) }
      switch token.text {
      case _ where ShellToken.leading.contains(token.text), "fi", "done", "}": break
      case "case":
        while let next = rest.popFirst(), next.text != "in" {}
        cases += 1
        expectsPattern = true
      case "esac": cases -= 1
      default: current.words.append(token)
      }
    }
  }
}
