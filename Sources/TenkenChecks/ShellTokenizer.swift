/// Takes a shell script apart, so that lint sees a redirection where there is one and not in a string, a comment or
/// the pattern of a `case`.
///
/// Every command substitution is a fragment of its own, the script itself the last. It knows bash's forms as well:
/// lint must see them to refuse them.
struct ShellTokenizer {
  let bytes: [UInt8]
  var at = 0
  var line: Int
  var fragments: [[ShellToken]] = []
  private var hereDocuments: [HereDocument] = []

  private struct HereDocument {
    let delimiter: String
    let stripsTabs: Bool
  }

  static func fragments(of script: [UInt8]) throws(ShellSyntaxError) -> [[ShellToken]] {
    var tokenizer = ShellTokenizer(script, line: 1)
    try tokenizer.fragment(closedBy: nil)
    return tokenizer.fragments
  }

  init(_ bytes: [UInt8], line: Int) {
    self.bytes = bytes
    self.line = line
  }

  var current: UInt8? { at < bytes.count ? bytes[at] : nil }

  func looksAt(_ text: StaticString) -> Bool {
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    return bytes[at...].starts(with: wanted)
  }

  /// Past one byte, counting lines.
  mutating func advance() {
    if bytes[at] == 0x0A { line += 1 }
    at += 1
  }

  /// Tokens up to the end, or up to the `)` that closes a command substitution.
  mutating func fragment(closedBy close: UInt8?) throws(ShellSyntaxError) {
    let start = line
    var tokens: [ShellToken] = []
    var parentheses = Parentheses()
    while true {
      skipBlanksAndComment()
      guard let byte = current else { break }
      if byte == 0x29, close == 0x29, parentheses.isOpen == false {
        advance()
        fragments.append(tokens)
        return
      }
      let token = try token(startingWith: byte, after: tokens.last)
      parentheses.follow(token, after: tokens.last)
      note(token, after: tokens.last)
      tokens.append(token)
      if token.kind == .newline { skipHereDocuments() }
    }
    if close != nil { throw ShellSyntaxError(line: start, what: "a $( that is not closed") }
    fragments.append(tokens)
  }

  private mutating func token(
    startingWith byte: UInt8, after last: ShellToken?
  ) throws(ShellSyntaxError) -> ShellToken {
    switch byte {
    case 0x0A:
      advance()
      return ShellToken(kind: .newline, text: "\n", line: line - 1)
    case UInt8(ascii: "("):
      if looksAt("(("), last?.isBeforeCommand ?? true, let word = arithmeticCommand() { return word }
      return symbol(["("], .control)
    case UInt8(ascii: "&") where looksAt("&>"): return symbol(["&>>", "&>"], .redirection)
    case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: ")"):
      return symbol([";;&", ";;", ";&", ";", "&&", "&", "||", "|&", "|", ")"], .control)
    case UInt8(ascii: "<"), UInt8(ascii: ">"): return redirection(descriptor: nil)
    default: return try word()
    }
  }

  /// A number that touches `<` or `>` is no word but the descriptor.
  mutating func redirection(descriptor: String?) -> ShellToken {
    if looksAt("<(") || looksAt(">(") {
      let text = looksAt("<(") ? "<(" : ">("
      at += 1
      return ShellToken(kind: .redirection, text: text, line: line, value: descriptor)
    }
    var token = symbol(["<<<", "<<-", "<<", "<&", "<>", "<", ">>", ">&", ">|", ">"], .redirection)
    token.value = descriptor
    return token
  }

  /// The first of `symbols`, the longest first, that stands here.
  private mutating func symbol(_ symbols: [String], _ kind: ShellToken.Kind) -> ShellToken {
    let text = symbols.first { bytes[at...].starts(with: $0.utf8) } ?? String(UnicodeScalar(bytes[at]))
    at += text.utf8.count
    return ShellToken(kind: kind, text: text, line: line)
  }

  private mutating func skipBlanksAndComment() {
    while let byte = current {
      if byte == 0x20 || byte == 0x09 {
        at += 1
      } else if looksAt("\\\n") {
        at += 1
        advance()
      } else if byte == UInt8(ascii: "#") {
        while let byte = current, byte != 0x0A { at += 1 }
      } else {
        return
      }
    }
  }

  private mutating func note(_ token: ShellToken, after last: ShellToken?) {
    guard let last, last.kind == .redirection, last.text == "<<" || last.text == "<<-", token.kind == .word else {
      return
    }
    hereDocuments.append(HereDocument(delimiter: token.value ?? token.text, stripsTabs: last.text == "<<-"))
  }

  /// The bodies that begin after this line: text, not commands.
  private mutating func skipHereDocuments() {
    for document in hereDocuments {
      while current != nil {
        let end = bytes[at...].firstIndex(of: 0x0A) ?? bytes.endIndex
        var body = bytes[at..<end]
        if document.stripsTabs { body = body.drop { $0 == 0x09 } }
        at = min(end + 1, bytes.endIndex)
        line += 1
        if body.elementsEqual(document.delimiter.utf8) { break }
      }
    }
    hereDocuments = []
  }
}
