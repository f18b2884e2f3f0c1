import TenkenModel

extension SampleSweep {
  /// 64 terminals: three suspect, some unsound, some unreached in every way, most of them sound.
  static var fleet: SampleSweep {
    var sweep = SampleSweep()
    sweep.addTokyo()
    sweep.addOsaka()
    sweep.addBangkok()
    sweep.addJakarta()
    sweep.addOhio()
    return sweep
  }

  /// `count` terminals over the five sites with something of everything, for measurements.
  static func large(_ count: Int, checks: Int) -> SampleSweep {
    var sweep = SampleSweep()
    sweep.checks = (0..<checks).map { number in
      check(
        ID("check.n\(number)")!, Severity.allCases[number % 5], number % 2 == 0 ? .integrity : .hardening,
        "Check number \(number) holds", "T1098.004@v19", "Put it right.")
    }
    let gaps: [Outcome] = [.unreachable, .timedOut, .hostKeyUnknown, .authFailed, .partial]
    for number in 0..<count {
      let site = sweep.sites[number % sweep.sites.count].id
      let outcome: Outcome = number % 9 == 0 ? gaps[number / 9 % gaps.count] : .inspected
      let failing = sweep.checks[number % checks].id
      sweep.add(
        ID("\(site)-\(number)")!, site, outcome, outcome == .inspected ? "" : "no answer within 10s (connect)",
        said: number % 4 == 0 ? [failing: (.fail, "entry \(number) <is> \"not\" known & was never handed out")] : [:],
        owner: "team-\(number % 40)", labels: [Label(name: "asset", value: "A-\(number)")])
    }
    return sweep
  }

  private mutating func addMany(_ prefix: String, _ numbers: ClosedRange<Int>, _ site: ID<Site>, role: String) {
    for number in numbers {
      let digits = String(number)
      let id = "\(prefix)-\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)"
      add(ID(id)!, site, role: role, owner: "it-\(prefix)", labels: [Label(name: "floor", value: "\(number % 9 + 1)F")])
    }
  }

  private mutating func addTokyo() {
    addMany("jp-tyo", 1...15, "tokyo-hq", role: "workstation")
    add(
      "jp-tyo-0016", "tokyo-hq", said: ["log.wtmp": (.fail, "record 412 goes back by 9 h; 38 records are all zero")],
      role: "file server", owner: "it-tokyo")
    add(
      "jp-tyo-0017", "tokyo-hq", said: ["ssh.authkeys": (.fail, "root: SHA256:7f3q… was never handed out")],
      role: "jump host", owner: "it-tokyo")
    add("jp-tyo-0018", "tokyo-hq", .unreachable, "connection refused", attempts: 3)
    add("jp-tyo-0019", "tokyo-hq", .timedOut, "no answer within 20s (banner)", attempts: 3)
    add(
      "jp-tyo-0020", "tokyo-hq", .hostKeyMismatch,
      "the host shows ssh-ed25519 SHA256:Zp0vQm5oXN6cK3sT8wYb1rD4uE7hJ9fG2aLxVnCqBiM, "
        + "on record is ssh-ed25519 SHA256:n4bQgYhMfWWaLqgxVrQFaO0TxsrC4Is0V1sFbDwCgg0",
      key: HostKeyEvidence(
        type: "ssh-ed25519", fingerprint: "SHA256:Zp0vQm5oXN6cK3sT8wYb1rD4uE7hJ9fG2aLxVnCqBiM", standing: .mismatch),
      role: "build server", owner: "it-tokyo")
  }

  private mutating func addOsaka() {
    addMany("jp-osa", 1...11, "osaka-plant", role: "line terminal")
    add(
      "jp-osa-0012", "osaka-plant",
      said: [
        "ld.preload": (.fail, "/etc/ld.so.preload names /usr/lib/.x/libc.so.6"),
        "net.listen": (.fail, "tcp 0.0.0.0:4444 /dev/shm/.a (deleted)"),
      ], root: "fixtures/osa-0012", role: "line terminal", owner: "plant")
    for number in 13...14 {
      add(
        ID("jp-osa-00\(number)")!, "osaka-plant", said: ["ssh.authkeys": (.notChecked, "needs root")],
        role: "line terminal", owner: "plant")
    }
  }

  private mutating func addBangkok() {
    addMany("th-bkk", 1...9, "bangkok", role: "workstation")
    add("th-bkk-0010", "bangkok", .unreachable, "no answer within 10s (connect)", attempts: 3)
    add("th-bkk-0011", "bangkok", .unreachable, "no answer within 10s (connect)", attempts: 3)
    add("th-bkk-0012", "bangkok", .partial, "the link died after 3 of 6 checks", without: ["log.wtmp", "net.listen"])
    add("th-bkk-0013", "bangkok", .authFailed, "publickey was refused for tenken")
  }

  private mutating func addJakarta() {
    addMany("id-jkt", 1...7, "jakarta", role: "workstation")
    add("id-jkt-0008", "jakarta", .hostKeyUnknown, "no host key on record")
    add("id-jkt-0009", "jakarta", .hostKeyUnknown, "no host key on record")
    add("id-jkt-0010", "jakarta", said: ["host.identity": (.fail, "machine-id is that of id-jkt-0003")])
  }

  private mutating func addOhio() {
    addMany("us-ohi", 1...5, "ohio", role: "server")
    add(
      "us-ohi-0006", "ohio", said: ["acct.uid0": (.fail, "sysadm has the user id 0")], role: "server", owner: "dc-ops")
    add("us-ohi-0007", "ohio", .unsupported, "no key exchange method in common")
  }
}
