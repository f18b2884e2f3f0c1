extension String {
  /// Whether it is printable ASCII without what any of the formats could take for its own: most texts are, and are
  /// copied as they stand.
  var isPlain: Bool {
    utf8.allSatisfy { byte in
      switch byte {
      case 0x22, 0x26, 0x27, 0x3C, 0x3E, 0x5C, 0x60: false  // " & ' < > \ `
      case 0x20...0x7E: true
      default: false
      }
    }
  }
}
