package import TenkenAnalysis
package import TenkenModel

/// The values of one fact over the fleet, the rare ones first, with who has them.
package struct StackPage {
  private static let mostTerminals = 5

  private let stack: FactStack
  private let declaration: Check.FactDeclaration
  private let cohort: FactStack.Cohort
  private let report: Report

  /// - Parameter report: of the sweep, for its remarks and its terminals.
  package init(
    _ stack: FactStack, of declaration: Check.FactDeclaration, by cohort: FactStack.Cohort, in report: Report
  ) {
    self.stack = stack
    self.declaration = declaration
    self.cohort = cohort
    self.report = report
  }

  /// - Parameter most: how many rows are shown; what is left out is counted.
  package func text(most: Int) -> String {
    var page = ScreenPage(width: 80, colour: false)
    page.remarks(on: report)
    page.sweep(report.manifest)
    page.paragraph(
      "\(declaration.name) (\(declaration.columns.joined(separator: ", "))): \(stack.rows.count.of("value")) on "
        + "\(stack.answered.of("terminal"))\(by); \(silence)")
    page.gap()
    for row in stack.rows.prefix(most) { add(row, to: &page) }
    let rest = stack.rows.count - min(most, stack.rows.count)
    if rest > 0 {
      page.gap()
      page.paragraph("\(rest.of("more frequent value")) left out; --most \(stack.rows.count) shows all.")
    }
    return page.text
  }

  private func add(_ row: FactStack.Row, to page: inout ScreenPage) {
    let value = row.values.map(Self.shown) ?? "(nothing at all)"
    let place = row.cohort.isEmpty ? "" : " of \(row.cohort)"
    page.paragraph(value, lead: "\(row.terminals.count.grouped) of \(row.answered.grouped)\(place): ")
    page.paragraph(holders(of: row), lead: "    ")
  }

  private func holders(of row: FactStack.Row) -> String {
    let names = row.terminals.prefix(Self.mostTerminals).map { report.inventory.terminals[$0].id.rawValue }
    let rest = row.terminals.count - names.count
    return names.joined(separator: " ") + (rest > 0 ? " and \(rest.grouped) more" : "")
  }

  private static func shown(_ values: [String]) -> String {
    values.map { $0.isEmpty ? "-" : $0.clipped(to: 160) }.joined(separator: "  ")
  }

  private var by: String { cohort == .fleet ? "" : ", compared within each \(cohort.rawValue)" }

  private var silence: String {
    stack.silent == 0
      ? "every terminal of the inventory answered"
      : "of \(stack.silent.of("terminal")) nothing is known: they may have any value"
  }

  /// A line a value, and one at the end that says how many terminals nothing is known of.
  package var jsonLines: String {
    let rows = stack.rows.map { row in
      var object = JSONObject()
      object.set("kind", "value")
      object.set("fact", declaration.name)
      object.set("cohort", row.cohort)
      if let values = row.values { object.set("values", values) }
      object.set("absent", row.values == nil)
      object.set("count", row.terminals.count)
      object.set("answered", row.answered)
      object.set("terminals", row.terminals.map { report.inventory.terminals[$0].id.rawValue })
      return object
    }
    var end = JSONObject()
    end.set("kind", "end")
    end.set("sweep", report.manifest.id.rawValue)
    end.set("transport", report.manifest.scope.transport.rawValue)
    end.set("fact", declaration.name)
    end.set("columns", declaration.columns)
    end.set("by", cohort.rawValue)
    end.set("value_lines", rows.count)
    end.set("answered", stack.answered)
    end.set("silent", stack.silent)
    end.set("listed", report.inventory.terminals.count)
    end.set("remarks", Provenance.remarks(on: report))
    return (rows + [end]).map { String(decoding: $0.line, as: UTF8.self) }.joined()
  }
}
