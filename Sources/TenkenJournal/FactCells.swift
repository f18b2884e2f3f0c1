/// The values of a fact as a JSON array of strings (RFC 8259): readable by anyone with `json_each`, and written and
/// read here without the machinery of a general encoder, as there may be millions.
enum FactCells {
  struct Malformed: Error {}

  static func json(_ values: [String]) -> String {
    var json: [UInt8] = [bracketOpen]
    for (index, value) in values.enumerated() {
      if index > 0 { json.append(comma) }
      json.append(quote)
      for byte in value.utf8 { append(byte, to: &json) }
      json.append(quote)
    }
    json.append(bracketClose)
    return String(decoding: json, as: UTF8.self)
  }

  /// Reads what `json(_:)` writes, and nothing else.
  static func values(_ json: String) throws -> [String] {
    var reader = Reader(rest: Array(json.utf8)[...])
    return try reader.array()
  }

  private static func append(_ byte: UInt8, to json: inout [UInt8]) {
    switch byte {
    case quote, backslash: json += [backslash, byte]
    case 0..<0x20:
      let digits = Array("0123456789abcdef".utf8)
      json += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    default: json.append(byte)
    }
  }

  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func array() throws -> [String] {
      var values: [String] = []
      try expect(bracketOpen)
      while rest.first == quote || rest.first == comma {
        if !values.isEmpty { try expect(comma) }
        values.append(try string())
      }
      try expect(bracketClose)
      guard rest.isEmpty else { throw Malformed() }
      return values
    }

    private mutating func string() throws -> String {
      try expect(quote)
      var bytes: [UInt8] = []
      while let byte = rest.popFirst(), byte != quote {
        bytes.append(byte == backslash ? try escape() : byte)
        guard !rest.isEmpty else { throw Malformed() }
      }
      return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func escape() throws -> UInt8 {
      guard let byte = rest.popFirst() else { throw Malformed() }
      if byte == quote || byte == backslash { return byte }
      guard byte == UInt8(ascii: "u"), rest.count >= 4,
        let code = UInt8(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16)
      else { throw Malformed() }
      rest = rest.dropFirst(4)
      return code
    }

    private mutating func expect(_ byte: UInt8) throws {
      guard rest.popFirst() == byte else { throw Malformed() }
    }
  }

  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")
  private static let comma = UInt8(ascii: ",")
  private static let bracketOpen = UInt8(ascii: "[")
  private static let bracketClose = UInt8(ascii: "]")
}
