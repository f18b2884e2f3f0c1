/// A block of addresses in CIDR notation (RFC 4632, RFC 4291), as it was written.
package struct Network: Sendable, Hashable, Codable, CustomStringConvertible {
  /// 4 bytes for IPv4, 16 for IPv6, in network order; bits beyond the prefix are zero.
  package let address: [UInt8]
  package let prefixLength: Int
  package let description: String

  package init(address: [UInt8], prefixLength: Int, description: String) {
    self.address = address
    self.prefixLength = prefixLength
    self.description = description
  }

  /// - Precondition: the address has no bit set beyond the prefix.
  package init(_ address: IPAddress, prefixLength: Int) {
    precondition(address == address.cut(to: prefixLength), "a network has no bits beyond its prefix")
    self.init(address: address.bytes, prefixLength: prefixLength, description: "\(address)/\(prefixLength)")
  }

  /// Never one of the other family, in whatever form.
  package func contains(_ address: IPAddress) -> Bool {
    address.width == self.address.count * 8 && address.cut(to: prefixLength) == IPAddress(bytes: self.address)
  }

  /// Whether all of `other` lies inside.
  package func contains(_ other: Network) -> Bool {
    other.prefixLength >= prefixLength && IPAddress(bytes: other.address).map(contains) == true
  }
}
