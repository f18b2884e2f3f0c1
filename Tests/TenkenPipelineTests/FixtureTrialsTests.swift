import Foundation
import TenkenChecks
import TenkenLocal
import TenkenModel
import TenkenPipeline
import TenkenTestSupport
import Testing

/// Fixtures as `tenken checks test` tries them.
struct FixtureTrialsTests {
  private static let isRoot = getuid() == 0

  /// Every specimen of every check that ships, under every shell that is installed.
  @Test func `every check of the catalogue says on its fixtures what is expected`() async throws {
    let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "checks").path(percentEncoded: false)
    let trials = try FixtureTrials(
      of: try Inputs.catalogue(directories: [directory]), in: [directory], ids: [], shells: TrialShell.allCases,
      isRoot: Self.isRoot)
    #expect(trials.untried.isEmpty)
    let endings = try await Self.run(trials)
    for trial in endings where !trial.isFine {
      Issue.record("\(trial.fixture) under \(trial.shell): \(trial.ending)")
    }
    #expect(endings.contains { $0.isAsExpected })
  }

  @Test func `a check that answers otherwise is shown with what was expected and what came`() async throws {
    let check =
      Self.header + "printf '%s\\tfact\\tan.item\\tb|c\\t %s\\n' \"$TENKEN_NONCE\" \"$XCCDF_VALUE_size\"\n"
      + "echo something odd\nexit 102\n"
    let text = try await Self.text(check, expect: "result: pass\nmessage: well\nfact: an.item | b | 7\nparam: size=9\n")
    #expect(
      text == """
        FAILED   a.check/case  dash
            result   expected  pass
            result   got       fail (something odd)
            message  expected  well
            message  got       something odd
            fact     expected  an.item | b | 7
            fact     got       an.item | b\\x7cc | \\x209
        1 trials, 0 as expected, 1 not; 0 skipped

        """)
  }

  @Test func `the root is the specimen, its name has a blank, and others may enter it`() async throws {
    let check =
      Self.header + """
        case $TENKEN_ROOT in *" "*) ;; *) exit 103 ;; esac
        if [ "$(cat "$TENKEN_ROOT/etc/a")" = planted ] && [ -z "$(ls -l "$TENKEN_ROOT/etc" | grep -- ------)" ]; then
          exit 101
        fi
        exit 102

        """
    let text = try await Self.text(check, expect: "result: pass\n", plant: #"mkdir "$1/etc"; echo planted >"$1/etc/a""#)
    #expect(text.hasSuffix("1 trials, 1 as expected, 0 not; 0 skipped\n"), "\(text)")
  }

  @Test(arguments: TrialShell.allCases)
  func `the shell that was asked for plays sh`(shell: TrialShell) async throws {
    let body = #"echo "$(readlink /proc/$$/exe) $(command -v awk)"; exit 101"# + "\n"
    let expect = "result: pass\nmessage: \(shell == .onlyBusybox ? "busybox /tmp" : shell.rawValue)\n"
    let trials = try await Self.trials(Self.header + body, expect: expect, shells: [shell])
    try #require(trials.count == 1)
    if case .skipped = trials[0].ending { try Test.cancel("\(shell.rawValue) is not installed") }
    #expect(trials[0].isAsExpected, "\(trials[0].ending)")
  }

  @Test(.enabled(if: isRoot, "an ordinary user has no rights to be taken away"))
  func `an ordinary login has no rights of root and no way to them`() async throws {
    let body = #"echo "$(id -u) $(sudo -n id -u 2>/dev/null) $(grep NoNewPrivs /proc/self/status)"; exit 106"#
    let text = try await Self.text(
      Self.header.replacing("class: integrity", with: "class: integrity\n#% privilege: root") + body + "\n",
      expect: "as: ordinary\nresult: not-checked\nmessage: 65534  NoNewPrivs:\t1\n")
    #expect(text.contains("1 as expected"), "\(text)")
  }

  @Test func `what is different under every shell alike is shown once`() async throws {
    let shells = TrialShell.allCases.filter { $0 == .dash || $0 == .bash }
    let text = try await Self.text(Self.header + "exit 101\n", expect: "result: fail\n", shells: shells)
    #expect(text.contains("\nFAILED   a.check/case  bash          as under dash\n"), "\(text)")
  }

  @Test func `a complaint on stderr is shown even where the result is the expected one`() async throws {
    let text = try await Self.text(Self.header + "echo hm >&2\nexit 102\n", expect: "result: fail\n")
    #expect(text.contains("stderr   expected  nothing\n    stderr   got       hm\n"), "\(text)")
  }

  @Test func `a plant that fails is no specimen, and what it said is shown`() async throws {
    let text = try await Self.text(Self.header + "exit 101\n", expect: "result: pass\n", plant: "echo no >&2; exit 3\n")
    #expect(text.contains("FAILED   a.check/case  -             plant.sh: no\n"), "\(text)")
  }

  @Test func `a specimen that is not to be had on this machine is skipped, and said to be`() async throws {
    let text = try await Self.text(Self.header + "exit 101\n", expect: "result: pass\n", plant: "exit 77\n")
    #expect(text.contains("1 skipped: it cannot be planted on this machine"), "\(text)")
  }

  @Test func `a program that the check requires and that is not here skips the trial, and is named`() async throws {
    let check = Self.header.replacing("class: integrity", with: "class: integrity\n#% requires: no-such-program")
    let text = try await Self.text(check + "exit 101\n", expect: "result: pass\n")
    #expect(text.contains("1 skipped: no-such-program, which it requires, is not here"), "\(text)")
  }

  @Test func `what was planted is gone afterwards, also where it is closed`() async throws {
    let before = Self.leftovers
    _ = try await Self.text(
      Self.header + "exit 101\n", expect: "result: pass\n", plant: #"mkdir -p "$1/a/b"; chmod 0 "$1/a""#)
    #expect(Self.leftovers.subtracting(before).isEmpty)
  }

  /// Other tests of this process run beside it: theirs have other checks.
  private static var leftovers: Set<String> {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: NSTemporaryDirectory())) ?? []
    return Set(
      names.filter {
        $0.hasPrefix("tenken-checks-test-")
          && FileManager.default.fileExists(atPath: "\(NSTemporaryDirectory())/\($0)/0/a root/a")
      })
  }

  private static let header = """
    #!/bin/sh
    #% id: a.check
    #% version: 1
    #% title: A title
    #% severity: high
    #% class: integrity
    #% param: size number 1 "how big"
    #% fact: an.item name,size

    """

  private static func text(
    _ check: String, expect: String, plant: String = ":\n", shells: [TrialShell] = [.dash]
  ) async throws -> String {
    try await withCheck(check, expect, plant, shells) { trials in
      var tally = FixtureTally(of: trials)
      var text = ""
      for trial in try await run(trials) {
        let lines = tally.add(trial)
        if !trial.isAsExpected { text += lines }
      }
      return text + tally.text
    }
  }

  private static func trials(
    _ check: String, expect: String, shells: [TrialShell]
  ) async throws -> [FixtureTrial] {
    try await withCheck(check, expect, ":\n", shells) { try await run($0) }
  }

  private static func run(_ trials: FixtureTrials) async throws -> [FixtureTrial] {
    var all: [FixtureTrial] = []
    let width = ProcessInfo.processInfo.activeProcessorCount
    try await trials.run(width: width, over: { LocalTransport(shell: $0) }) { all.append($0) }
    return all
  }

  private static func withCheck<Value>(
    _ check: String, _ expect: String, _ plant: String, _ shells: [TrialShell] = [.dash],
    _ body: (FixtureTrials) async throws -> Value
  ) async throws -> Value {
    try await withTemporaryDirectory { directory in
      let place = directory.appending(path: "a.check/fixtures/case")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try Data(check.utf8).write(to: directory.appending(path: "a.check/check.sh"))
      try Data(expect.utf8).write(to: place.appending(path: "expect"))
      try Data(plant.utf8).write(to: place.appending(path: "plant.sh"))
      let path = directory.path(percentEncoded: false)
      return try await body(
        try FixtureTrials(
          of: try Inputs.catalogue(directories: [path]), in: [path], ids: [], shells: shells, isRoot: isRoot))
    }
  }
}

extension FixtureTrial {
  fileprivate var isAsExpected: Bool { if case .asExpected = ending { true } else { false } }
  fileprivate var isFine: Bool { if case .skipped = ending { true } else { isAsExpected } }
}
