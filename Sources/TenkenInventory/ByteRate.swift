internal import TenkenModel

/// Bytes a second, as `bytes-per-second` has them: `200KiB`, `4MiB`.
enum ByteRate {
  private static let units = [("KiB", 1024), ("MiB", 1024 * 1024), ("GiB", 1024 * 1024 * 1024)]

  static func bytes(_ text: String) throws(Malformed) -> Int {
    for (unit, factor) in units where text.hasSuffix(unit) {
      if let number = Int(text.dropLast(unit.count)), (1...100_000).contains(number), !text.hasPrefix("+") {
        return number * factor
      }
    }
    throw Malformed(
      what: "bad bytes-per-second \(text.quoted)",
      fix: "write a whole number from 1 to 100000 and KiB, MiB or GiB, such as 500KiB")
  }
}
