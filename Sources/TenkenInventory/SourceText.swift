/// Whether bytes are the text that an inventory is written in: UTF-8 without control characters other than tab and
/// line ends.
enum SourceText {
  /// U+FEFF, which some editors put before a text.
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  static func start(of bytes: [UInt8]) -> Int { bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0 }

  /// `nil` where the bytes are text.
  static func problem(with bytes: ArraySlice<UInt8>) -> Malformed? {
    if let control = bytes.first(where: isControl) {
      let name = control == 0 ? "NUL" : "control character 0x\(String(control, radix: 16))"
      return Malformed(what: "\(name) in the text", fix: "remove it")
    }
    guard (try? UTF8Span(validating: bytes.span)) != nil else {
      return Malformed(what: "not UTF-8", fix: "save the file as UTF-8")
    }
    return nil
  }

  private static func isControl(_ byte: UInt8) -> Bool {
    (byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D) || byte == 0x7F
  }
}
