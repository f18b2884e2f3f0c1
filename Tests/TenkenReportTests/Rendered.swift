@testable import TenkenReport

extension ReportDocument {
  func rendered(_ report: Report) -> String {
    var bytes: [UInt8] = []
    render(report, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  static func all(of report: Report) -> [ReportDocument] {
    [.text, .terminalsCSV, .findingsCSV, .sitesCSV, .flowsCSV, .jsonLines, .indexPage]
      + report.sites.flatMap { [.sitePage($0), .xccdf($0), .junit($0)] }
  }
}

extension Unicode.Scalar {
  /// Whether it could move a cursor, reverse a line, or hide.
  var isDangerous: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: true
    default: false
    }
  }
}
