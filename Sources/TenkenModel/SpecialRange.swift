/// A range of addresses that no terminal has by itself (RFC 6890): behind them is the station, its link (and with it a
/// cloud's metadata service, 169.254.169.254), or everyone.
struct SpecialRange: Sendable {
  /// What each of its addresses is, with its article.
  let name: String
  let network: Network

  private init(_ name: String, _ address: IPAddress, _ prefixLength: Int) {
    self.name = name
    network = Network(address, prefixLength: prefixLength)
  }

  /// The most special range that an address is in, `nil` for an ordinary address.
  static func holding(_ address: IPAddress) -> SpecialRange? {
    (address.width == 32 ? v4 : v6).first { $0.network.contains(address) }
  }

  // A range inside another stands before it.
  private static let v4 = [
    SpecialRange("an unspecified address", .v4(0), 8),
    SpecialRange("a loopback address", .v4(0x7F00_0000), 8),
    SpecialRange("a link-local address", .v4(0xA9FE_0000), 16),
    SpecialRange("a multicast address", .v4(0xE000_0000), 4),
    SpecialRange("the broadcast address", .v4(0xFFFF_FFFF), 32),
    SpecialRange("a reserved address", .v4(0xF000_0000), 4),
  ]
  private static let v6 = [
    SpecialRange("the unspecified address", .v6(0), 128),
    SpecialRange("the loopback address", .v6(1), 128),
    // RFC 4291 section 2.5.5.1: an IPv4 address in a form that nobody uses any more.
    SpecialRange("a reserved address", .v6(0), 96),
    SpecialRange("a link-local address", .v6(0xFE80 << 112), 10),
    SpecialRange("a multicast address", .v6(0xFF << 120), 8),
  ]
}
