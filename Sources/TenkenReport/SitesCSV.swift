internal import TenkenAnalysis
internal import TenkenModel

/// `sites.csv`: a row a site, and last the group with the sums.
struct SitesCSV {
  private let report: Report
  private let provenance: CSVProvenance

  init(_ report: Report) {
    self.report = report
    provenance = CSVProvenance(of: report, rows: report.sites.count + 1)
  }

  func render(to sink: inout some ReportSink) {
    sink.write(CSVRow.byteOrderMark)
    var heads = CSVRow()
    heads.add(["level", "site", "name", "country", "time_zone", "soundness", "listed"])
    heads.add(TerminalState.worstFirst.map(\.rawValue))
    heads.add(Outcome.allCases.map { "outcome:\($0.rawValue)" })
    heads.add(["sound_at_least", "sound_at_most"])
    provenance.addHeads(to: &heads)
    sink.write(heads)
    for (number, site) in report.sites.enumerated() {
      let identity = [site.site.id.rawValue, site.site.name, site.site.country, site.site.timeZone]
      sink.write(row(["site"] + identity, site.account, number: number + 1))
    }
    let whole = report.isWhole ? "group" : "part"
    sink.write(row([whole, "", "", "", ""], report.account, number: report.sites.count + 1))
  }

  private func row(_ identity: [String], _ account: Account, number: Int) -> CSVRow {
    var row = CSVRow()
    row.add(identity)
    row.add(account.soundness.rawValue)
    row.add(account.listed)
    for state in TerminalState.worstFirst { row.add(account[state]) }
    for outcome in Outcome.allCases { row.add(account[outcome]) }
    row.add([account.soundShare.leastPerMille, account.soundShare.mostPerMille].map(SoundShare.percent))
    provenance.add(to: &row, number: number)
    return row
  }
}
