import TenkenAnalysis
import TenkenModel

/// A fleet whose terminals tell of their connections, and the matrix that they come to.
struct FlowFleet {
  static let noon = Timestamp(milliseconds: 1_795_521_600_000)

  var sites: [Site] = [
    Site(id: "bangkok", name: "", networks: [Self.network("10.66.0.0/16")]),
    Site(id: "tokyo", name: "", networks: [Self.network("10.81.0.0/16")]),
  ]
  var gateways: [Gateway] = []
  var policy: FlowPolicy? = FlowPolicy(rules: [])
  var terminals: [Terminal] = []
  private var records: [TerminalRecord] = []

  static let checks = [
    check("net.peers", "net.peers"), check("login.sources", "login.source"), check("net.listen", "net.listen"),
  ]

  private static func check(_ id: ID<Check>, _ fact: String) -> Check {
    Check(
      id: id, version: 1, title: "", severity: .high, checkClass: .integrity,
      facts: [Check.FactDeclaration(name: fact, columns: [])], script: [], digest: Fleet.digest, file: "")
  }

  static func network(_ text: String) -> Network {
    let parts = text.split(separator: "/")
    return Network(IPAddress(String(parts[0]))!, prefixLength: Int(parts[1])!)
  }

  static func rule(_ from: FlowPolicy.End, _ to: FlowPolicy.End, _ port: UInt16, until: Timestamp? = nil)
    -> FlowPolicy.Rule
  {
    FlowPolicy.Rule(
      from: [from], to: [to], ports: [FlowPolicy.Ports(port...port)], who: "A", why: "B", until: until, place: "p")
  }

  /// Lists a terminal. Rows are as the checks print them, columns apart by spaces; `-` is an empty one. `nil`: the check
  /// did not answer.
  ///
  /// - Parameter isLost: a second attempt reached nobody.
  mutating func add(
    _ id: ID<Terminal>, _ site: ID<Site>, _ address: String, peers: [String]? = [], logins: [String]? = nil,
    listens: [String] = [], at time: Timestamp = Self.noon, result: CheckResult = .informational,
    isLost: Bool = false
  ) {
    terminals.append(Terminal(id: id, address: address, site: site))
    var observations: [Observation] = []
    for (check, fact, rows) in [
      ("net.peers", "net.peers", peers), ("login.sources", "login.source", logins),
      ("net.listen", "net.listen", listens),
    ] {
      guard let rows else { continue }
      let facts = rows.map { row in
        Fact(
          name: fact,
          values: row.split(separator: " ").map { $0 == "-" ? "" : String($0) })
      }
      observations.append(
        Observation(check: ID(check)!, result: result, message: "", milliseconds: 1, facts: facts))
    }
    let attempt = Attempt(
      terminal: id, number: 1, started: time, ended: time, outcome: .inspected, reason: "", isFinal: true,
      observations: observations)
    guard isLost else {
      return records.append(TerminalRecord(terminal: id, outcome: .inspected, reason: "", attempts: 1, last: attempt))
    }
    let last = Attempt(
      terminal: id, number: 2, started: time, ended: time, outcome: .unreachable, reason: "", isFinal: true)
    records.append(
      TerminalRecord(
        terminal: id, outcome: .unreachable, reason: "", attempts: 2, last: last, earlierAnswers: [attempt]))
  }

  var inventory: Inventory {
    var inventory = Inventory(
      name: "test", sites: sites, gateways: gateways, terminals: terminals, credentials: [:], limits: Limits(),
      sources: SourceFiles(origin: "test", files: []), digest: Fleet.digest)
    inventory.flows = policy
    return inventory
  }

  func assessment(shuffled seed: UInt64? = nil) -> Assessment {
    var assessor = Assessor(inventory: inventory, checks: Self.checks)
    var records = records
    if let seed {
      var generator = SplitMix64(seed: seed)
      records.shuffle(using: &generator)
    }
    for record in records { assessor.add(record) }
    return assessor.finish()
  }

  var matrix: FlowMatrix { assessment().flows }
}
