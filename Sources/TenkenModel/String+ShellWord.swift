extension String {
  /// This text as one word of a POSIX shell: as it stands where nothing in it means something to one, else in single
  /// quotes.
  package var asShellWord: String {
    let isPlain =
      !isEmpty
      && utf8.allSatisfy { byte in
        switch byte {
        case 0x2B...0x3A, 0x40...0x5A, 0x5F, 0x61...0x7A: true
        default: false
        }
      }
    return isPlain
      ? self : "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
