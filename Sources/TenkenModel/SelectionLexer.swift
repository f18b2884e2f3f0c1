/// Cuts the text of a selection into tokens.
struct SelectionLexer {
  private let bytes: [UInt8]
  private var index = 0
  /// Of the character at `index`: 1 for the first.
  private var position = 1

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// The tokens of `text`; the last one is `end`.
  static func tokens(of text: String) throws(SelectionError) -> [SelectionToken] {
    var lexer = SelectionLexer(text)
    var tokens: [SelectionToken] = []
    repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
    return tokens
  }

  /// Whether a byte may stand outside quotation marks. Signs that look like operators may not, so that `a,b`, `!a` and
  /// `site=tokyo` are refused instead of matching nothing.
  static func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, 0x7F: false
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "\""): false
    case UInt8(ascii: ":"), UInt8(ascii: "*"), UInt8(ascii: "\\"), UInt8(ascii: ","), UInt8(ascii: ";"): false
    case UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "!"), UInt8(ascii: "="), UInt8(ascii: "<"): false
    case UInt8(ascii: ">"), UInt8(ascii: "'"): false
    default: true
    }
  }

  static func mustBeEscaped(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "*")
  }

  private mutating func next() throws(SelectionError) -> SelectionToken {
    while index < bytes.count, Self.isSpace(bytes[index]) { advance() }
    let position = self.position
    guard index < bytes.count else { return SelectionToken(kind: .end, position: position) }
    if bytes[index] == UInt8(ascii: "(") || bytes[index] == UInt8(ascii: ")") {
      defer { advance() }
      return SelectionToken(kind: bytes[index] == UInt8(ascii: "(") ? .opening : .closing, position: position)
    }
    return SelectionToken(kind: Self.keyword(try word()), position: position)
  }

  private mutating func word() throws(SelectionError) -> SelectionToken.Word {
    var word = SelectionToken.Word()
    while index < bytes.count, !Self.endsWord(bytes[index]) {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        word.isQuoted = true
        try appendQuoted(to: &word)
      case UInt8(ascii: ":") where word.attribute == nil:
        word = SelectionToken.Word(attribute: SelectionPattern.text(of: word.value))
        advance()
      default:
        try appendBare(to: &word)
      }
    }
    return word
  }

  private mutating func appendBare(to word: inout SelectionToken.Word) throws(SelectionError) {
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "*"): word.value.append(.star)
    case UInt8(ascii: "["), UInt8(ascii: "]"):
      word.isRange = true
      word.value.append(.byte(byte))
    case _ where Self.isBare(byte) || byte == UInt8(ascii: ":"): word.value.append(.byte(byte))
    default:
      throw SelectionError(
        position: position, what: "\(String(UnicodeScalar(byte)).quoted) has no meaning here",
        fix: "join terms by and, or, not; put a value that holds it in quotation marks: tag:\"a,b\"")
    }
    advance()
  }

  private mutating func appendQuoted(to word: inout SelectionToken.Word) throws(SelectionError) {
    let start = position
    advance()
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count, Self.mustBeEscaped(bytes[index + 1]) {
        advance()
        word.value.append(.byte(bytes[index]))
      } else {
        word.value.append(bytes[index] == UInt8(ascii: "*") ? .star : .byte(bytes[index]))
      }
      advance()
    }
    guard index < bytes.count else {
      throw SelectionError(position: start, what: "quotation mark without its pair", fix: "close it with another \"")
    }
    advance()
  }

  /// Steps over one byte; what continues a character in UTF-8 is not counted again.
  private mutating func advance() {
    index += 1
    if index == bytes.count || bytes[index] & 0xC0 != 0x80 { position += 1 }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func endsWord(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
  }

  private static func keyword(_ word: SelectionToken.Word) -> SelectionToken.Kind {
    guard word.attribute == nil, !word.isQuoted else { return .word(word) }
    switch SelectionPattern.text(of: word.value) {
    case "and": return .and
    case "or": return .or
    case "not": return .not
    default: return .word(word)
    }
  }
}
