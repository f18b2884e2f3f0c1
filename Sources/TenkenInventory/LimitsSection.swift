internal import TenkenModel

/// `limits:` of the fleet, of a site or of a gateway.
enum LimitsSection {
  static let keys = [
    "concurrency", "per-site", "openssh", "retries", "connect-timeout", "login-timeout", "run-timeout",
  ]
  /// Those of a site and of a gateway.
  static let ownKeys = ["concurrency"]

  /// Tenken's own where the section says nothing.
  static func limits(_ section: YAMLSection?, _ log: inout ProblemLog) -> Limits {
    let own = Limits()
    guard let section else { return own }
    return Limits(
      concurrency: count("concurrency", 1...100_000, section, &log) ?? own.concurrency,
      perSite: count("per-site", 1...100_000, section, &log) ?? own.perSite,
      openSSH: count("openssh", 1...100_000, section, &log) ?? own.openSSH,
      retries: count("retries", 0...10, section, &log) ?? own.retries,
      connectTimeout: duration("connect-timeout", upTo: .seconds(600), section, &log) ?? own.connectTimeout,
      loginTimeout: duration("login-timeout", upTo: .seconds(600), section, &log) ?? own.loginTimeout,
      runTimeout: duration("run-timeout", upTo: .seconds(86_400), section, &log) ?? own.runTimeout)
  }

  static func ownConcurrency(_ section: YAMLSection?, _ log: inout ProblemLog) -> Int? {
    section.flatMap { count("concurrency", 1...100_000, $0, &log) }
  }

  private static func count(
    _ key: String, _ range: ClosedRange<Int>, _ section: YAMLSection, _ log: inout ProblemLog
  ) -> Int? {
    section.text(key, &log).flatMap { text in
      log.value(of: text) { written throws(Malformed) in
        guard let value = Int(written), range.contains(value) else {
          throw Malformed(
            what: "bad \(key) \(written.quoted)",
            fix: "write a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
      }
    }
  }

  private static func duration(
    _ key: String, upTo most: Duration, _ section: YAMLSection, _ log: inout ProblemLog
  ) -> Duration? {
    let least = Duration.milliseconds(100)
    return section.text(key, &log).flatMap { text in
      log.value(of: text) { written throws(Malformed) in
        guard let value = Duration(text: written), value >= least, value <= most else {
          throw Malformed(
            what: "bad \(key) \(written.quoted)",
            fix: "write a whole number and ms, s, m or h, from \(least.text) to \(most.text), such as 10s")
        }
        return value
      }
    }
  }
}
