import TenkenModel

/// Finds the header lines of a script or a sidecar, and everything that is wrong with their form.
struct HeaderReader {
  private(set) var header = Header()
  private(set) var problems: [InputProblem] = []

  /// A script's header stands in the comments before its first command; a `#%` further down is a line that somebody
  /// believes to be read.
  mutating func read(script lines: [String], file: String) {
    var inBlock = true
    for (index, line) in lines.enumerated() {
      if inBlock { inBlock = line.isEmpty || line.hasPrefix("#") }
      guard line.hasPrefix("#%") else { continue }
      if inBlock {
        read(line, file: file, number: index + 1)
      } else {
        note(
          file, index + 1, "a header line after the first command",
          "move it up into the block of comments at the top")
      }
    }
  }

  /// A sidecar holds header lines, comments and empty lines only.
  mutating func read(sidecar lines: [String], file: String) {
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("#%") {
        read(line, file: file, number: index + 1)
      } else if !line.isEmpty, !line.hasPrefix("#") {
        note(file, index + 1, "not a header line", "write `#% key: value`; a sidecar holds nothing else")
      }
    }
  }

  private mutating func read(_ line: String, file: String, number: Int) {
    let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard line.hasPrefix("#% "), parts.count == 2, !parts[0].trimmed.isEmpty else {
      return note(file, number, "a header line of no known form", "write `#% key: value`")
    }
    let name = parts[0].trimmed
    guard let key = HeaderKey(rawValue: name) else {
      return note(file, number, "unknown key \"\(name)\"", Self.advice(on: name))
    }
    let value = parts[1].trimmed
    guard !value.isEmpty else { return note(file, number, "\(name) has no value", "give one, or take the line out") }
    if let problem = header.add(HeaderLine(key: key, value: value, file: file, line: number)) {
      problems.append(problem)
    }
  }

  private static func advice(on name: String) -> String {
    let keys = HeaderKey.allCases.map(\.rawValue)
    if let nearest = Spelling.nearest(to: name, among: keys) { return "did you mean \(nearest)?" }
    return "the keys are \(keys.joined(separator: ", "))"
  }

  private mutating func note(_ file: String, _ line: Int, _ what: String, _ fix: String) {
    problems.append(InputProblem(file: file, line: line, what: what, fix: fix))
  }
}
