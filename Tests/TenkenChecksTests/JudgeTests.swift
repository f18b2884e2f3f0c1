import TenkenChecks
import TenkenModel
import Testing

struct JudgeTests {
  private let nonce = "0123456789abcdef0123456789abcdef"

  private func check(
    _ resultProtocol: Check.ResultProtocol = .sce, outputLimit: Int = 4096, checkClass: Check.Class = .integrity
  ) -> Check {
    Check(
      id: "a.check", version: 1, title: "t", severity: .high, checkClass: checkClass, resultProtocol: resultProtocol,
      timeout: .seconds(10), outputLimit: outputLimit,
      facts: [.init(name: "account", columns: ["name", "uid"]), .init(name: "one", columns: ["value"])],
      script: [], digest: digest("a"), file: "checks/a.check/check.sh")
  }

  private func digest(_ digit: Character) -> Digest { Digest(hex: String(repeating: digit, count: 64))! }

  private func judge(
    _ status: Capture.Status, _ stdout: String = "", stderr: String = "", by check: Check? = nil,
    digest other: Digest? = nil
  ) -> Observation {
    judge(status, bytes: Array(stdout.utf8), stderr: Array(stderr.utf8), by: check, digest: other)
  }

  private func judge(
    _ status: Capture.Status, bytes: [UInt8], stderr: [UInt8] = [], by check: Check? = nil, digest other: Digest? = nil
  ) -> Observation {
    let check = check ?? self.check()
    let capture = Capture(
      check: check.id, digest: other ?? check.digest, status: status, milliseconds: 7, stdout: bytes, stderr: stderr)
    return Judge.observation(of: capture, by: check, factNonce: nonce)
  }

  @Test(arguments: [
    (101, CheckResult.pass), (102, .fail), (103, .error), (104, .unknown), (105, .notApplicable), (106, .notChecked),
    (107, .notChecked), (108, .informational), (109, .error),
  ])
  func `the codes of the Script Check Engine are results`(status: Int, result: CheckResult) {
    #expect(judge(.exited(status), "said").result == result)
  }

  @Test func `no other exit is ever a result`() {
    for status in 0...255 where !(101...108).contains(status) {
      #expect(judge(.exited(status), "OK all is well").result == .error)
    }
  }

  @Test(arguments: [
    (0, "exit 0 (the script ended without a result): x"), (2, "exit 2 (often a syntax error): x"),
    (126, "exit 126 (a command could not be run): x"), (127, "exit 127 (a command was not found): x"),
    (137, "exit 137 (killed by SIGKILL): x"), (139, "exit 139 (killed by SIGSEGV): x"),
    (162, "exit 162 (killed by signal 34): x"), (7, "exit 7 (no result of the protocol): x"),
    (109, "a check that mended something (exit 109): x"),
  ])
  func `an exit that is no result is explained`(status: Int, message: String) {
    #expect(judge(.exited(status), stderr: "\n x\nmore\n").message == message)
  }

  @Test func `what did not run says why`() {
    #expect(judge(.lacksProgram("od")).result == .notChecked)
    #expect(judge(.lacksProgram("od")).message == "needs od, which is not on this terminal")
    #expect(judge(.lacksRoot).result == .notChecked)
    #expect(judge(.lacksRoot).message == "needs root")
    #expect(judge(.expired, "so far").result == .error)
    #expect(judge(.expired).message == "still running after 10s: killed")
  }

  @Test func `what the terminal's time was over for is not checked, whatever it had said until then`() {
    let observation = judge(.cut, "all is well\n\(nonce)\tfact\tone\tx\n", stderr: "half a line")
    #expect(observation.result == .notChecked)
    #expect(observation.message == "the time for this terminal was over: give the sweep a longer --timeout")
    #expect(observation.facts.isEmpty, "rows that are missing would look like rows that are not there")
    #expect(!observation.stdout.isEmpty)
    #expect(judge(.cut, "fine", digest: digest("b")).result == .error)
  }

  @Test(arguments: [
    ("sudo: a password is required\n", "needs root: sudo: a password is required"),
    ("\n  doas: Operation not permitted \nmore\n", "needs root: doas: Operation not permitted"),
    ("there is neither sudo nor doas here\n", "needs root: there is neither sudo nor doas here"),
    ("\n \n", "needs root"),
  ])
  func `the words of sudo say why there was no root`(words: String, message: String) {
    let observation = judge(.lacksRoot, "pass\n\(nonce)\tfact\tone\tx\n", stderr: words)
    #expect(observation.result == .notChecked)
    #expect(observation.message == message)
    #expect(observation.facts.isEmpty)
  }

  @Test func `a lecture of sudo's is clipped`() {
    #expect(judge(.lacksRoot, stderr: String(repeating: "x", count: 4000)).message.count == 500)
    #expect(judge(.lacksRoot, stderr: "a\u{1B}[2Jb\u{0}\u{FF}").result == .notChecked)
  }

