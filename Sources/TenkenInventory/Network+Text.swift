internal import TenkenModel

extension Network {
  /// Reads an item of a site's `networks`.
  init(written text: String) throws(Malformed) {
    let sides = text.split(separator: "/", omittingEmptySubsequences: false)
    guard sides.count == 2, let address = IPAddress(String(sides[0])), let length = Self.length(sides[1]),
      length <= address.width
    else {
      throw Malformed(
        what: "bad network \(text.quoted)", fix: "write one in CIDR notation, such as 10.64.0.0/16 or fd00:64::/32")
    }
    let base = address.cut(to: length)
    guard base == address else {
      throw Malformed(
        what: "bad network \(text.quoted): it has bits set beyond its prefix of \(length)",
        fix: "write \(base)/\(length)")
    }
    guard base.destination == base else {
      throw Malformed(
        what: "bad network \(text.quoted): its addresses only carry IPv4 ones",
        fix: "write the IPv4 network itself\(length >= 96 ? ": \(base.destination)/\(length - 96)" : "")")
    }
    self.init(address: base.bytes, prefixLength: length, description: text)
  }

  private static func length(_ text: Substring) -> Int? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text == "0" || !text.hasPrefix("0") else { return nil }
    return Int(text)
  }
}
