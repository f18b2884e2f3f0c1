internal import TenkenModel

/// Collects everything that is wrong with the files of one inventory, so that it is told in one run.
struct ProblemLog {
  private let origin: String
  private var problems: [InputProblem] = []

  /// - Parameter origin: the inventory's directory, for messages; may be empty.
  init(origin: String) { self.origin = origin }

  var count: Int { problems.count }

  mutating func add(_ file: String, _ line: Int?, _ what: String, fix: String) {
    problems.append(InputProblem(file: path(of: file), line: line, what: what, fix: fix))
  }

  mutating func add(_ file: String, _ line: Int?, _ malformed: Malformed) {
    add(file, line, malformed.what, fix: malformed.fix)
  }

  /// `file:line` as the problems say it, to point from one place to another.
  func place(_ file: String, _ line: Int) -> String { "\(path(of: file)):\(line)" }

  /// Throws when there was any problem; in the order of files and lines.
  func check() throws(InputProblems) {
    guard !problems.isEmpty else { return }
    let order = problems.enumerated().sorted { left, right in
      (left.element.file, left.element.line ?? 0, left.offset) < (
        right.element.file, right.element.line ?? 0, right.offset
      )
    }
    throw InputProblems(order.map(\.element))
  }

  private func path(of file: String) -> String { origin.isEmpty ? file : "\(origin)/\(file)" }
}