  @Test func `output over its cap is an error on either stream, at the cap it is not`() {
    let small = check(outputLimit: 10)
    #expect(judge(.exited(101), "0123456789", by: small).result == .pass)
    #expect(judge(.exited(101), "0123456789a", by: small).result == .error)
    #expect(judge(.exited(101), stderr: "0123456789a", by: small).message == "output over its cap of 10")
  }

  @Test func `another script's frame is not believed`() {
    let observation = judge(.exited(101), "fine", digest: digest("b"))
    #expect(observation.result == .error)
    #expect(observation.message == "another script ran (a.check bbbbbbbbbbbb): not believed")
  }

  @Test(arguments: [
    "sh: 1: lvs: not found", "bash: line 1: lvs: command not found", "sh: lvs: not found",
    "mksh: lvs: inaccessible or not found",
  ])
  func `a pass after a program was missing is unknown`(complaint: String) {
    let stderr = "warning\n\(complaint)\n"
    #expect(judge(.exited(101), "OK", stderr: stderr).result == .unknown)
    #expect(judge(.exited(101), "OK", stderr: stderr).message == "said pass, but: \(complaint)")
    #expect(judge(.exited(105), stderr: stderr).result == .unknown)
    #expect(judge(.exited(108), stderr: stderr).result == .unknown)
    #expect(judge(.exited(102), stderr: stderr).result == .fail)
  }

  @Test(arguments: [101, 105], ["awk: read error", "\nfind: unrecognized: -maxdepth\n", "\n", "\0", "\u{FF}"])
  func `a check of integrity that is content while its tools complain is unknown`(status: Int, stderr: String) {
    let said = judge(.exited(status), "OK", stderr: stderr)
    #expect(said.result == .unknown)
    #expect(said.message.hasPrefix(status == 101 ? "said pass, but: " : "said not-applicable, but: "))
    #expect(said.stderr == Array(stderr.utf8))
  }

  @Test func `the complaint that is told is the first line, and the missing program before it`() {
    #expect(judge(.exited(101), stderr: "\nawk: a\nb\n").message == "said pass, but: awk: a")
    #expect(judge(.exited(101), stderr: "\n").message == "said pass, but: its tools wrote to stderr")
    #expect(judge(.exited(101), stderr: "awk: a\nsh: x: not found").message == "said pass, but: sh: x: not found")
  }

