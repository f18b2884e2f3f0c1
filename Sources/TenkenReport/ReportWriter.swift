package import TenkenModel

/// Writes reports into a directory. Every file is whole or not there; an earlier report of the same sweep is replaced,
/// one of another sweep is left alone.
package struct ReportWriter: Sendable {
  package init() {}

  /// - Returns: the paths that were written, in order, but for that of their checksums.
  /// - Throws: `cannotCreate` or `inputOutput`, with what to do next.
  package func write(_ formats: [ReportFormat], of report: Report, to path: String) throws(Failure) -> [String] {
    let directory = try ReportDirectory(path)
    let marker = try ReportMarker(directory, for: report.manifest.id)
    var written: [String] = []
    for format in formats {
      for document in documents(format, of: report) {
        var file = try ReportFile(document.name, in: directory.path)
        document.render(report, to: &file)
        try file.commit()
        written.append("\(directory.path)/\(document.name)")
      }
    }
    if formats.contains(.html) {
      try marker.removePages(except: Set(documents(.html, of: report).map(\.name)))
    }
    try ChecksumList(directory: directory).write()
    try directory.sync()
    return written
  }

  /// The one switch over the formats: a new one does not compile until it is told here what it consists of.
  private func documents(_ format: ReportFormat, of report: Report) -> [ReportDocument] {
    switch format {
    case .text: [.text]
    case .csv: [.terminalsCSV, .findingsCSV, .sitesCSV, .flowsCSV]
    case .jsonl: [.jsonLines]
    case .html: (report.isWhole ? [.indexPage] : []) + report.sites.map { .sitePage($0) }
    case .xccdf: report.sites.map { .xccdf($0) }
    case .junit: report.sites.map { .junit($0) }
    }
  }
}
