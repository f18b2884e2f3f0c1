import TenkenModel

/// A script or a sidecar as text: valid UTF-8, without NUL, of a size that fits into a remote program.
struct SourceText {
  static let limit = 1024 * 1024

  /// Without their newlines; a carriage return stays.
  let lines: [String]

  init(_ bytes: [UInt8], file: String) throws(InputProblem) {
    guard bytes.count <= Self.limit else {
      throw InputProblem(
        file: file, what: "the file is larger than \(ByteCount.text(Self.limit))", fix: "split it into several checks")
    }
    var lines: [String] = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      guard !line.contains(0) else {
        throw InputProblem(
          file: file, line: index + 1, what: "a NUL byte", fix: "a shell cannot carry one: take it out")
      }
      guard let text = String(validating: line, as: UTF8.self) else {
        throw InputProblem(file: file, line: index + 1, what: "not valid UTF-8", fix: "save the file as UTF-8")
      }
      lines.append(text)
    }
    if lines.last == "" { lines.removeLast() }
    self.lines = lines
  }
}
