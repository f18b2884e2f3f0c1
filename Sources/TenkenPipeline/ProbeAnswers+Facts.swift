internal import TenkenAnalysis
internal import TenkenModel

extension ProbeAnswers {
  /// A value of a terminal's is kept to this many characters: there is one of each for every terminal of a fleet.
  private static let longest = 120

  /// - Parameters:
  ///   - facts: those of `ProbeChecks.system`.
  ///   - asked: the programs that the terminal was asked for; it may name no others.
  ///   - started: when, on the station's clock, the contact began, and `ended` when it ended.
  init(_ facts: [Fact], asked: Set<String>, from started: Timestamp, to ended: Timestamp) {
    self.init()
    for fact in facts {
      let values = fact.values.map { String($0.prefix(Self.longest)) }
      switch (fact.name, values.count) {
      case ("probe.login", 2): (user, uid) = (values[0], values[1])
      case ("probe.system", 3): (system, kernel, machine) = (values[0], values[1], values[2])
      case ("probe.release", 2): (release, version) = (values[0], values[1])
      case ("probe.shell", 2): (loginShell, shell) = (values[0], values[1])
      case ("probe.program", 1): if asked.contains(values[0]) { programs.insert(values[0]) }
      case ("probe.time", 1): clock = ClockOffset(reading: values[0], from: started, to: ended)
      default: break
      }
    }
  }
}
