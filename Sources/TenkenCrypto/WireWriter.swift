/// Writes the data types of RFC 4251 section 5.
package struct WireWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func byte(_ value: UInt8) { bytes.append(value) }

  package mutating func uint32(_ value: UInt32) {
    for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
  }

  package mutating func string(_ content: some Collection<UInt8>) {
    uint32(UInt32(content.count))
    bytes += content
  }

  /// An `mpint` that is not negative, from its bytes in network order.
  package mutating func mpint(_ magnitude: some Collection<UInt8>) {
    let digits = magnitude.drop { $0 == 0 }
    let sign = digits.first.map { $0 & 0x80 != 0 } ?? false
    uint32(UInt32(digits.count + (sign ? 1 : 0)))
    if sign { bytes.append(0) }
    bytes += digits
  }
}
