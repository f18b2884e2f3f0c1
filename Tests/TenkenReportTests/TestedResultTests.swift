import TenkenAnalysis
import TenkenModel
import Testing

@testable import TenkenReport

@Suite struct `Results for formats of tests` {
  private func answers(_ sweep: SampleSweep, of terminal: Int = 0) -> [TestedRule: TestedResult.Answer] {
    let report = sweep.report()
    let results = report.testedResults(of: terminal, checks: report.assessment.checks)
    return Dictionary(results.map { ($0.rule, $0.answer) }) { first, _ in first }
  }

  @Test func `a terminal on which no check of integrity said anything has not passed`() {
    var sweep = SampleSweep()
    sweep.checks = [SampleSweep.check("net.listen", .high, .hardening, "t", "T1571@v19", "r")]
    sweep.add("t", "ohio")
    #expect(answers(sweep)[.contact] == .result(.unknown))
    let report = sweep.report()
    let suite = ReportDocument.junit(report.sites[4]).rendered(report)
    #expect(suite.contains("<error type=\"unknown\" message=\"no check of integrity said pass or fail\"/>"))
  }

  @Test func `a host key that nobody saw has not passed`() {
    var sweep = SampleSweep()
    sweep.add("t", "ohio", key: HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:x", standing: .recorded))
    sweep.add("u", "ohio")
    let seen = answers(sweep)
    #expect(seen[.contactFinding(.hostKeyMismatch)] == .result(.pass))
    sweep.forgetKeys()
    let unseen = answers(sweep)
    #expect(unseen[.contactFinding(.hostKeyMismatch)] == .result(.notChecked))
    #expect(unseen[.contactFinding(.hostile)] == .result(.pass))
  }

  @Test func `a terminal that told of logins only has not passed what only connections show`() {
    let answers = answers(SampleSweep.connected, of: 1)
    #expect(answers[.flowFinding(.unauthorised)] == .result(.pass))
    var sweep = SampleSweep.connected
    sweep.checks.removeAll { $0.id == "net.peers" }
    sweep.add("jp-2", "tokyo-hq")
    let logins = self.answers(sweep, of: 4)
    #expect(logins[.flowFinding(.unauthorised)] == .result(.pass))
    #expect(logins[.flowFinding(.denied)] == .result(.notChecked))
  }

  @Test func `a flow that nobody could judge leaves open whether it is allowed`() {
    var sweep = SampleSweep.connected
    let login = Fact(name: "login.source", values: ["eve", "evil.example", "password", "1", "2026-11-20T03:12:05Z"])
    sweep.add("jp-2", "tokyo-hq", facts: [login])
    #expect(answers(sweep, of: 4)[.flowFinding(.unauthorised)] == .result(.unknown))
  }
}
