extension IPAddress {
  /// `nil` where `text` is neither form. IPv4 is four decimal numbers without leading zeros, which some systems would
  /// read as octal; IPv6 is that of RFC 4291 section 2.2, without a zone.
  package init?(_ text: String) {
    if let value = Self.v4Value(text.utf8) {
      self = .v4(value)
    } else if let value = Self.v6Value(text) {
      self = .v6(value)
    } else {
      return nil
    }
  }

  private static func v4Value(_ text: some Collection<UInt8>) -> UInt32? {
    var value: UInt32 = 0
    var part: UInt32 = 0
    var digits = 0
    var parts = 0
    for byte in text {
      if byte == UInt8(ascii: ".") {
        guard digits > 0, parts < 3 else { return nil }
        value = value << 8 | part
        (part, digits, parts) = (0, 0, parts + 1)
      } else {
        guard (0x30...0x39).contains(byte), digits == 0 || part != 0 else { return nil }
        part = part * 10 + UInt32(byte - 0x30)
        digits += 1
        guard part <= 255 else { return nil }
      }
    }
    return parts == 3 && digits > 0 ? value << 8 | part : nil
  }

  private static func v6Value(_ text: String) -> UInt128? {
    let bytes = Array(text.utf8)
    guard let gap = firstGap(in: bytes) else {
      guard let groups = groups(bytes[...]), groups.count == 8 else { return nil }
      return value(groups)
    }
    guard let left = groups(bytes[..<gap]), let right = groups(bytes[(gap + 2)...]), left.count + right.count < 8 else {
      return nil
    }
    return value(left + Array(repeating: 0, count: 8 - left.count - right.count) + right)
  }

  /// Where `::` begins.
  private static func firstGap(in bytes: [UInt8]) -> Int? {
    bytes.indices.dropLast().first { bytes[$0] == UInt8(ascii: ":") && bytes[$0 + 1] == UInt8(ascii: ":") }
  }

  private static func groups(_ bytes: ArraySlice<UInt8>) -> [UInt16]? {
    guard !bytes.isEmpty else { return [] }
    var groups: [UInt16] = []
    let texts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    for (index, text) in texts.enumerated() {
      if text.contains(UInt8(ascii: ".")) {
        guard index == texts.count - 1, let value = v4Value(text) else { return nil }
        groups += [UInt16(value >> 16), UInt16(value & 0xFFFF)]
      } else {
        guard (1...4).contains(text.count), text.first != UInt8(ascii: "+"),
          let group = UInt16(String(decoding: text, as: UTF8.self), radix: 16)
        else { return nil }
        groups.append(group)
      }
    }
    return groups
  }

  private static func value(_ groups: [UInt16]) -> UInt128 {
    groups.reduce(0) { $0 << 16 | UInt128($1) }
  }
}

extension IPAddress: CustomStringConvertible {
  /// As RFC 5952 has it: `10.64.0.7`, `fd00:64::7`, `::ffff:10.64.0.7`.
  package var description: String {
    switch self {
    case .v4: bytes.map { String($0) }.joined(separator: ".")
    case .v6(let value) where value >> 32 == 0xFFFF: "::ffff:\(destination)"
    case .v6(let value): Self.text((0..<8).map { UInt16(truncatingIfNeeded: value >> (112 - 16 * $0)) })
    }
  }

  /// The first of the longest rows of two or more zero groups is left out.
  private static func text(_ groups: [UInt16]) -> String {
    let words = groups.map { String($0, radix: 16) }
    var longest = 0..<1
    for start in groups.indices {
      let row = groups[start...].prefix { $0 == 0 }
      if row.count > longest.count { longest = row.indices }
    }
    guard longest.count > 1 else { return words.joined(separator: ":") }
    return words[..<longest.lowerBound].joined(separator: ":") + "::"
      + words[longest.upperBound...].joined(separator: ":")
  }
}
