internal import TenkenModel

extension Finding {
  /// The findings of these terminals, one a check, the worst first: by severity, gateways first, integrity before the
  /// rest, then by the number of terminals (or sites), then by name.
  static func gathered(from terminals: some Sequence<TerminalAssessment>) -> [Finding] {
    var sightings: [Subject: [Sighting]] = [:]
    var firsts: [Subject: OpenFinding] = [:]
    for terminal in terminals {
      for finding in terminal.open {
        sightings[finding.subject, default: []].append(Sighting(terminal: terminal.index, message: finding.message))
        firsts[finding.subject] = finding
      }
    }
    return firsts.values.map { first in
      Finding(
        subject: first.subject, severity: first.severity, isIntegrity: first.isIntegrity,
        sightings: sightings[first.subject, default: []])
    }.sorted(by: isWorse)
  }

  /// The worst first.
  static func ordered(_ findings: [Finding]) -> [Finding] { findings.sorted(by: isWorse) }

  private static func isWorse(_ left: Finding, _ right: Finding) -> Bool {
    if left.severity != right.severity { return left.severity > right.severity }
    if left.places.isEmpty != right.places.isEmpty { return right.places.isEmpty }
    if left.isIntegrity != right.isIntegrity { return left.isIntegrity }
    if left.count != right.count { return left.count > right.count }
    return (left.id, left.subject.source) < (right.id, right.subject.source)
  }
}