  @Test(arguments: [102, 103, 104, 106, 108])
  func `a complaint changes no other result`(status: Int) {
    #expect(
      judge(.exited(status), stderr: "ls: input/output error").result == judge(.exited(status), "ls: input").result)
  }

  @Test(arguments: [Check.Class.hardening, .inventory])
  func `other noise on stderr changes nothing where intruders are not looked for`(checkClass: Check.Class) {
    let noisy = "ls: No such file or directory"
    #expect(judge(.exited(101), "OK", stderr: noisy, by: check(checkClass: checkClass)).result == .pass)
    #expect(judge(.exited(105), "OK", stderr: noisy, by: check(checkClass: checkClass)).result == .notApplicable)
    #expect(judge(.exited(101), "OK", stderr: "sh: x: not found", by: check(checkClass: checkClass)).result == .unknown)
  }

  @Test func `a pass that is not believed keeps no facts, an answer that stands does`() {
    let out = "\(nonce)\tfact\tone\tx\n"
    #expect(judge(.exited(101), out, stderr: "awk: read error").facts.isEmpty)
    #expect(judge(.exited(108), out, stderr: "sh: x: not found").facts.isEmpty)
    #expect(judge(.exited(102), out, stderr: "awk: read error").facts.count == 1)
    #expect(judge(.exited(104), out, stderr: "awk: read error").facts.count == 1)
  }

  @Test func `lines of stdout are the message, and stderr where there are none`() {
    #expect(judge(.exited(102), "\n one\r\n\n two \n").message == "one; two")
    #expect(judge(.exited(102), stderr: "\n\nonly this\nnot this").message == "only this")
    #expect(judge(.exited(102)).message == "")
  }

  @Test func `a message has at most 500 characters, whatever a character is`() {
    #expect(judge(.exited(102), String(repeating: "x", count: 4000)).message.count == 500)
    #expect(judge(.exited(102), String(repeating: "x\n", count: 2000)).message.count == 500)
    let tower = "a" + String(repeating: "\u{301}", count: 1900)
    #expect(judge(.exited(102), tower).message.utf8.count < 8000)
  }

  @Test func `declared facts are taken with their escapes`() {
    let out = "\(nonce)\tfact\taccount\ta\\tb\\n\\r\\\\\\x1B\t0\ntext\n\(nonce)\tfact\tone\t\n"
    let observation = judge(.exited(101), out)
    #expect(observation.result == .pass)
    #expect(
      observation.facts == [
        Fact(name: "account", values: ["a\tb\n\r\\\u{1B}", "0"]), Fact(name: "one", values: [""]),
      ])
    #expect(observation.message == "text")
  }

  @Test func `facts stand beside every result but an error`() {
    let out = "\(nonce)\tfact\tone\tx\n"
    for status in [101, 102, 104, 105, 106, 108] { #expect(judge(.exited(status), out).facts.count == 1) }
    #expect(judge(.exited(103), out).facts.isEmpty)
    #expect(judge(.expired, out).facts.isEmpty)
  }

  @Test(arguments: ["", "x", "0123456789abcdef0123456789abcdeF", "0123456789abcdef"])
  func `a line without the nonce is text, however much it looks like a fact`(forged: String) {
    let observation = judge(.exited(101), "\(forged)\tfact\tone\tforged\n")
    #expect(observation.facts.isEmpty)
    #expect(observation.result == .pass)
  }

  @Test func `without a nonce there are no facts`() {
    let capture = Capture(
      check: "a.check", digest: digest("a"), status: .exited(101), milliseconds: nil,
      stdout: Array("\tfact\tone\tforged\n".utf8), stderr: [])
    #expect(Judge.observation(of: capture, by: check(), factNonce: "").facts.isEmpty)
  }

  @Test(arguments: [
    ("fact\tother\tx", "its header declares no fact other\tx"), ("fact\taccount\tx", "account has 2 columns, not 1"),
    ("fact\tone\tx\ty", "one has 1 columns, not 2"), ("fact\tone\t\\q", "it told a fact that cannot be read"),
    ("fact\tone\t\\x1", "it told a fact that cannot be read"), ("fact\tone\t\\", "it told a fact that cannot be read"),
    ("fact\tone\t\\xzz", "it told a fact that cannot be read"), ("fact\t\tx", "it told a fact that cannot be read"),
    ("fakt\tone\tx", "it told a fact that cannot be read"), ("", "it told a fact that cannot be read"),
  ])
  func `a fact that was not declared so breaks the check`(line: String, problem: String) {
    let separator = line.isEmpty ? "" : "\t"
    let observation = judge(.exited(101), "\(nonce)\tfact\tone\tgood\n\(nonce)\(separator)\(line)\n")
    #expect(observation.result == .error)
    #expect(observation.message.contains(problem), "\(observation.message)")
    #expect(observation.facts.isEmpty)
  }

  @Test func `ten thousand facts are enough`() {
    let row = "\(nonce)\tfact\tone\tx\n"
    let wide = check(outputLimit: 8 << 20)
    #expect(judge(.exited(101), String(repeating: row, count: 10_000), by: wide).facts.count == 10_000)
    #expect(judge(.exited(101), String(repeating: row, count: 10_001), by: wide).message == "more than 10000 facts")
  }

  @Test func `values that are no UTF-8 stay apart`() {
    let start = Array("\(nonce)\tfact\tone\t".utf8)
    let first = judge(.exited(101), bytes: start + [0x61, 0xFF, 0xC3, 0xA9, 0x0A]).facts[0].values
    let second = judge(.exited(101), bytes: start + [0x61, 0xFE, 0xC3, 0xA9, 0x0A]).facts[0].values
    #expect(first == ["a\\xff\u{E9}"])
    #expect(first != second)
  }

  @Test func `the raw bytes are kept`() {
    let observation = judge(.expired, bytes: [0, 255, 10], stderr: [27])
    #expect(observation.stdout == [0, 255, 10])
    #expect(observation.stderr == [27])
    #expect(observation.milliseconds == 7)
  }

  @Test func `a script of one sweep informs, unless it never ran`() {
    let script = check(.script, outputLimit: 10)
    #expect(judge(.exited(0), "hi", by: script).result == .informational)
    #expect(judge(.exited(1), "one\ntwo", by: script).message == "exit 1: one; two")
    #expect(judge(.exited(102), by: script).message == "exit 102")
    #expect(judge(.exited(127), by: script).result == .error)
    #expect(judge(.exited(126), by: script).result == .error)
    #expect(judge(.expired, by: script).result == .error)
    #expect(judge(.exited(0), "01234567890", by: script).result == .error)
  }

  /// Lines of everything that a hostile terminal may send: whatever comes, no fact without the nonce, no long message.
  @Test func `hostile output neither crashes nor forges`() {
    let pieces =
      [
        nonce, "\t", "fact", "one", "account", "\n", "\\", "\\x4", "\\t", "x", "\u{0}", "\u{1B}[2J", "\u{202E}", "\r",
      ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xF0, 0x9F]]
    var random = SplitMix64(seed: 42)
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...40, using: &random)).flatMap { _ in pieces.randomElement(using: &random)! }
      let observation = judge(.exited(Int.random(in: 99...110, using: &random)), bytes: bytes)
      #expect(observation.message.count <= 500)
      #expect(!observation.message.contains("\n"))
      for fact in observation.facts { #expect(["one": 1, "account": 2][fact.name] == fact.values.count) }
      let lines = bytes.split(separator: 0x0A)
      #expect(observation.facts.count <= lines.count { $0.starts(with: nonce.utf8) })
    }
  }
}
