extension String {
  /// One word for a POSIX shell: in single quotes, unless it holds nothing that a shell takes for its own.
  var shellWord: String {
    let isBare = utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."): true
      case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: ","): true
      default: false
      }
    }
    return isBare && !isEmpty ? self : "'\(replacing("'", with: "'\\''"))'"
  }
}
