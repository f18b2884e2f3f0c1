internal import TenkenModel

/// An operating system family as it stands in a file.
enum Platform {
  /// In lower case, so that `Linux` and `linux` cannot be two platforms, one of them without checks.
  static func name(_ text: String) throws(Malformed) -> String {
    let isName = text.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
    }
    guard isName, !text.isEmpty else {
      throw Malformed(
        what: "bad platform \(text.quoted)", fix: "write one in lower case letters, such as linux, macos, windows")
    }
    return text
  }
}
