extension String {
  /// This text for a person's eyes: whatever could move a cursor, reverse the line or hide is written as `\x..`, a
  /// backslash is doubled so that nothing sent can pass for an escape, and what is longer than `maxLength`
  /// characters ends in `…`.
  package func escapedForPeople(maxLength: Int = 200) -> String {
    String(escapingForPeople: utf8, maxLength: maxLength)
  }

  /// Bytes from outside, for a person's eyes: as `escapedForPeople`, and what is not UTF-8 is written as `\x..` too.
  ///
  /// Escaped are the general categories Cc (C0, DEL, C1), Cf (bidirectional controls, zero-width joiners, tags), Zl,
  /// Zp, Co and Cn, byte for byte of their UTF-8: `\xe2\x80\xae` for U+202E.
  package init(escapingForPeople bytes: some Collection<UInt8>, maxLength: Int = 200) {
    // Nearly everything that is ever said has nothing to escape: it need not be looked at scalar by scalar.
    let head = Array(bytes.prefix(maxLength))
    if head.count == bytes.count, head.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != 0x5C }) {
      self.init(decoding: head, as: UTF8.self)
      return
    }
    self.init(escaping: bytes, maxLength: maxLength)
  }

  private init(escaping bytes: some Collection<UInt8>, maxLength: Int) {
    var text = ""
    var length = 0
    var decoder = UTF8Pieces(bytes: bytes.makeIterator())
    while let piece = decoder.next() {
      let shown = piece.shown
      length += shown.unicodeScalars.count
      if length > maxLength {
        text += "…"
        break
      }
      text += shown
    }
    self = text
  }
}

/// The bytes of a text cut into scalars, and single bytes where they are not UTF-8.
private struct UTF8Pieces<Bytes: IteratorProtocol<UInt8>> {
  var bytes: Bytes
  private var ahead: [UInt8] = []

  init(bytes: Bytes) { self.bytes = bytes }

  mutating func next() -> Piece? {
    guard let first = take() else { return nil }
    let length = Self.length(first)
    guard length > 1 else { return first < 0x80 ? .scalar(Unicode.Scalar(first)) : .byte(first) }
    var sequence = [first]
    while sequence.count < length, let byte = take() {
      sequence.append(byte)
      if byte & 0xC0 != 0x80 { break }
    }
    if let text = String(validating: sequence, as: UTF8.self), let scalar = text.unicodeScalars.first {
      return .scalar(scalar)
    }
    ahead = sequence.dropFirst() + ahead
    return .byte(first)
  }

  private mutating func take() -> UInt8? { ahead.isEmpty ? bytes.next() : ahead.removeFirst() }

  /// How many bytes a sequence has that begins with this one (RFC 3629, section 3); 1 where none begins so.
  private static func length(_ first: UInt8) -> Int {
    switch first {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }
}

/// A scalar, or a byte that belongs to none.
private enum Piece {
  case scalar(Unicode.Scalar)
  case byte(UInt8)

  var shown: String {
    switch self {
    case .byte(let byte): Self.escape(byte)
    case .scalar("\\"): "\\\\"
    case .scalar(let scalar): Self.isHarmless(scalar) ? String(scalar) : scalar.utf8.map { Self.escape($0) }.joined()
    }
  }

  private static func escape(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.utf8.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: return false
    default: return true
    }
  }
}
