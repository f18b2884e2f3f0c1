internal import TenkenModel

/// A TCP port as it stands in a file.
enum Port {
  static func number(_ text: String) throws(Malformed) -> UInt16 {
    guard text.utf8.first.map({ (0x31...0x39).contains($0) }) == true, let port = UInt16(text) else {
      throw Malformed(what: "bad port \(text.quoted)", fix: "write a number from 1 to 65535")
    }
    return port
  }
}
