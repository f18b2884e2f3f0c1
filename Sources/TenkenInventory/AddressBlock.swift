internal import TenkenModel

/// A network of a site, as numbers to test addresses with.
struct AddressBlock {
  let network: Network
  private let base: IPAddress

  init(_ text: String) throws(Malformed) {
    let sides = text.split(separator: "/", omittingEmptySubsequences: false)
    guard sides.count == 2, let address = IPAddress(sides[0]) else { throw Self.malformed(text) }
    let most = if case .v4 = address { 32 } else { 128 }
    guard let length = Self.length(sides[1]), length <= most else { throw Self.malformed(text) }
    base = Self.cut(address, to: length)
    guard base == address else {
      throw Malformed(
        what: "bad network \(text.quoted): it has bits set beyond its prefix of \(length)",
        fix: "write \(Self.written(base))/\(length)")
    }
    network = Network(address: base.bytes, prefixLength: length, description: text)
  }

  func contains(_ address: IPAddress) -> Bool {
    switch (base, address) {
    case (.v4, .v4), (.v6, .v6): Self.cut(address, to: network.prefixLength) == base
    default: false
    }
  }

  /// With every bit beyond the prefix cleared.
  private static func cut(_ address: IPAddress, to length: Int) -> IPAddress {
    switch address {
    case .v4(let value): .v4(value & (length == 0 ? 0 : .max << (32 - length)))
    case .v6(let value): .v6(value & (length == 0 ? 0 : .max << (128 - length)))
    }
  }

  private static func length(_ text: Substring) -> Int? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text == "0" || !text.hasPrefix("0") else { return nil }
    return Int(text)
  }

  private static func written(_ address: IPAddress) -> String {
    switch address {
    case .v4: address.bytes.map { String($0) }.joined(separator: ".")
    case .v6(let value):
      (0..<8).map { String(UInt16(truncatingIfNeeded: value >> (112 - 16 * $0)), radix: 16) }.joined(separator: ":")
    }
  }

  private static func malformed(_ text: String) -> Malformed {
    Malformed(
      what: "bad network \(text.quoted)", fix: "write one in CIDR notation, such as 10.64.0.0/16 or fd00:64::/32")
  }
}
