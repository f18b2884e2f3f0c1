import TenkenAnalysis
import TenkenModel
import Testing

@Suite struct `The state of a terminal` {
  private let key = HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:abc", standing: .recorded)

  @Test func `a pass on every planned check makes it sound`() {
    let terminal = Fleet.single(.inspected, ["log.wtmp": .pass])
    #expect(terminal.state == .sound)
    #expect(terminal.gap == nil)
    #expect(terminal.lastInspection == Timestamp(milliseconds: 2000))
  }

  @Test(arguments: [
    (Severity.critical, Check.Class.integrity, TerminalState.suspect), (.critical, .hardening, .unsound),
    (.high, .integrity, .unsound), (.high, .hardening, .unsound), (.medium, .integrity, .observations),
    (.low, .hardening, .observations), (.info, .integrity, .sound),
  ])
  func `a failed check counts by its severity and class`(
    severity: Severity, checkClass: Check.Class, expected: TerminalState
  ) {
    let checks = [Fleet.check("a", .low, .integrity), Fleet.check("b", severity, checkClass)]
    #expect(Fleet.single(.inspected, ["a": .pass, "b": .fail], checks: checks).state == expected)
  }

  @Test func `a failure that an earlier attempt saw stays open when the last one reached nobody`() {
    let seen = Observation(check: "log.wtmp", result: .fail, message: "in attempt 1: zeroed", milliseconds: 3)
    let last = Fleet.record("one", .unreachable, [:])
    let record = TerminalRecord(
      terminal: "one", outcome: last.outcome, reason: last.reason, attempts: 2, last: last.last,
      earlierFailures: [seen])
    var fleet = Fleet()
    fleet.add("one", .unreachable)
    fleet.records = [record]
    let terminal = fleet.assessed().terminals[0]
    #expect(terminal.state == Fleet.single(.partial, ["log.wtmp": .fail]).state)
    #expect(terminal.gap == .outcome(.unreachable))
    #expect(terminal.failed.map(\.message) == ["in attempt 1: zeroed"])
  }

  @Test(arguments: [(Outcome.hostKeyMismatch, HostKeyEvidence.Standing.mismatch), (.hostKeyMismatch, .revoked)])
  func `another key in an earlier attempt stays a finding when the last one was answered`(
    outcome: Outcome, standing: HostKeyEvidence.Standing
  ) {
    let other = HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:other", standing: standing)
    let earlier = Fleet.record("one", outcome, [:], key: other)
    let last = Fleet.record("one", .inspected, ["log.wtmp": .pass], key: key)
    var fleet = Fleet()
    fleet.add("one", .inspected)
    fleet.records = [
      TerminalRecord(
        terminal: "one", outcome: .inspected, reason: "", attempts: 2, last: last.last,
        earlierAlarms: earlier.last.map { [$0] } ?? [])
    ]
    let terminal = fleet.assessed().terminals[0]
    #expect(terminal.state == (standing == .revoked ? .suspect : .unsound))
    #expect(terminal.open.first?.message.hasPrefix("in attempt 1: ") == true)
  }

  @Test(arguments: [CheckResult.error, .unknown, .notChecked])
  func `a check that did not answer leaves it undetermined`(result: CheckResult) {
    let checks = [Fleet.check("a", .low, .integrity), Fleet.check("b", .low, .hardening)]
    let terminal = Fleet.single(.inspected, ["a": .pass, "b": result], checks: checks)
    #expect(terminal.state == .undetermined)
    #expect(terminal.gap == .unanswered)
    #expect(terminal.unanswered.map(\.check) == ["b"])
  }

  @Test(arguments: [CheckResult.notApplicable, .informational])
  func `a definite answer other than pass and fail is an answer`(result: CheckResult) {
    let checks = [Fleet.check("a", .low, .integrity), Fleet.check("b", .high, .hardening)]
    #expect(Fleet.single(.inspected, ["a": .pass, "b": result], checks: checks).state == .sound)
  }

  @Test func `a planned check that nothing was heard of leaves it undetermined`() {
    let checks = [Fleet.check("a", .low, .integrity), Fleet.check("b", .low, .hardening)]
    let terminal = Fleet.single(.inspected, ["a": .pass], checks: checks)
    #expect(terminal.state == .undetermined)
    #expect(terminal.unanswered.map(\.word) == ["missing"])
  }

  @Test(arguments: [CheckResult.notApplicable, .informational])
  func `without a pass or a fail of an integrity check it is undetermined`(result: CheckResult) {
    let checks = [Fleet.check("a", .critical, .integrity), Fleet.check("b", .low, .hardening)]
    let terminal = Fleet.single(.inspected, ["a": result, "b": .pass], checks: checks)
    #expect(terminal.state == .undetermined)
    #expect(terminal.gap == .noIntegrityCheck)
  }

