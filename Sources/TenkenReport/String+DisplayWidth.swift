extension String {
  /// How many columns of a screen it takes: two for each wide character of East Asia (Unicode Standard Annex 11), none
  /// for a combining mark.
  var displayWidth: Int { unicodeScalars.reduce(0) { $0 + $1.displayWidth } }

  /// Exactly `columns` wide: filled up with spaces, or cut with `…`.
  func fitted(to columns: Int) -> String {
    let width = displayWidth
    if width <= columns { return self + String(repeating: " ", count: columns - width) }
    var cut = ""
    var used = 0
    for character in self {
      let next = String(character).displayWidth
      if used + next > columns - 1 { break }
      cut.append(character)
      used += next
    }
    return (cut + "…").fitted(to: columns)
  }

  /// At most `columns` wide: cut with `…`, never filled up.
  func fitted(upTo columns: Int) -> String { displayWidth <= columns ? self : fitted(to: columns) }
}

extension Unicode.Scalar {
  fileprivate var displayWidth: Int {
    if isASCII { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return Self.wide.contains { $0.contains(value) } ? 2 : 1
    }
  }

  /// The blocks whose characters are wide, as far as texts of people go.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}
