/// Words: quotes, escapes and expansions.
extension ShellTokenizer {
  /// A word while it is being read.
  private struct Word {
    var value: [UInt8]? = []
    var expansions: [String] = []

    mutating func append(_ byte: UInt8) { value?.append(byte) }
    mutating func expands() { value = nil }
  }

  mutating func word() throws(ShellSyntaxError) -> ShellToken {
    let start = at
    let startLine = line
    var word = Word()
    while let byte = current, !Self.endsWord(byte) { try part(byte, of: &word) }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if current == UInt8(ascii: "<") || current == UInt8(ascii: ">"), !text.isEmpty,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    {
      return redirection(descriptor: text)
    }
    if current == UInt8(ascii: "("), text.hasSuffix("="), ShellCommand.isAssignment(text) {
      word.expansions.append("=(")
    }
    return ShellToken(
      kind: .word, text: text, line: startLine, value: word.value.map { String(decoding: $0, as: UTF8.self) },
      expansions: word.expansions)
  }

  private static func endsWord(_ byte: UInt8) -> Bool { " \t\n;&|()<>".utf8.contains(byte) }

  private mutating func part(_ byte: UInt8, of word: inout Word) throws(ShellSyntaxError) {
    switch byte {
    case UInt8(ascii: "\\"):
      at += 1
      if let escaped = current {
        if escaped != 0x0A { word.append(escaped) }
        advance()
      }
    case UInt8(ascii: "'"): try singleQuoted(&word)
    case UInt8(ascii: "\""): try doubleQuoted(&word)
    case UInt8(ascii: "`"): try backquoted(&word)
    case UInt8(ascii: "$"): try expansion(of: &word, inQuotes: false)
    default:
      word.append(byte)
      advance()
    }
  }

  private mutating func singleQuoted(_ word: inout Word) throws(ShellSyntaxError) {
    let start = line
    at += 1
    while let byte = current {
      advance()
      if byte == UInt8(ascii: "'") { return }
      word.append(byte)
    }
    throw ShellSyntaxError(line: start, what: "a ' that is not closed")
  }

  private mutating func doubleQuoted(_ word: inout Word) throws(ShellSyntaxError) {
    let start = line
    at += 1
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return
      case UInt8(ascii: "\\"), UInt8(ascii: "`"): try part(byte, of: &word)
      case UInt8(ascii: "$"): try expansion(of: &word, inQuotes: true)
      default:
        word.append(byte)
        advance()
      }
    }
    throw ShellSyntaxError(line: start, what: "a \" that is not closed")
  }

  /// Its text loses one level of backslashes before it is a script (POSIX, 2.6.3).
  private mutating func backquoted(_ word: inout Word) throws(ShellSyntaxError) {
    let start = line
    var script: [UInt8] = []
    word.expands()
    at += 1
    while let byte = current, byte != UInt8(ascii: "`") {
      advance()
      if byte == UInt8(ascii: "\\"), let escaped = current, "$`\\".utf8.contains(escaped) {
        script.append(escaped)
        advance()
      } else {
        script.append(byte)
      }
    }
    guard current != nil else { throw ShellSyntaxError(line: start, what: "a ` that is not closed") }
    at += 1
    var inner = ShellTokenizer(script, line: start)
    try inner.fragment(closedBy: nil)
    fragments += inner.fragments
  }

  private mutating func expansion(of word: inout Word, inQuotes: Bool) throws(ShellSyntaxError) {
    if looksAt("$(("), arithmetic(opening: 3) {
      word.expands()
    } else if looksAt("$(") {
      word.expands()
      at += 2
      try fragment(closedBy: UInt8(ascii: ")"))
    } else if looksAt("${") {
      try parameter(of: &word, inQuotes: inQuotes)
    } else if looksAt("$'"), !inQuotes {
      try dollarQuoted(&word)
    } else if looksAt("$\""), !inQuotes {
      word.expansions.append("$\"")
      at += 1
    } else {
      variable(of: &word)
    }
  }

  /// `$name`, `$1`, `$?`; a `$` before anything else is itself.
  private mutating func variable(of word: inout Word) {
    at += 1
    guard let byte = current else { return word.append(UInt8(ascii: "$")) }
    if ShellCommand.isNameByte(byte) {
      word.expands()
      while let byte = current, ShellCommand.isNameByte(byte) { at += 1 }
    } else if "@*#?-$!".utf8.contains(byte) {
      word.expands()
      at += 1
    } else {
      word.append(UInt8(ascii: "$"))
    }
  }

  private mutating func parameter(of word: inout Word, inQuotes: Bool) throws(ShellSyntaxError) {
    let (start, startLine) = (at, line)
    var inner = Word()
    at += 2
    while let byte = current, byte != UInt8(ascii: "}") {
      if byte == UInt8(ascii: "'"), inQuotes { at += 1 } else { try part(byte, of: &inner) }
    }
    guard current != nil else { throw ShellSyntaxError(line: startLine, what: "a ${ that is not closed") }
    at += 1
    word.expands()
    word.expansions += inner.expansions + [String(decoding: bytes[start..<at], as: UTF8.self)]
  }

  private mutating func dollarQuoted(_ word: inout Word) throws(ShellSyntaxError) {
    let start = line
    word.expansions.append("$'")
    at += 2
    while let byte = current {
      advance()
      if byte == UInt8(ascii: "'") { return }
      word.append(byte)
      if byte == UInt8(ascii: "\\"), current != nil { advance() }
    }
    throw ShellSyntaxError(line: start, what: "a $' that is not closed")
  }

  /// `((...))` of bash as a word of its own; `nil` where it is a subshell in a subshell.
  mutating func arithmeticCommand() -> ShellToken? {
    let startLine = line
    guard arithmetic(opening: 2) else { return nil }
    return ShellToken(kind: .word, text: "((", line: startLine)
  }

  /// Skips to the `))` that closes what begins here; stays where it is, and says so, where there is none: POSIX takes
  /// `$((` for a command substitution then (2.6.3).
  private mutating func arithmetic(opening: Int) -> Bool {
    let (start, startLine) = (at, line)
    var depth = 0
    at += opening
    while let byte = current {
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") {
        if depth == 0 {
          if looksAt("))") {
            at += 2
            return true
          }
          break
        }
        depth -= 1
      }
      advance()
    }
    (at, line) = (start, startLine)
    return false
  }
}
