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
}
