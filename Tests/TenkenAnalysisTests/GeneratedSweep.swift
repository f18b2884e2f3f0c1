import TenkenAnalysis
import TenkenModel

/// A random sweep from a seed: every outcome, every result, missing results, shared keys, platforms without a check.
struct GeneratedSweep {
  var fleet = Fleet()
  private(set) var random: SplitMix64

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    fleet.sites = (0..<Int.random(in: 1...4, using: &random)).map { number in
      Site(id: Self.id("site-\(number)"), name: "Site \(number)", sharesHostKeys: true)
    }
    fleet.checks = (0..<Int.random(in: 1...4, using: &random)).map { number in
      Fleet.check(
        Self.id("check.\(number)"), Severity.allCases.randomElement(using: &random)!,
        Check.Class.allCases.randomElement(using: &random)!, platforms: number == 3 ? ["linux", "macos"] : ["linux"])
    }
    for number in 0..<Int.random(in: 0...12, using: &random) { addTerminal(number) }
  }

  static func id<Subject>(_ text: String) -> ID<Subject> { ID(text)! }

  private mutating func addTerminal(_ number: Int) {
    let outcome: Outcome = Bool.random(using: &random) ? .inspected : Outcome.allCases.randomElement(using: &random)!
    let isClean = Int.random(in: 0..<3, using: &random) == 0
    var results: [ID<Check>: CheckResult] = [:]
    let platform = Int.random(in: 0..<8, using: &random) == 0 ? "macos" : "linux"
    if outcome == .inspected || outcome == .partial {
      for check in fleet.checks where check.platforms.contains(platform) {
        if !isClean, Int.random(in: 0..<10, using: &random) == 0 { continue }
        results[check.id] = isClean ? .pass : CheckResult.allCases.randomElement(using: &random)!
      }
    }
    fleet.add(
      Self.id("t-\(number)"), outcome, results, site: fleet.sites.randomElement(using: &random)!.id,
      platform: platform, key: Int.random(in: 0..<4, using: &random) == 0 ? randomKey() : nil)
  }

  private mutating func randomKey() -> HostKeyEvidence {
    let standings: [HostKeyEvidence.Standing] = [.recorded, .recorded, .recorded, .unknown, .mismatch, .revoked]
    return HostKeyEvidence(
      type: "ssh-ed25519", fingerprint: "SHA256:\(Int.random(in: 0..<6, using: &random))",
      standing: standings.randomElement(using: &random)!)
  }

  /// Every place in the records where a check said `result`.
  func places(of result: CheckResult) -> [(record: Int, check: ID<Check>)] {
    fleet.records.enumerated().flatMap { index, record in
      (record.last?.observations ?? []).filter { $0.result == result }.map { (index, $0.check) }
    }
  }

  /// The same sweep with another result at one place, or with none.
  func replacing(_ place: (record: Int, check: ID<Check>), with result: CheckResult?) -> Fleet {
    var changed = fleet
    let record = fleet.records[place.record]
    var results = Dictionary(
      uniqueKeysWithValues: (record.last?.observations ?? []).map { ($0.check, $0.result) })
    results[place.check] = result
    changed.records[place.record] = Fleet.record(
      record.terminal, record.outcome, results, key: record.last?.hostKey)
    return changed
  }
}
