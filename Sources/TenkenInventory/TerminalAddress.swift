internal import TenkenModel

/// Where a terminal or a gateway is reached: an IPv4 or IPv6 address, or a host name (RFC 1123 section 2.1).
struct TerminalAddress {
  /// Equal for two ways to write the same.
  enum Host: Hashable {
    case ip(IPAddress)
    case name(String)
  }

  let text: String
  let host: Host

  init(_ text: String) throws(Malformed) {
    self.text = text
    if let address = IPAddress(text) {
      host = .ip(try Self.plain(address, text))
    } else {
      try Self.checkName(text)
      host = .name(text.lowercased())
    }
  }

  /// An IPv4 address in the clothes of an IPv6 one would be another address to whoever compares them.
  private static func plain(_ address: IPAddress, _ text: String) throws(Malformed) -> IPAddress {
    guard case .v6(let value) = address, value >> 32 == 0xFFFF else { return address }
    let v4 = address.bytes.suffix(4).map { String($0) }.joined(separator: ".")
    throw Malformed(what: "bad address \(text.quoted)", fix: "write the IPv4 address itself: \(v4)")
  }

  private static func checkName(_ text: String) throws(Malformed) {
    guard !text.isEmpty else { throw Malformed(what: "no address", fix: "write an IP address or a host name") }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 2, let port = UInt16(parts[1]) {
      throw Malformed(
        what: "bad address \(text.quoted)", fix: "write \(parts[0]) here, and \(port) as the port")
    }
    if text.contains("://") {
      throw Malformed(what: "bad address \(text.quoted)", fix: "write the IP address or host name alone")
    }
    if text.utf8.contains(UInt8(ascii: ":")) {
      throw Malformed(
        what: "bad address \(text.quoted)", fix: "write an IPv6 address such as fd00::7, without brackets, zone or port"
      )
    }
    let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if let last = labels.last, isNumber(last) {
      throw Malformed(
        what: "bad address \(text.quoted)",
        fix: "write an IPv4 address as four numbers from 0 to 255 without leading zeros, such as 10.64.0.7")
    }
    guard text.utf8.count <= 253, labels.allSatisfy(isLabel) else {
      throw Malformed(
        what: "bad address \(text.quoted)",
        fix: "write an IP address, or a host name of letters, digits, hyphens and dots")
    }
  }

  private static func isLabel(_ label: Substring.UTF8View) -> Bool {
    guard let first = label.first, let last = label.last, label.count <= 63 else { return false }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
  }

  /// What resolvers take for (part of) an IPv4 address when it stands last: `7`, `0x7f`.
  private static func isNumber(_ label: Substring.UTF8View) -> Bool {
    let text = String(decoding: label, as: UTF8.self).lowercased()
    if text.hasPrefix("0x") { return text.dropFirst(2).allSatisfy(\.isHexDigit) }
    return !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
