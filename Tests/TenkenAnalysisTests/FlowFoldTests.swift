import TenkenAnalysis
import TenkenModel
import Testing

@Suite struct `Connections between sites` {
  private static let outbound = "tcp 10.66.1.1 40000 10.81.1.1 445 established outbound /usr/bin/smbclient"
  private static let inbound = "tcp 10.81.1.1 445 10.66.1.1 40000 established inbound /usr/sbin/smbd"

  private func fleet(_ change: (inout FlowFleet) -> Void) -> FlowFleet {
    var fleet = FlowFleet()
    change(&fleet)
    return fleet
  }

  private func kinds(_ assessment: Assessment, _ terminal: Int) -> [String] {
    assessment.terminals[terminal].open.map(\.subject.id)
  }

  @Test func `that nothing allows make the one that told of it suspect, and count once`() {
    let assessment = fleet {
      $0.add("b1", "bangkok", "10.66.1.1", peers: [Self.outbound])
      $0.add("t1", "tokyo", "10.81.1.1", peers: [Self.inbound])
    }.assessment()
    let cell = assessment.flows[.site("bangkok"), .site("tokyo")]
    #expect(cell?[.unauthorised] == 1, "two ends told of one connection")
    #expect(assessment.flows.cells.count == 1)
    #expect(assessment.flows.flows.map(\.echo) == [.confirmed, .confirmed])
    #expect(kinds(assessment, 0) == ["flow-unauthorised"] && kinds(assessment, 1) == ["flow-unauthorised"])
    #expect(assessment.terminals.map(\.state) == [.suspect, .suspect])
    #expect(
      assessment.terminals[1].open[0].message
        == "from b1 (bangkok, 10.66.1.1), port 445/tcp: /usr/sbin/smbd seen 2026-11-24 12:00:00 UTC")
  }

  @Test func `are held against the one that told of it only: the other end may be slandered`() {
    let assessment = fleet {
      $0.add("b1", "bangkok", "10.66.1.1", peers: [Self.outbound])
      $0.add("t1", "tokyo", "10.81.1.1", peers: nil)
    }.assessment()
    #expect(kinds(assessment, 0) == ["flow-unauthorised"])
    #expect(kinds(assessment, 1) == [])
    #expect(assessment.flows.flows.map(\.echo) == [.unheard])
  }

  @Test func `are judged by the policy, and by none where there is none`() {
    func verdicts(_ policy: FlowPolicy?) -> [Flow.Verdict] {
      fleet {
        $0.policy = policy
        $0.add("b1", "bangkok", "10.66.1.1", peers: [Self.outbound])
        $0.add("t1", "tokyo", "10.81.1.1", peers: nil)
      }.matrix.flows.map(\.verdict)
    }
    let old = Timestamp(milliseconds: FlowFleet.noon.milliseconds - 1)
    let way = { FlowFleet.rule(.zone(.site("bangkok")), .zone(.site("tokyo")), 445, until: $0) }
    #expect(verdicts(nil) == [.unjudged])
    #expect(verdicts(FlowPolicy(rules: [way(nil)])) == [.authorised])
    #expect(verdicts(FlowPolicy(rules: [way(old)])) == [.expired])
    #expect(verdicts(FlowPolicy(rules: [way(FlowFleet.noon)])) == [.authorised])
  }

  @Test func `that one end denies are a finding, if it was asked at about the same time`() {
    func echo(_ peers: [String]?, minutes: Int64, row: String = Self.outbound) -> Flow.Echo? {
      let later = Timestamp(milliseconds: FlowFleet.noon.milliseconds + minutes * 60_000)
      return fleet {
        $0.add("b1", "bangkok", "10.66.1.1", peers: [row])
        $0.add("t1", "tokyo", "10.81.1.1", peers: peers, at: later)
      }.matrix.flows.first { $0.observer == 0 }?.echo
    }
    #expect(echo([], minutes: 9) == .denied)
    #expect(echo([], minutes: 11) == .unheard)
    #expect(echo(nil, minutes: 0) == .unheard)
    #expect(echo([Self.inbound], minutes: 60) == .confirmed)
    #expect(echo([], minutes: 0, row: Self.outbound.replacing("established", with: "time-wait")) == .unheard)
    let translated = Self.inbound.replacing("10.66.1.1", with: "10.81.9.9")
    #expect(echo([translated], minutes: 0) == .unheard, "behind an address that nobody lists may be anybody")
    let folded = "tcp 10.81.1.1 22 10.81.1.7 - established inbound x"
    #expect(echo([folded], minutes: 0) == .unheard, "one that leaves ports out denies nothing")
  }

  @Test func `that the policy allows and one end denies are a finding all the same`() {
    let assessment = fleet {
      $0.policy = FlowPolicy(rules: [FlowFleet.rule(.anySite, .anySite, 445)])
      $0.add("b1", "bangkok", "10.66.1.1", peers: [Self.outbound], logins: [], result: .pass)
      $0.add("t1", "tokyo", "10.81.1.1", peers: [])
    }.assessment()
    #expect(kinds(assessment, 0) == ["flow-denied"])
    #expect(assessment.terminals[0].state == .observations)
  }

  @Test func `of unknown direction get it from the other end, or from what listens there`() {
    let unknown = Self.outbound.replacing("outbound", with: "unknown")
    func directed(_ peers: [String]?, _ listens: [String]) -> (Bool?, String?) {
      let flow = fleet {
        $0.add("b1", "bangkok", "10.66.1.1", peers: [unknown])
        $0.add("t1", "tokyo", "10.81.1.1", peers: peers, listens: listens)
      }.matrix.flows.first { $0.observer == 0 }
      return (flow?.isDirected, flow?.from.zone.name)
    }
    #expect(directed([Self.inbound], []) == (true, "bangkok"))
    #expect(directed([Self.inbound.replacing("inbound", with: "outbound")], []) == (true, "tokyo"))
    #expect(directed(nil, ["tcp 0.0.0.0 445 smbd"]) == (true, "bangkok"))
    #expect(directed(nil, ["tcp6 :: 445 smbd"]) == (true, "bangkok"))
    #expect(directed(nil, ["udp 0.0.0.0 445 smbd"]) == (false, "bangkok"))
    #expect(directed([], []) == (false, "bangkok"))
  }

  @Test func `of unknown direction are judged where both directions come to the same`() {
    func verdict(_ rules: [FlowPolicy.Rule]) -> (Flow.Verdict?, [String]) {
      let assessment = fleet {
        $0.policy = FlowPolicy(rules: rules)
        $0.add(
          "b1", "bangkok", "10.66.1.1", peers: [Self.outbound.replacing("outbound", with: "unknown")])
        $0.add("t1", "tokyo", "10.81.1.1", peers: nil)
      }.assessment()
      return (assessment.flows.flows.first?.verdict, kinds(assessment, 0))
    }
    #expect(verdict([]) == (.unauthorised, ["flow-unauthorised"]))
    let there = FlowFleet.rule(.zone(.site("bangkok")), .zone(.site("tokyo")), 445)
    let back = FlowFleet.rule(.zone(.site("tokyo")), .zone(.site("bangkok")), 40000)
    #expect(verdict([there]) == (.undirected, ["flow-unknown-direction"]))
    #expect(verdict([there, back]) == (.authorised, []))
  }

  @Test func `of unknown direction are told apart by the port that may be the service's`() {
    let row = "tcp 10.66.1.1 700 10.81.1.1 6000 established unknown x"
    let flows = fleet {
      $0.policy = FlowPolicy(rules: [
        FlowFleet.rule(.zone(.site("bangkok")), .zone(.site("tokyo")), 6000),
        FlowFleet.rule(.zone(.site("tokyo")), .zone(.site("bangkok")), 700),
      ])
      $0.add("b1", "bangkok", "10.66.1.1", peers: [row, row.replacing(" 700 ", with: " 8443 ")])
      $0.add("t1", "tokyo", "10.81.1.1", peers: nil)
    }.matrix.flows
    #expect(flows.map(\.verdict) == [.undirected, .authorised])
  }

  @Test func `of unknown direction that are allowed neither way are never called half allowed`() {
    let old = Timestamp(milliseconds: FlowFleet.noon.milliseconds - 1)
    let assessment = fleet {
      $0.policy = FlowPolicy(rules: [FlowFleet.rule(.zone(.site("bangkok")), .zone(.site("tokyo")), 445, until: old)])
      $0.add("b1", "bangkok", "10.66.1.1", peers: [Self.outbound.replacing("outbound", with: "unknown")])
      $0.add("t1", "tokyo", "10.81.1.1", peers: nil)
    }.assessment()
    #expect(kinds(assessment, 0) == ["flow-expired"])
  }

  @Test func `what a third terminal says of somebody else's connection is nothing to go by`() {
    let flow = fleet {
      $0.add("b1", "bangkok", "10.66.1.1", peers: [Self.outbound.replacing("outbound", with: "unknown")])
      $0.add("t1", "tokyo", "10.81.1.1", peers: nil)
      $0.add("x9", "tokyo", "10.81.1.9", peers: [Self.inbound])
    }.matrix.flows.first { $0.observer == 0 }
    #expect(flow?.isDirected == false)
  }

  @Test func `a connection over UDP confirms none over TCP`() {
    let flow = fleet {
      $0.add("b1", "bangkok", "10.66.1.1", peers: [Self.outbound])
      $0.add("t1", "tokyo", "10.81.1.1", peers: [Self.inbound.replacing("tcp", with: "udp")])
    }.matrix.flows.first { $0.observer == 0 && $0.layer == .tcp }
    #expect(flow?.echo == .denied)
  }

  @Test func `an address of the site's own network is not another site's terminal`() {
    let shared = FlowFleet.network("192.168.1.0/24")
    let matrix = fleet {
      $0.sites = ["bangkok", "osaka"].map { Site(id: $0, name: "", networks: [shared]) }
      $0.policy = FlowPolicy(rules: [FlowFleet.rule(.anySite, .anySite, 22)])
      $0.add("osk-7", "osaka", "192.168.1.10")
      $0.add("bkk-1", "bangkok", "192.168.1.1", peers: ["tcp 192.168.1.1 22 192.168.1.10 4000 established inbound x"])
    }.matrix
    #expect(matrix.flows.isEmpty && matrix.inside == 1)
    #expect(matrix.shadows.map(\.zone) == [.site("bangkok")])
  }

  @Test func `one address at two sites is two shadow terminals, and a listed one that is doubled is none`() {
    let shared = FlowFleet.network("192.168.1.0/24")
    let row = "tcp 192.168.1.1 22 192.168.1.50 4000 established inbound x"
    let matrix = fleet {
      $0.sites = ["bangkok", "osaka"].map { Site(id: $0, name: "", networks: [shared]) }
      for site in ["bangkok", "osaka"] as [ID<Site>] {
        $0.add(
          ID("\(site)-1")!, site, "192.168.1.1", peers: [row, row.replacing("192.168.1.50", with: "192.168.1.60")])
        $0.add(ID("\(site)-2")!, site, "192.168.1.60")
        $0.add(ID("\(site)-3")!, site, "192.168.1.60")
      }
    }.matrix
    #expect(matrix.shadows.map(\.zone.name) == ["bangkok", "osaka"])
    #expect(matrix.shadows.map(\.seenBy) == [[0], [3]])
  }

  @Test func `what an attempt told and a later one did not is not forgotten`() {
    let assessment = fleet {
      $0.add("b1", "bangkok", "10.66.1.1", peers: [Self.outbound], isLost: true)
      $0.add("t1", "tokyo", "10.81.1.1", peers: nil)
    }.assessment()
    #expect(assessment.terminals[0].outcome == .unreachable)
    #expect(kinds(assessment, 0) == ["flow-unauthorised"] && assessment.terminals[0].state == .suspect)
  }

  @Test func `with the internet count each direction of its own`() {
    let row = "tcp 10.81.1.1 50000 93.184.216.34 443 established outbound x"
    let matrix = fleet {
      $0.add("t1", "tokyo", "10.81.1.1", peers: [row, "tcp 10.81.1.1 22 93.184.216.34 5000 established inbound x"])
    }.matrix
    #expect(matrix[.site("tokyo"), .internet]?[.unjudged] == 1)
    #expect(matrix[.internet, .site("tokyo")]?[.unjudged] == 1)
  }

  @Test func `by logins are of the time of the last one, and a rule for 22 allows them`() {
    let login = "alice 10.66.1.1 publickey 3 2026-11-20T03:12:05Z"
    func flow(_ rules: [FlowPolicy.Rule]) -> Flow? {
      fleet {
        $0.policy = FlowPolicy(rules: rules)
        $0.add("b1", "bangkok", "10.66.1.1", peers: nil)
        $0.add("t1", "tokyo", "10.81.1.1", peers: nil, logins: [login])
      }.matrix.flows.first
    }
    let day = Timestamp(written: "2026-11-20T03:12:05Z")!
    #expect(flow([])?.verdict == .unauthorised)
    #expect(flow([])?.count == 3 && flow([])?.last == day && flow([])?.from.terminal == 0)
    #expect(flow([FlowFleet.rule(.anySite, .anySite, 22, until: day)])?.verdict == .authorised)
    #expect(flow([FlowFleet.rule(.anySite, .anySite, 23)])?.verdict == .unauthorised)
  }

  @Test func `with the internet are counted, and judged once the policy names it`() {
    let row = "tcp 10.81.1.1 50000 93.184.216.34 443 established outbound /usr/bin/curl"
    func fleet(_ rules: [FlowPolicy.Rule]) -> FlowMatrix {
      self.fleet {
        $0.policy = FlowPolicy(rules: rules)
        $0.add("t1", "tokyo", "10.81.1.1", peers: [row, row.replacing("50000", with: "50001")])
      }.matrix
    }
    #expect(fleet([])[.site("tokyo"), .internet]?[.unjudged] == 1)
    #expect(fleet([]).flows.isEmpty && fleet([]).shadows.isEmpty)
    let way = FlowFleet.rule(.zone(.site("tokyo")), .zone(.internet), 80)
    #expect(fleet([way])[.site("tokyo"), .internet]?[.unauthorised] == 1)
  }

  @Test func `with addresses that nobody lists show shadow terminals, but for gateways and named zones`() {
    let matrix = fleet {
      $0.gateways = [Gateway(id: "gw", address: "10.81.0.1")]
      $0.policy = FlowPolicy(
        zones: [FlowPolicy.Zone(name: "vpn", networks: [FlowFleet.network("10.250.0.0/16")])], rules: [])
      $0.add(
        "t1", "tokyo", "10.81.1.1",
        peers: ["10.81.7.7", "192.168.7.7", "10.81.0.1", "10.250.0.9", "127.0.0.1", "10.81.1.1"].map {
          "tcp 10.81.1.1 445 \($0) 40000 established inbound x"
        })
      $0.add("t2", "tokyo", "10.81.1.2", peers: ["tcp 10.81.1.2 445 10.81.7.7 40000 established inbound x"])
    }.matrix
    #expect(matrix.shadows.map(\.address) == ["10.81.7.7", "192.168.7.7"])
    #expect(matrix.shadows.map(\.zone) == [.site("tokyo"), .unassociated])
    #expect(matrix.shadows[0].seenBy == [0, 1])
    #expect(matrix[.named("vpn"), .site("tokyo")]?[.unauthorised] == 1)
    #expect(matrix.inside == 3)
  }

  @Test func `an address of several sites is that of the vantage point, or nobody's`() {
    let overlapping = FlowFleet.network("192.168.0.0/16")
    let matrix = fleet {
      $0.sites = ["bangkok", "tokyo"].map { Site(id: $0, name: "", networks: [overlapping]) }
      $0.sites.append(Site(id: "ohio", name: ""))
      $0.add("b1", "bangkok", "192.168.1.1", peers: ["tcp 192.168.1.1 22 192.168.9.9 4000 established inbound x"])
      $0.add("o1", "ohio", "10.1.1.1", peers: ["tcp 10.1.1.1 22 192.168.9.9 4000 established inbound x"])
    }.matrix
    #expect(matrix.inside == 1)
    #expect(matrix[.ambiguous, .site("ohio")]?[.unjudged] == 1)
  }

  @Test func `the longest network tells where an address is, and an IPv4 address in IPv6 is that address`() {
    let matrix = fleet {
      $0.sites = [
        Site(id: "wide", name: "", networks: [FlowFleet.network("10.0.0.0/8")]),
        Site(id: "near", name: "", networks: [FlowFleet.network("10.9.0.0/16")]),
        Site(id: "tokyo", name: ""),
      ]
      $0.add("t1", "tokyo", "172.16.1.1", peers: ["tcp 172.16.1.1 22 ::ffff:10.9.1.1 4000 established inbound x"])
    }.matrix
    #expect(matrix.cells.map(\.from) == [.site("near")])
  }

  @Test func `what nobody told rests on nothing, and what did not answer tells nothing`() {
    let matrix = fleet {
      $0.add("b1", "bangkok", "10.66.1.1", peers: [Self.outbound], result: .notChecked)
      $0.add("t1", "tokyo", "10.81.1.1")
      $0.add("t2", "tokyo", "10.81.1.2", peers: nil)
    }.matrix
    #expect((matrix.bases["bangkok"]?.listed, matrix.bases["bangkok"]?.heard) == (1, 0))
    #expect((matrix.bases["tokyo"]?.listed, matrix.bases["tokyo"]?.heard) == (2, 1))
    #expect(matrix.flows.isEmpty && matrix.cells.isEmpty)
  }

  @Test(arguments: [
    "", "tcp", "tcp 10.66.1.1 x 10.81.1.1 445 established outbound y", "icmp 10.66.1.1 1 10.81.1.1 445 a outbound y",
    "tcp 10.66.1.1 1 10.81.1.1 70000 established outbound y", "tcp 10.66.1.1 1 evil 445 established outbound y",
    "tcp 10.66.1.1 1 10.81.1.1 445 established sideways y", "tcp 10.66.1.1 1 10.81.1.1 445 established outbound y z",
  ])
  func `a row that no check prints is passed over`(row: String) {
    #expect(fleet { $0.add("b1", "bangkok", "10.66.1.1", peers: [row], logins: [row]) }.matrix.flows.isEmpty)
  }

  @Test func `a login from a name is kept, and placed nowhere`() {
    let matrix = fleet {
      $0.add("t1", "tokyo", "10.81.1.1", peers: nil, logins: ["eve evil.example password 1 2026-11-20T03:12:05Z"])
    }.matrix
    #expect(matrix.flows.map(\.from.zone) == [.unresolved])
    #expect(matrix.flows.map(\.verdict) == [.unjudged])
  }

  @Test(arguments: 1...12) func `come to the same in whatever order the terminals are heard`(seed: Int) {
    var generator = SplitMix64(seed: UInt64(seed))
    let addresses = (1...6).map { "10.66.1.\($0)" } + (1...6).map { "10.81.1.\($0)" } + ["10.81.9.9", "8.8.8.8"]
    var fleet = FlowFleet()
    fleet.policy = FlowPolicy(rules: [FlowFleet.rule(.anySite, .zone(.site("tokyo")), 445)])
    for (number, address) in addresses.prefix(12).enumerated() {
      let rows = (0..<6).map { _ in
        let ports = [22, 445, 40000].shuffled(using: &generator)
        let way = ["inbound", "outbound", "unknown"].randomElement(using: &generator)!
        let far = addresses.randomElement(using: &generator)!
        return "tcp \(address) \(ports[0]) \(far) \(ports[1]) established \(way) x"
      }
      fleet.add(ID("h\(number)")!, number < 6 ? "bangkok" : "tokyo", address, peers: rows)
    }
    let (one, other) = (fleet.assessment(), fleet.assessment(shuffled: UInt64(seed) + 99))
    #expect(one.flows.flows == other.flows.flows)
    #expect(one.findings.map(\.id) == other.findings.map(\.id))
    #expect(one.terminals.map(\.open) == other.terminals.map(\.open))
    #expect(one.flows.cells.map(\.counts) == other.flows.cells.map(\.counts))
    #expect(one.flows.shadows.map(\.seenBy) == other.flows.shadows.map(\.seenBy))
  }
}
