import TenkenModel
import Testing

@testable import TenkenChecks

/// Scripts that were not written for Tenken: by their protocol, and never well by accident.
struct ForeignJudgeTests {
  private func judge(
    _ resultProtocol: Check.ResultProtocol, _ status: Int, _ stdout: String = "", stderr: String = ""
  ) -> Observation {
    let digest = Digest(hex: String(repeating: "a", count: 64))!
    let check = Check(
      id: "a", version: 1, title: "t", severity: .low, checkClass: .hardening, resultProtocol: resultProtocol,
      distributions: ["debian"], facts: resultProtocol == .nagios ? [PerformanceData.declaration] : [], script: [],
      digest: digest, file: "a/check.sh")
    let capture = Capture(
      check: "a", digest: digest, status: status < 0 ? .otherSystem : .exited(status), milliseconds: 1,
      stdout: Array(stdout.utf8), stderr: Array(stderr.utf8))
    return Judge.observation(of: capture, by: check, factNonce: "n")
  }

  @Test func `a plugin's exit is a result only with a word`() {
    let results: [CheckResult] = [.pass, .fail, .fail, .unknown]
    for status in 0...255 {
      #expect(judge(.nagios, status, "SOME - text\n").result == (status < 4 ? results[status] : .error))
      #expect(judge(.nagios, status).result == (status < 4 ? .unknown : .error))
    }
  }

  @Test func `exit 0 is good and a program's other exits are bad`() {
    for status in 0...255 {
      let expected: CheckResult = status == 0 ? .pass : status < 126 ? .fail : .error
      #expect(judge(.exit0, status, "x\n").result == expected)
      #expect(judge(.exit0, status).result == expected)
    }
  }

  @Test func `what a shell could not read is not bad, but an error`() {
    #expect(judge(.exit0, 2, stderr: "sh: 3: Syntax error: \"(\" unexpected\n").result == .error)
    #expect(judge(.exit0, 1, stderr: "x: 2: lvs: not found\n").result == .error)
    #expect(judge(.exit0, 2, stderr: "debsums: changed file /bin/a\n").result == .fail)
  }

  @Test(arguments: [Check.ResultProtocol.nagios, .exit0])
  func `good beside a program that was not found is unknown`(resultProtocol: Check.ResultProtocol) {
    let said = judge(
      resultProtocol, 0, "OK no full LVM snapshot volumes\n", stderr: "x: line 9: lvs: command not found\n")
    #expect(said.result == .unknown)
    #expect(said.facts.isEmpty)
  }

  @Test func `figures of a plugin are facts and not text`() {
    let said = judge(
      .nagios, 0, "OK - load 0.5|load1=0.510;5.000;10;0; 'a b''c'=75.5%;;;0;100 bad=x =3\nmore|n=1s\nrest=U;1\n")
    #expect(said.message == "OK - load 0.5; more")
    #expect(
      said.facts.map(\.values) == [
        ["load1", "0.510", "", "5.000", "10", "0", ""], ["a b'c", "75.5", "%", "", "", "0", "100"],
        ["n", "1", "s", "", "", "", ""], ["rest", "U", "", "1", "", "", ""],
      ])
  }

  @Test func `figures of any bytes are read without a crash, and never break what they stand in`() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<2000 {
      let text = String((0..<40).map { _ in "ab =;|'\n0123.%U-".randomElement(using: &random) ?? "a" })
      let said = judge(.nagios, 0, "OK\(text)")
      #expect([.pass, .error].contains(said.result))
      #expect(said.facts.allSatisfy { $0.values.count == PerformanceData.declaration.columns.count })
    }
  }

  @Test func `a check of another distribution has no concern here`() {
    #expect(judge(.sce, -1).result == .notApplicable)
    #expect(judge(.sce, -1).message == "is for debian, and this is none of them")
  }
}
