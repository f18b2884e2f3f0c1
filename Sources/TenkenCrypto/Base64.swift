/// Base64 with the alphabet of RFC 4648 section 4.
package enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 0xFF, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }()

  package static func encode(_ bytes: [UInt8], padded: Bool = true) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let group = bytes[index..<min(index + 3, bytes.count)]
      let word = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for position in 0...group.count { text.append(alphabet[word >> (18 - 6 * position) & 63]) }
      if padded { text += repeatElement(0x3D, count: 3 - group.count) }
      index += 3
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// `nil` for anything but whole groups of the alphabet, the last one padded, with no bits left over: a text has one
  /// reading.
  package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    let padding = text.suffix(2).reduce(0) { $1 == 0x3D ? $0 + 1 : 0 }
    guard text.count.isMultiple(of: 4) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3)
    var (word, bits): (UInt32, UInt32) = (0, 0)
    for character in text.dropLast(padding) {
      let value = values[Int(character)]
      if value == 0xFF { return nil }
      word = word << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: word >> bits))
      }
    }
    return word & (1 << bits - 1) == 0 ? bytes : nil
  }
}