  @Test func `a platform without a check leaves it undetermined`() {
    let terminal = Fleet.single(.inspected, [:], platform: "windows")
    #expect(terminal.state == .undetermined)
    #expect(terminal.gap == .noIntegrityCheck)
  }

  @Test func `checks of another platform are not planned for it`() {
    let checks = [Fleet.check("a", .low, .integrity), Fleet.check("b", .low, .integrity, platforms: ["windows"])]
    #expect(Fleet.single(.inspected, ["a": .pass], checks: checks).state == .sound)
  }

  @Test(arguments: Outcome.allCases.filter { ![.inspected, .hostile, .hostKeyMismatch].contains($0) })
  func `whatever was not inspected is undetermined`(outcome: Outcome) {
    let terminal = Fleet.single(outcome)
    #expect(terminal.state == .undetermined)
    #expect(terminal.gap == .outcome(outcome))
    #expect(terminal.lastInspection == nil || outcome == .partial)
  }

  @Test func `a finding on a partial terminal counts, and its missing checks are named`() {
    let checks = [Fleet.check("a", .critical, .integrity), Fleet.check("b", .low, .hardening)]
    let terminal = Fleet.single(.partial, ["a": .fail], checks: checks)
    #expect(terminal.state == .suspect)
    #expect(terminal.gap == .outcome(.partial))
    #expect(terminal.unanswered.map(\.check) == ["b"])
  }

  @Test func `a host key that does not match makes it unsound, a revoked one suspect`() {
    let other = HostKeyEvidence(type: "ssh-rsa", fingerprint: "SHA256:x", standing: .mismatch)
    let revoked = HostKeyEvidence(type: "ssh-rsa", fingerprint: "SHA256:x", standing: .revoked)
    #expect(Fleet.single(.hostKeyMismatch, key: other).state == .unsound)
    #expect(Fleet.single(.hostKeyMismatch).state == .unsound)
    #expect(Fleet.single(.hostKeyMismatch, key: revoked).state == .suspect)
    #expect(Fleet.single(.hostKeyMismatch, key: revoked).open.map(\.subject) == [.contact(.hostKeyRevoked)])
  }

  @Test func `a fingerprint that the reason tells already is not told again`() {
    let key = HostKeyEvidence(type: "ssh-rsa", fingerprint: "SHA256:x", standing: .mismatch)
    #expect(Fleet.single(.hostKeyMismatch, key: key).open[0].message.hasSuffix("; it offered ssh-rsa SHA256:x"))
    var fleet = Fleet()
    let attempt = Attempt(
      terminal: "one", number: 1, started: Timestamp(milliseconds: 0), ended: Timestamp(milliseconds: 1),
      outcome: .hostKeyMismatch, reason: "the host shows ssh-rsa SHA256:x", isFinal: true, hostKey: key)
    fleet.add("one", .hostKeyMismatch)
    fleet.records = [
      TerminalRecord(terminal: "one", outcome: .hostKeyMismatch, reason: attempt.reason, attempts: 1, last: attempt)
    ]
    #expect(fleet.assessed().terminals[0].open[0].message == "the host shows ssh-rsa SHA256:x")
  }

  @Test func `a terminal that breaks the protocol is unsound`() {
    let terminal = Fleet.single(.hostile)
    #expect(terminal.state == .unsound)
    #expect(terminal.open.map(\.message) == ["because of hostile"])
  }

  @Test func `an unknown host key is no alarm, but an inspection in spite of it is never sound`() {
    let unknown = HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:x", standing: .unknown)
    #expect(Fleet.single(.hostKeyUnknown, key: unknown).open.isEmpty)
    #expect(Fleet.single(.inspected, ["log.wtmp": .pass], key: unknown).state == .observations)
    #expect(Fleet.single(.inspected, ["log.wtmp": .pass], key: key).state == .sound)
  }

  @Test func `a result that was not planned leaves it undetermined, and a failure among them counts`() {
    let checks = [Fleet.check("a", .low, .integrity), Fleet.check("w", .high, .integrity, platforms: ["windows"])]
    let passed = Fleet.single(.inspected, ["a": .pass, "w": .pass], checks: checks)
    #expect(passed.state == .undetermined)
    let failed = Fleet.single(.inspected, ["a": .pass, "w": .fail], checks: checks)
    #expect(failed.state == .unsound)
    let foreign = Fleet.single(.inspected, ["a": .pass, "never.heard.of": .fail], checks: checks)
    #expect(foreign.state == .undetermined)
    #expect(foreign.unanswered.map(\.message) == ["fail, but not planned for this terminal"])
  }
}
