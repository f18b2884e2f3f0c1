import TenkenModel

extension SampleSweep {
  /// Every hostile string in every place where text from outside can stand: a terminal a string.
  static var hostile: SampleSweep {
    var sweep = SampleSweep()
    let strings = HostileStrings.all
    sweep.name = strings[0] + "\u{202E}\u{1B}"
    sweep.sites = sweep.sites.enumerated().map { number, site in
      Site(id: site.id, name: strings[number], country: strings[number + 5], timeZone: strings[number + 9])
    }
    sweep.checks = strings.prefix(120).enumerated().map { number, text in
      Check(
        id: ID("check.n\(number)")!, version: 1, title: text, severity: number % 2 == 0 ? .critical : .low,
        checkClass: .integrity, attack: [text],
        notes: [Label(name: "rationale", value: text), Label(name: "remediation", value: text)], script: [],
        digest: digest, file: text)
    }
    sweep.checks += Self.flowChecks
    sweep.flows = FlowPolicy(rules: [])
    sweep.waivers = [
      Waiver(
        check: "net.peers", selection: (try? Selection(parsing: "id:w-1")) ?? .everything, who: strings[3],
        why: strings[4], until: Timestamp(milliseconds: 9_000_000_000_000),
        place: "waivers.yaml:2")
    ]
    for (number, text) in strings.enumerated() { sweep.addHostile(text, number) }
    sweep.add("w-1", sweep.sites[0].id, said: ["net.peers": (.fail, strings[6])])
    return sweep
  }

  private mutating func addHostile(_ text: String, _ number: Int) {
    let site = sites[number % sites.count].id
    let key = HostKeyEvidence(type: text, fingerprint: text, standing: .mismatch)
    let labels = [Label(name: "note", value: text), Label(name: text, value: text), Label(name: "state", value: text)]
    add(
      ID("t-\(number)")!, site, said: [checks[number % checks.count].id: (.fail, text)],
      facts: [
        Fact(name: "login.source", values: [text, text, text, "3", "2026-11-20T03:12:05Z"]),
        Fact(name: "login.source", values: [text, "172.16.0.\(number % 250)", text, "3", "2026-11-20T03:12:05Z"]),
        Fact(
          name: "net.peers",
          values: ["tcp", "10.0.0.1", "22", "172.17.0.\(number % 250)", "4000", "established", "inbound", text]),
      ], root: number % 2 == 0 ? text : nil, role: text, owner: text, labels: labels)
    let outcome = Outcome.ofAttempts[number % Outcome.ofAttempts.count]
    add(ID("u-\(number)")!, site, outcome, text, key: key, role: text, owner: text)
    add(ID("v-\(number)")!, site, said: [checks[number % checks.count].id: (.error, text)], role: text)
  }
}
