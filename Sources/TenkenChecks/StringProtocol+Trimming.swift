extension StringProtocol {
  /// Without the blanks, tabs and carriage returns at its ends.
  var trimmed: String {
    let isBlank: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    let scalars = unicodeScalars.drop(while: isBlank)
    guard let last = scalars.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(self[scalars.startIndex..<scalars.index(after: last)])
  }
}
