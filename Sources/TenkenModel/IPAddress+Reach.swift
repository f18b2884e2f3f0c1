extension IPAddress {
  package enum Reach: Sendable, Hashable {
    /// Loopback, link-local, multicast and the like: nobody is behind it who is somewhere else.
    case special
    /// RFC 1918, RFC 6598 (carriers), RFC 4193.
    case restricted
    case everywhere
  }

  /// How far away an address means the same.
  package var reach: Reach {
    if SpecialRange.holding(self) != nil { return .special }
    return Self.restricted.contains { $0.contains(self) } ? .restricted : .everywhere
  }

  private static let restricted = [
    Network(.v4(0x0A00_0000), prefixLength: 8), Network(.v4(0xAC10_0000), prefixLength: 12),
    Network(.v4(0xC0A8_0000), prefixLength: 16), Network(.v4(0x6440_0000), prefixLength: 10),
    Network(.v6(0xFC << 120), prefixLength: 7),
  ]
}
