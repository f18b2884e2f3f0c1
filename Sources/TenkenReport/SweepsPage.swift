package import TenkenModel

/// The sweeps of a state directory, in the order in which they are given.
package struct SweepsPage {
  private let sweeps: [SweepSummary]

  package init(_ sweeps: [SweepSummary]) { self.sweeps = sweeps }

  package var text: String {
    var table = TextTable(
      ["sweep", "name", "standing", "transport", "terminals", "inspected", "pending"], numbersFrom: 4)
    for sweep in sweeps {
      table.add([
        sweep.id.rawValue, sweep.manifest?.scope.name.escapedForPeople(maxLength: 24) ?? "", Self.text(sweep.standing),
        sweep.manifest?.scope.transport.rawValue ?? "", sweep.manifest == nil ? "" : Self.listed(sweep).grouped,
        sweep.outcomes[.inspected, default: 0].grouped,
        sweep.outcomes[.pending, default: 0].grouped,
      ])
    }
    return table.text
  }

  package var jsonLines: String { sweeps.map(Self.line).joined() }

  private static func text(_ standing: SweepSummary.Standing) -> String {
    switch standing {
    case .running(let process): "running" + (process.map { " (pid \($0))" } ?? "")
    case .finished: "finished"
    case .unfinished: "unfinished"
    case .notBegun: "not begun"
    case .unreadable(let failure): "unreadable: \(failure.why)".escapedForPeople(maxLength: 80)
    }
  }

  /// All that it accounts for: more than it began with, where it was amended.
  private static func listed(_ sweep: SweepSummary) -> Int { sweep.outcomes.values.reduce(0, +) }

  private static func line(_ sweep: SweepSummary) -> String {
    var object = JSONObject()
    object.set("sweep", sweep.id.rawValue)
    object.set("standing", text(sweep.standing))
    if let manifest = sweep.manifest {
      object.set("name", manifest.scope.name)
      object.set("transport", manifest.scope.transport.rawValue)
      object.set("started", manifest.started.description)
      object.set("terminals", listed(sweep))
    }
    object.set("outcomes", JSONObject(sweep.outcomes, order: Outcome.allCases))
    return String(decoding: object.line, as: UTF8.self)
  }
}
