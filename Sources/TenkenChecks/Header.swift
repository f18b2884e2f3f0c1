import TenkenModel

/// The header lines of one check, from its script or from the sidecar beside it.
struct Header {
  private(set) var lines: [HeaderLine] = []

  /// The only line of a key, or the first.
  func line(_ key: HeaderKey) -> HeaderLine? { lines.first { $0.key == key } }

  func lines(_ key: HeaderKey) -> [HeaderLine] { lines.filter { $0.key == key } }

  /// A key's value, several lines joined to one paragraph; `nil` where there is none.
  func text(_ key: HeaderKey) -> String? {
    let values = lines(key).map(\.value)
    return values.isEmpty ? nil : values.joined(separator: " ")
  }

  /// Takes one line more, unless its key may stand only once and does already.
  mutating func add(_ line: HeaderLine) -> InputProblem? {
    if line.key.repetition == .never, let first = self.line(line.key) {
      return InputProblem(
        file: line.file, line: line.line, what: "a second \(line.key.rawValue)",
        fix: "keep one; the first stands in \(first.file):\(first.line)")
    }
    lines.append(line)
    return nil
  }
}
