internal import TenkenModel

/// `limits:` of the fleet, of a site or of a gateway.
enum LimitsSection {
  static let keys = [
    "concurrency", "per-site", "openssh", "tags", "connects-per-second", "bytes-per-second", "first-wave", "retries",
    "retry-budget", "pause-site", "pause-sweep", "deadline", "connect-timeout", "login-timeout", "run-timeout",
  ]
  static let siteKeys = ["concurrency", "connects-per-second", "bytes-per-second"]
  static let gatewayKeys = ["concurrency"]

  /// Tenken's own where the section says nothing.
  static func limits(_ section: YAMLSection?, _ log: inout ProblemLog) -> Limits {
    let own = Limits()
    guard let section else { return own }
    return Limits(
      concurrency: count("concurrency", 1...100_000, section, &log) ?? own.concurrency,
      perSite: count("per-site", 1...100_000, section, &log) ?? own.perSite,
      openSSH: count("openssh", 1...100_000, section, &log) ?? own.openSSH,
      tags: tags(section, &log), connectsPerSecond: connectsPerSecond(section, &log),
      bytesPerSecond: bytesPerSecond(section, &log),
      firstWave: count("first-wave", 0...100_000, section, &log) ?? own.firstWave,
      retries: count("retries", 0...10, section, &log) ?? own.retries,
      retryBudget: section.value("retry-budget", &log, Percent.ofBudget) ?? own.retryBudget,
      sitePause: PauseSection.limits("pause-site", of: section, &log),
      sweepPause: PauseSection.limits("pause-sweep", of: section, &log),
      deadline: duration("deadline", .seconds(1), .seconds(10_000 * 3600), section, &log),
      connectTimeout: timeout("connect-timeout", upTo: .seconds(600), section, &log) ?? own.connectTimeout,
      loginTimeout: timeout("login-timeout", upTo: .seconds(600), section, &log) ?? own.loginTimeout,
      runTimeout: timeout("run-timeout", upTo: .seconds(86_400), section, &log) ?? own.runTimeout)
  }

  static func ownConcurrency(_ section: YAMLSection?, _ log: inout ProblemLog) -> Int? {
    section.flatMap { count("concurrency", 1...100_000, $0, &log) }
  }

  static func connectsPerSecond(_ section: YAMLSection?, _ log: inout ProblemLog) -> Int? {
    section.flatMap { count("connects-per-second", 1...100_000, $0, &log) }
  }

  static func bytesPerSecond(_ section: YAMLSection?, _ log: inout ProblemLog) -> Int? {
    section?.value("bytes-per-second", &log, ByteRate.bytes)
  }

  /// A tag that no terminal has is a ceiling on nothing: whoever wrote it believes in one.
  static func refuseUnusedTags(
    _ limits: Limits, of terminals: [Terminal], _ fleet: YAMLSection, _ log: inout ProblemLog
  ) {
    guard !limits.tags.isEmpty, let section = tagSection(fleet, &log) else { return }
    let used = terminals.reduce(into: Set<String>()) { $0.formUnion($1.tags) }
    for key in section.keys where !used.contains(key.value) {
      let nearest = NearestWord.to(key.value, among: used.sorted())
      log.add(
        key.file, key.line, "no terminal has the tag \(key.value.quoted)",
        fix: nearest.map { "write \($0)" } ?? "remove it, or give the tag to terminals")
    }
  }

  private static func tagSection(_ fleet: YAMLSection, _ log: inout ProblemLog) -> YAMLSection? {
    fleet.section("limits", title: "the limits of the fleet", known: nil, &log)?
      .section("tags", title: "the tags of the limits", known: nil, &log)
  }

  private static func tags(_ limits: YAMLSection, _ log: inout ProblemLog) -> [String: Int] {
    guard let section = limits.section("tags", title: "the tags of the limits", known: nil, &log) else { return [:] }
    return section.keys.reduce(into: [:]) { tags, key in
      tags[key.value] = count(key.value, 1...100_000, section, &log)
    }
  }

  private static func count(
    _ key: String, _ range: ClosedRange<Int>, _ section: YAMLSection, _ log: inout ProblemLog
  ) -> Int? {
    section.value(key, &log) { written throws(Malformed) in
      guard let value = Int(written), range.contains(value) else {
        throw Malformed(
          what: "bad \(key) \(written.quoted)",
          fix: "write a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      return value
    }
  }

  private static func timeout(
    _ key: String, upTo most: Duration, _ section: YAMLSection, _ log: inout ProblemLog
  ) -> Duration? { duration(key, .milliseconds(100), most, section, &log) }

  private static func duration(
    _ key: String, _ least: Duration, _ most: Duration, _ section: YAMLSection, _ log: inout ProblemLog
  ) -> Duration? {
    section.value(key, &log) { written throws(Malformed) in
      guard let value = Duration(text: written), value >= least, value <= most else {
        throw Malformed(
          what: "bad \(key) \(written.quoted)",
          fix: "write a whole number and ms, s, m or h, from \(least.text) to \(most.text), such as 10s")
      }
      return value
    }
  }
}
