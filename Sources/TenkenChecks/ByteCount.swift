/// A number of bytes as headers write it: `65536`, `64k`, `1m`.
enum ByteCount {
  static func parse(_ text: String) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits) else { return nil }
    let unit: Int
    switch text.dropFirst(digits.count) {
    case "": unit = 1
    case "k": unit = 1024
    case "m": unit = 1024 * 1024
    default: return nil
    }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: unit)
    return overflow ? nil : bytes
  }

  /// The shortest text that `parse` reads back.
  static func text(_ bytes: Int) -> String {
    if bytes > 0, bytes % (1024 * 1024) == 0 { return "\(bytes / (1024 * 1024))m" }
    if bytes > 0, bytes % 1024 == 0 { return "\(bytes / 1024)k" }
    return "\(bytes)"
  }
}
