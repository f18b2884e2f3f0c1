internal import TenkenModel

/// Reads `terminals/*.csv`, one file after another, into one list.
struct TerminalFiles {
  static let directory = "terminals/"

  private(set) var list: TerminalList
  private let sites: SitesFile

  init(sites: SitesFile) {
    self.sites = sites
    list = TerminalList(sites: sites)
  }

  /// `tokyo` of `terminals/tokyo.csv`.
  static func baseName(of path: String) -> String { String(path.dropFirst(directory.count).dropLast(4)) }

  static func has(_ path: String) -> Bool {
    path.hasPrefix(directory) && path.hasSuffix(".csv") && path.utf8.count > directory.utf8.count + 4
      && !path.dropFirst(directory.count).contains("/")
  }

  mutating func read(_ file: SourceFiles.File, _ log: inout ProblemLog) {
    var scanner = CSVScanner(file.bytes)
    // Looked at once as a whole; row by row only where something is wrong, to say in which.
    let isText = SourceText.problem(with: file.bytes[...]) == nil
    guard let reader = header(&scanner, file.path, &log) else { return }
    list.reserve(bytes: file.bytes.count)
    while true {
      switch scanner.next() {
      case .end: return
      case .malformed(let line, let malformed): log.add(file.path, line, malformed)
      case .row(let row):
        if !isText, let problem = SourceText.problem(with: row.source) {
          log.add(file.path, row.line, problem)
        } else if row.count != reader.columns.count {
          log.add(file.path, row.line, reader.columns.mismatch(row))
        } else {
          list.add(row, reader, file.path, &log)
        }
      }
    }
  }

  private func header(
    _ scanner: inout CSVScanner, _ file: String, _ log: inout ProblemLog
  ) -> TerminalRowReader? {
    switch scanner.next() {
    case .end:
      log.add(file, nil, "empty", fix: "begin it with a line of column names, such as id,address,site")
      return nil
    case .malformed(let line, let malformed):
      log.add(file, line, malformed)
      return nil
    case .row(let row):
      if let problem = SourceText.problem(with: row.source) {
        log.add(file, row.line, problem)
        return nil
      }
      return TerminalColumns(row, file: file, &log).map { TerminalRowReader(file: file, columns: $0, sites: sites) }
    }
  }
}
