import TenkenAnalysis
import TenkenModel
import Testing

@Suite struct ProbedTerminalTests {
  private static let terminal = Terminal(id: "t-1", address: "10.0.0.1", site: "s")

  /// Everything as it should be, unless said otherwise.
  private func probe(
    _ outcome: Outcome = .inspected, reason: String = "", standing: HostKeyEvidence.Standing? = .recorded,
    system: String? = "Linux", clock: String = "1000.500", root: RootAccess? = .granted, needsRoot: Bool = true,
    provesIdentity: Bool = true
  ) -> ProbedTerminal {
    let (start, end) = (Timestamp(milliseconds: 1_000_000), Timestamp(milliseconds: 1_001_000))
    let attempt = Attempt(
      terminal: "t-1", number: 1, started: start, ended: end, outcome: outcome, reason: reason, isFinal: true,
      hostKey: standing.map {
        HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:x", standing: $0, blob: [1, 2, 3])
      })
    let answers = system.map { system in
      var answers = ProbeAnswers()
      answers.system = system
      answers.clock = ClockOffset(reading: clock, from: start, to: end)
      return answers
    }
    return ProbedTerminal(
      attempt, of: Self.terminal, answers: answers, silence: "the shell said nothing", root: root,
      needsRoot: needsRoot, provesIdentity: provesIdentity)
  }

  @Test func `a terminal is ready where nothing is missing`() {
    #expect(probe().readiness == .ready)
    #expect(probe(root: .denied("no"), needsRoot: false).readiness == .ready)
    #expect(probe(standing: nil, provesIdentity: false).readiness == .ready)
  }

  @Test(arguments: Outcome.allCases.filter { $0 != .inspected })
  func `no other outcome is ready, whatever else came`(outcome: Outcome) {
    let probed = probe(outcome, reason: "because")
    #expect(probed.readiness == .outcome(outcome))
    #expect(probed.reason == "because")
  }

  @Test(arguments: [HostKeyEvidence.Standing.unknown, .mismatch, .revoked, nil])
  func `a key that is not the one on record never makes a terminal ready`(standing: HostKeyEvidence.Standing?) {
    #expect(probe(standing: standing).readiness == .outcome(.hostKeyUnknown))
  }

  @Test func `no answer is no readiness`() {
    let probed = probe(system: nil)
    #expect(probed.readiness == .unanswered)
    #expect(probed.reason == "the shell said nothing")
  }

  @Test(arguments: ["", "Darwin", "FreeBSD", "MINGW64_NT-10.0", "linux2"])
  func `another platform than listed is not ready`(system: String) {
    #expect(probe(system: system).readiness == .otherPlatform)
  }

  @Test func `root that a check needs and does not get is not ready, with the terminal's own words`() {
    let probed = probe(root: .denied("sudo: a password is required"))
    #expect(probed.readiness == .withoutRoot)
    #expect(probed.reason == "sudo: a password is required")
    #expect(probe(root: nil).readiness == .withoutRoot)
  }

  @Test(arguments: ["", "no time", "1100.500", "900.500"])
  func `a clock that is off or cannot be read is not ready`(clock: String) {
    #expect(probe(clock: clock).readiness == .clock)
  }

  @Test func `the key itself is not kept`() {
    #expect(probe().hostKey == HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:x", standing: .recorded))
  }

  @Test(arguments: [
    ("Linux", "linux"), ("Darwin", "macos"), ("CYGWIN_NT-10.0", "windows"), ("MSYS_NT-10.0", "windows"),
    ("SunOS", "sunos"), ("", ""),
  ])
  func `a platform is called as inventories call it`(system: String, platform: String) {
    var answers = ProbeAnswers()
    answers.system = system
    #expect(answers.platform == platform)
  }
}
