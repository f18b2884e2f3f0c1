internal import TenkenAnalysis
internal import TenkenJournal
internal import TenkenModel
internal import TenkenReport

extension SweepArchive {
  /// The values of a fact over the terminals of this sweep, as text or as JSON lines.
  ///
  /// - Parameters:
  ///   - cohort: within what terminals are compared; `nil`: as the check's header says.
  ///   - most: how many values the text shows.
  /// - Throws: `noSuchInput` where no check of the sweep declares the fact.
  package func stack(_ fact: String, by cohort: String?, most: Int, json: Bool) throws -> String {
    let (check, declaration) = try declaration(of: fact)
    let cohort = try Self.cohort(cohort, of: declaration)
    var stacker = FactStacker(fact, of: check.id, by: cohort, in: inventory)
    try journal.forEachRecord { stacker.add($0) }
    let page = StackPage(stacker.finish(), of: declaration, by: cohort, in: try report())
    return json ? page.jsonLines : page.text(most: most)
  }

  private func declaration(of fact: String) throws(Failure) -> (Check, Check.FactDeclaration) {
    for check in allChecks {
      if let declaration = check.facts.first(where: { $0.name == fact }) { return (check, declaration) }
    }
    throw Failure(
      .noSuchInput, "no fact is called \"\(fact.escapedForPeople())\"",
      why: "no check of sweep \(manifest.id) declares it",
      next: "There are: \(Set(allChecks.flatMap { $0.facts.map(\.name) }).sorted().joined(separator: ", ")).")
  }

  private static func cohort(
    _ text: String?, of declaration: Check.FactDeclaration
  ) throws(Failure) -> FactStack.Cohort {
    guard let text else { return declaration.attributes["stack"].flatMap(FactStack.Cohort.init) ?? .fleet }
    if let cohort = FactStack.Cohort(rawValue: text) { return cohort }
    throw Failure(
      .usage, "terminals cannot be compared by \"\(text.escapedForPeople())\"", why: "no cohort has that name",
      next: "There are: \(FactStack.Cohort.allCases.map(\.rawValue).joined(separator: ", ")).")
  }

  /// What changed from this sweep to a later one, as text or as JSON lines.
  package func changes(to later: SweepArchive, json: Bool) throws -> String {
    let (before, after) = (try report(), try later.report())
    let comparison = SweepComparison(
      before: before.assessment, of: inventory, after: after.assessment, of: later.inventory)
    let page = ComparisonPage(comparison, before: before, after: after)
    return json ? page.jsonLines : page.text
  }

  /// Who connected to whom, as text or as JSON lines.
  ///
  /// - Parameters:
  ///   - sites: those that it is of; empty for all.
  ///   - most: how many connections and shadow terminals the text shows.
  package func flows(sites: [String], most: Int, json: Bool) throws -> String {
    let report = try report(only: sites)
    return json ? FlowsPage.jsonLines(of: report) : FlowsPage(report).text(most: most)
  }
}
