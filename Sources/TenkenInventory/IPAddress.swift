/// An address as a number.
enum IPAddress: Hashable {
  case v4(UInt32)
  case v6(UInt128)

  /// `nil` where `text` is neither form. IPv4 is four decimal numbers without leading zeros, which some systems would
  /// read as octal; IPv6 is that of RFC 4291 section 2.2, without a zone.
  init?(_ text: some StringProtocol) {
    if let value = Self.v4Value(text.utf8) {
      self = .v4(value)
    } else if let value = Self.v6Value(text) {
      self = .v6(value)
    } else {
      return nil
    }
  }

  /// In network order: 4 or 16 bytes.
  var bytes: [UInt8] {
    switch self {
    case .v4(let value): (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    case .v6(let value): (0..<16).map { UInt8(truncatingIfNeeded: value >> (120 - 8 * $0)) }
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

  private static func v6Value(_ text: some StringProtocol) -> UInt128? {
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
