package import TenkenAnalysis
package import TenkenModel

/// All that a report is made of. Every format renders this one value, so that no two of them can disagree; there is
/// no clock in it, so that the same journal gives the same bytes.
package struct Report: Sendable {
  package let manifest: SweepManifest
  package let inventory: Inventory
  package let assessment: Assessment
  /// In their order.
  package let amendments: [Amendment]
  /// How often the sweep was started: 1, and one more for each resume.
  package let runs: Int
  /// Those that went beyond a limit, in their order.
  let overriding: [SweepRun]
  /// The sites that this report is of, in the order of the inventory.
  package let sites: [SiteAssessment]
  /// Of those sites, the worst first.
  package let findings: [Finding]
  /// Of those sites.
  package let account: Account
  /// Indices of their terminals, in the order of the inventory.
  package let terminals: [Int]
  /// Which of the checks that were due were run.
  let coverage: CheckCoverage
  private let checks: [ID<Check>: Check]

  /// - Parameters:
  ///   - retired: checks that the sweep ran until it was amended.
  ///   - overriding: the runs that went beyond a limit.
  ///   - only: the sites that the report is of; `nil` for all of them.
  package init(
    manifest: SweepManifest, inventory: Inventory, catalogue: Catalogue, retired: [Check] = [], assessment: Assessment,
    amendments: [Amendment] = [], runs: Int = 1, overriding: [SweepRun] = [], only: Set<ID<Site>>? = nil
  ) {
    self.manifest = manifest
    self.amendments = amendments
    self.inventory = inventory
    self.assessment = assessment
    asOf = assessment.terminals.lazy.compactMap(\.lastContact?.upperBound).max()
    self.runs = runs
    self.overriding = overriding
    checks = Dictionary((catalogue.checks + retired).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    coverage = CheckCoverage(
      run: assessment.checks, of: catalogue.checks, platforms: Set(inventory.terminals.map(\.platform)))
    sites = assessment.sites.filter { only?.contains($0.site.id) ?? true }
    if sites.count == assessment.sites.count {
      (findings, account) = (assessment.findings, assessment.group)
      terminals = Array(assessment.terminals.indices)
    } else {
      terminals = sites.flatMap(\.terminals).sorted()
      account = sites.map(\.account).reduce(Account(), +)
      findings = Self.findings(assessment.findings, within: Set(terminals), at: Set(sites.map(\.site.id)))
    }
  }

  /// Whether every site is in it.
  package var isWhole: Bool { sites.count == assessment.sites.count }
  package var isRehearsal: Bool { manifest.scope.transport == .rehearsal }

  /// When the last attempt ended: what the report is as of.
  package let asOf: Timestamp?

  /// Terminals whose checks looked at a prepared root instead of at the terminal itself.
  package var specimens: Int { terminals.count { inventory.terminals[$0].root != nil } }

  package func check(_ id: ID<Check>) -> Check? { checks[id] }

  private static func findings(
    _ findings: [Finding], within terminals: Set<Int>, at sites: Set<ID<Site>>
  ) -> [Finding] {
    findings.compactMap { finding in
      let sightings = finding.sightings.filter { terminals.contains($0.terminal) }
      let places = finding.places.filter { sites.contains($0.site) }
      guard !sightings.isEmpty || !places.isEmpty else { return nil }
      return Finding(
        subject: finding.subject, severity: finding.severity, isIntegrity: finding.isIntegrity, sightings: sightings,
        places: places)
    }
  }
}
