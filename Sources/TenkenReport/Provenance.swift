internal import TenkenAnalysis
internal import TenkenModel

/// What every page and every row carries, so that no part of a report passes for the whole, nor for another sweep's.
struct Provenance {
  /// Name and value, in the order in which they are shown. Names are those of the columns of the CSV files.
  let entries: [Label]

  init(of report: Report) {
    let manifest = report.manifest
    entries = [
      Label(name: "sweep", value: manifest.id.rawValue),
      Label(name: "sweep_name", value: manifest.scope.name),
      Label(name: "started", value: manifest.started.description),
      Label(name: "as_of", value: report.asOf?.description ?? ""),
      Label(name: "tool", value: "tenken \(manifest.tool)"),
      Label(name: "inventory", value: manifest.inventory),
      Label(name: "inventory_terminals", value: "\(manifest.terminals)"),
      Label(name: "inventory_digest", value: manifest.inventoryDigest.hex),
      Label(name: "catalogue_digest", value: manifest.catalogueDigest.hex),
      Label(name: "account", value: Self.account(report.assessment.group)),
      Label(name: "remark", value: Self.remarks(on: report).joined(separator: "; ")),
    ]
  }

  /// All that qualifies the report.
  static func remarks(on report: Report) -> [String] {
    let specimens = report.specimens.of("terminal")
    return warnings(on: report) + [report.coverage.remark].compactMap { $0 }
      + (report.specimens == 0 ? [] : ["SPECIMENS: on \(specimens) the checks looked at a prepared root"])
  }

  /// What a reader must know before anything else.
  ///
  /// - Parameter sites: those whose holds are told; `nil` for all that the report is of.
  static func warnings(on report: Report, at sites: [SiteAssessment]? = nil) -> [String] {
    var remarks: [String] = []
    if report.isRehearsal { remarks.append("REHEARSAL: nothing was contacted; results are invented") }
    if report.assessment.isPartial {
      remarks.append("PARTIAL: \(report.assessment.group[.pending].of("terminal")) still to be inspected")
    }
    remarks += HoldRemark.remarks(of: sites ?? report.sites)
    remarks += report.amendments.map(AmendmentRemark.text) + report.overriding.compactMap(OverrideRemark.text)
    if !report.isWhole {
      let sites = report.sites.map(\.site.id.rawValue).joined(separator: ", ")
      remarks.append("PART: of \(report.assessment.sites.count.of("site")) only \(sites)")
    }
    return remarks
  }

  /// `suspect=3 unsound=4 undetermined=20 excepted=0 observations=5 sound=32 listed=64`, of the whole sweep.
  static func account(_ account: Account) -> String {
    let states = TerminalState.worstFirst.map { "\($0.rawValue)=\(account[$0])" }
    return (states + ["listed=\(account.listed)"]).joined(separator: " ")
  }
}
