/// One thing that is wrong with a file that a person wrote: where, what, and what would be right.
package struct InputProblem: Error, Sendable, Hashable, CustomStringConvertible {
  package let file: String
  /// 1 for the first line; `nil` where the whole file is meant.
  package let line: Int?
  package let what: String
  package let fix: String

  package init(file: String, line: Int? = nil, what: String, fix: String) {
    self.file = file
    self.line = line
    self.what = what
    self.fix = fix
  }

  /// `inventories/example/sites.yaml:12: unknown key "timezone": write time-zone`
  package var description: String { "\(file)\(line.map { ":\($0)" } ?? ""): \(what): \(fix)" }
}

/// Every problem of an input, in the order of its files and lines.
package struct InputProblems: Error, Sendable, CustomStringConvertible {
  package let problems: [InputProblem]

  package init(_ problems: [InputProblem]) { self.problems = problems }

  package var description: String { problems.map(\.description).joined(separator: "\n") }
}
