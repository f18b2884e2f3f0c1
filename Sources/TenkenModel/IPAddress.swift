/// An address as a number.
package enum IPAddress: Sendable, Hashable {
  case v4(UInt32)
  case v6(UInt128)

  /// 4 or 16 bytes in network order; `nil` for any other number of them.
  package init?(bytes: some Collection<UInt8>) {
    switch bytes.count {
    case 4: self = .v4(bytes.reduce(0) { $0 << 8 | UInt32($1) })
    case 16: self = .v6(bytes.reduce(0) { $0 << 8 | UInt128($1) })
    default: return nil
    }
  }

  /// In network order: 4 or 16 bytes.
  package var bytes: [UInt8] {
    switch self {
    case .v4(let value): (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    case .v6(let value): (0..<16).map { UInt8(truncatingIfNeeded: value >> (120 - 8 * $0)) }
    }
  }

  /// How many bits it has.
  package var width: Int { if case .v4 = self { 32 } else { 128 } }

  /// With every bit beyond a prefix of `length` bits cleared.
  package func cut(to length: Int) -> IPAddress {
    switch self {
    case .v4(let value): .v4(value & (length == 0 ? 0 : .max << (32 - length)))
    case .v6(let value): .v6(value & (length == 0 ? 0 : .max << (128 - length)))
    }
  }

  /// Whom a connection to it reaches: an IPv6 address may only carry an IPv4 one, mapped (`::ffff:0:0/96`, RFC 4291
  /// section 2.5.5.2) or for a translator to take out (`64:ff9b::/96`, RFC 6052 section 2.1).
  package var destination: IPAddress {
    guard case .v6(let value) = self else { return self }
    let carriesIPv4 = [0xFFFF, 0x0064_FF9B_0000_0000_0000_0000].contains(value >> 32)
    return carriesIPv4 ? .v4(UInt32(truncatingIfNeeded: value)) : self
  }
}
