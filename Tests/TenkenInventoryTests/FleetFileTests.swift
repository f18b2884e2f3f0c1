import TenkenModel
import Testing

struct FleetFileTests {
  private func problems(_ fleet: String) -> [String] {
    var paper = FleetOnPaper()
    paper.fleet = fleet
    return paper.problems.map { $0.replacing("fleet/fleet.yaml:", with: "") }
  }

  private static let credentials = "credentials: {default: {user: u, identity: agent}}\n"

  @Test(
    arguments: [
      ("concurrency", "0"), ("concurrency", "100001"), ("concurrency", "many"), ("concurrency", "1.5"),
      ("per-site", "-1"), ("openssh", "0"), ("retries", "11"), ("connect-timeout", "10"), ("connect-timeout", "99ms"),
      ("connect-timeout", "601s"), ("login-timeout", "10 s"), ("run-timeout", "25h"), ("run-timeout", "1d"),
    ])
  func `a limit out of its range is refused`(key: String, value: String) {
    let found = problems("name: n\n\(Self.credentials)limits:\n  \(key): \(value)\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("4: bad \(key) \"\(value)\": write a whole number") == true, "\(found)")
  }

  @Test(arguments: [
    ("connects-per-second", "0"), ("bytes-per-second", "100"), ("bytes-per-second", "0KiB"),
    ("bytes-per-second", "1.5MiB"), ("bytes-per-second", "1MB"), ("first-wave", "-1"), ("retry-budget", "30"),
    ("retry-budget", "-1%"), ("retry-budget", "1001%"), ("deadline", "0s"), ("deadline", "8"),
  ])
  func `a bad pace, wave, budget or deadline is refused`(key: String, value: String) {
    let found = problems("name: n\n\(Self.credentials)limits:\n  \(key): \(value)\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("4: bad \(key) \"\(value)\": write a whole number") == true, "\(found)")
  }

  @Test func `limits of outcomes, tags, pace and hours are read`() throws {
    var paper = FleetOnPaper()
    paper.fleet = """
      name: n
      \(Self.credentials)limits:
        tags: {hypervisor: 4}
        connects-per-second: 20
        bytes-per-second: 3MiB
        first-wave: 0
        retry-budget: 5%
        deadline: 8h
        pause-site: {auth-failed: 10 or 5%, unreachable: off}
        pause-sweep: {hostile: 0}
      """
    paper.sites = """
      sites:
        tokyo:
          windows: [Mon-Fri 22:00-06:00, "Sat,Sun 00:00-24:00", Fri-Mon 01:00-02:30]
          limits: {connects-per-second: 2, bytes-per-second: 100KiB}
        osaka: {}
      """
    paper.terminals["tokyo"] = "id,address,tags\na,10.0.0.1,hypervisor\n"
    let inventory = try paper.inventory()
    let limits = inventory.limits
    #expect(limits.tags == ["hypervisor": 4] && limits.connectsPerSecond == 20)
    #expect(limits.bytesPerSecond == 3 * 1024 * 1024 && limits.firstWave == 0 && limits.retryBudget == 5)
    #expect(limits.deadline == .seconds(8 * 3600))
    #expect(limits.sitePause.authFailed == PauseLimit(count: 10, percent: 5))
    #expect(limits.sitePause.unreachable == PauseLimit())
    #expect(limits.sitePause.hostile == PauseLimits.usual.hostile)
    #expect(limits.sweepPause.hostile == PauseLimit(count: 0))
    let site = inventory.sites[0]
    #expect(site.connectsPerSecond == 2 && site.bytesPerSecond == 102_400)
    #expect(
      site.windows == [
        MaintenanceWindow(days: [.monday, .tuesday, .wednesday, .thursday, .friday], from: 1320, to: 360),
        MaintenanceWindow(days: [.saturday, .sunday], from: 0, to: 1440),
        MaintenanceWindow(days: [.friday, .saturday, .sunday, .monday], from: 60, to: 150),
      ])
  }

  @Test(arguments: [
    ("pause-site: {auth-failed: many}", #"4: bad limit on auth-failed "many": write how many terminals may end so"#),
    ("pause-site: {auth-failed: 101%}", "4: bad limit on auth-failed"),
    ("pause-site: {auth-failed: 5% or 10}", "4: bad limit on auth-failed"),
    ("pause-site: {auth-failed: -1}", "4: bad limit on auth-failed"),
    ("pause-sweep: {partial: 5}", #"4: unknown key "partial" in pause-sweep of the limits: "#),
    ("pause-sweep: 5%", "4: pause-sweep of the limits is not a mapping"),
    ("tags: {vm: 0}", #"4: bad vm "0": write a whole number"#),
    ("tags: {vm: 4}", #"4: no terminal has the tag "vm": remove it, or give the tag to terminals"#),
    ("tags: [vm]", "4: the tags of the limits is not a mapping"),
  ])
  func `a bad limit on outcomes or tags is refused`(limit: String, start: String) {
    let found = problems("name: n\n\(Self.credentials)limits:\n  \(limit)\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(start) == true, "\(found)")
  }

  @Test(arguments: [
    ("port", "0", "bad port"), ("port", "65536", "bad port"), ("port", "022", "bad port"), ("port", "+22", "bad port"),
    ("platform", "Linux", "bad platform"), ("platform", "a b", "bad platform"),
    ("credential", "nobody", "unknown credential"),
  ])
  func `a bad default is refused`(key: String, value: String, what: String) {
    let found = problems("name: n\n\(Self.credentials)defaults:\n  \(key): \(value)\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("4: \(what) \"\(value)\": ") == true, "\(found)")
  }

  @Test(arguments: [
    ("{user: -x, identity: agent}", #"2: bad user "-x": "#), ("{user: a b, identity: agent}", #"2: bad user "a b": "#),
    ("{user: u, identity: agnet}", #"2: bad identity "agnet": write agent, or the path"#),
    ("{user: u, identity: ~/.ssh/}", "2: bad identity"),
    ("{identity: agent}", #"2: credential "default" has no user: "#),
    ("{user: u, identity: agent, password: x}", #"2: unknown key "password" in credential "default": "#),
    ("root", #"2: credential "default" is not a mapping: "#),
    ("{user: [a], identity: agent}", #"2: user of credential "default" is not a single value: "#),
    ("{user: , identity: agent}", #"2: user of credential "default" is empty: "#),
  ])
  func `a bad credential is refused`(credential: String, start: String) {
    let found = problems("name: n\ncredentials: {default: \(credential)}\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(start) == true, "\(found)")
  }

  @Test func `a fleet without credentials is refused`() {
    #expect(problems("name: n\n").first?.hasPrefix("1: fleet.yaml has no credentials: add credentials: {") == true)
    #expect(problems("name: n\ncredentials: {}\n").first?.hasPrefix("2: there is no credential: ") == true)
    #expect(problems("name: n\ncredentials:\n").first?.contains("there is no credential: ") == true)
    #expect(
      problems("name: n\ncredentials: {a b: {user: u, identity: agent}}\n").first?.contains("bad name \"a b\"") == true)
  }

  @Test func `the credential default must be there unless every site with terminals names another`() throws {
    var paper = FleetOnPaper()
    paper.fleet = "name: n\ncredentials: {other: {user: u, identity: agent}}\n"
    paper.terminals["osaka"] = "id,address\nb,10.0.0.2\n"
    #expect(
      paper.problems == [
        "fleet/fleet.yaml:2: no credential \"default\", with which the terminals of tokyo and of 1 other sites log in: add default: {user: NAME, identity: agent}, or name a credential in the defaults of the fleet or the site"
      ])
    paper.sites = "sites:\n  tokyo: {defaults: {credential: other}}\n  osaka: {}\n"
    #expect(paper.problems.count == 1)
    paper.terminals["osaka"] = nil
    #expect(try paper.inventory().terminals.map(\.credential) == ["other"])
  }

  @Test(arguments: [
    "", "# nothing\n", "name:\n", "- a\n", "text\n", "name: {a: b}\n", "name: [\n", "a: b: c\n", "\t\n",
  ])
  func `what is no fleet is refused with its line`(text: String) {
    let found = problems(text)
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.first?.isNumber == true }, "\(found)")
  }

  @Test func `two documents, an unknown alias, a tab and a bad escape are told with the line`() {
    #expect(problems("name: n\n---\nname: m\n").first?.hasPrefix("2: not YAML: ") == true)
    #expect(problems("name: n\ncredentials: *x\n").first?.hasPrefix("2: not YAML: found undefined alias") == true)
    #expect(problems("name: n\nlimits:\n\tretries: 1\n").first?.hasPrefix("3: not YAML: ") == true)
    #expect(problems("name: n\nlimits: \"\\q\"\n").first?.hasPrefix("2: not YAML: ") == true)
  }

  @Test func `bytes that are no text are told with the line`() {
    var paper = FleetOnPaper()
    var bytes = Array("name: n\nlimits: ".utf8)
    bytes += [0xFF, 0x0A, 0x61, 0x0A, 0x00, 0x0A]
    let file = SourceFiles.File(path: "fleet.yaml", bytes: bytes)
    paper.fleet = ""
    let sources = SourceFiles(origin: "", files: paper.sources.files.filter { $0.path != "fleet.yaml" } + [file])
    #expect(
      FleetOnPaper.problems(of: sources) == [
        "fleet.yaml:2: not UTF-8: save the file as UTF-8", "fleet.yaml:4: NUL in the text: remove it",
      ])
  }

  @Test func `keys that stand twice are told all, beside the other problems`() {
    let found = problems(
      """
      name: n
      "name": m
      name: o
      limits: {retries: 1, retries: 2, retires: 3}
      credentials: {default: {user: u, identity: agent}}
      """)
    #expect(
      found == [
        #"2: "name" stands in fleet.yaml a second time: keep one of them (the first is at 1)"#,
        #"3: "name" stands in fleet.yaml a second time: keep one of them (the first is at 1)"#,
        #"4: "retries" stands in the limits of the fleet a second time: keep one of them (the first is at 4)"#,
        #"4: unknown key "retires" in the limits of the fleet: write retries"#,
      ])
  }

  @Test func `a key that stands twice and cannot be repaired is told all the same`() {
    #expect(problems("name: n\n\"\": a\n\"\": b\n").contains { $0.hasPrefix("2: not YAML: \"\" stands twice") })
  }

  @Test func `deep nesting does not overflow the stack`() {
    #expect(!problems("name: " + String(repeating: "[", count: 100_000)).isEmpty)
    #expect(!problems("name: " + String(repeating: "{a: ", count: 100_000)).isEmpty)
  }
}
