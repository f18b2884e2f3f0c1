import TenkenModel
import Testing

@Suite struct `policy.yaml` {
  private func paper(_ policy: String) -> FleetOnPaper {
    var paper = FleetOnPaper()
    paper.others["policy.yaml"] = policy
    return paper
  }

  private func problems(_ policy: String) -> [String] {
    paper(policy).problems.map { $0.replacing("fleet/policy.yaml:", with: "") }
  }

  @Test func `says which zones there are and what is allowed`() throws {
    let policy = try #require(
      try paper(
        """
        severity: high
        zones: {partner: [203.0.113.0/28], vpn: [10.250.0.0/16, "fd00:250::/32"]}
        flows:
          - {from: [tokyo, vpn], to: [any-site], ports: [22, 8000-8099, 53/udp], who: M. Sato, why: administration}
          - {from: [osaka], to: [internet, partner], who: K. Abe, why: updates, until: 2026-12-31}
        """
      ).inventory().flows)
    #expect(policy.severity == .high)
    #expect(policy.zones.map(\.name) == ["partner", "vpn"])
    #expect(policy.zones[1].networks.map(\.description) == ["10.250.0.0/16", "fd00:250::/32"])
    #expect(policy.rules[0].from == [.zone(.site("tokyo")), .zone(.named("vpn"))])
    #expect(policy.rules[0].to == [.anySite])
    #expect(
      policy.rules[0].ports == [
        FlowPolicy.Ports(22...22), FlowPolicy.Ports(8000...8099), FlowPolicy.Ports(53...53, over: .udp),
      ])
    #expect(policy.rules[1].to == [.zone(.internet), .zone(.named("partner"))])
    #expect(policy.rules[1].until?.description == "2026-12-31T23:59:59.999Z")
    #expect(policy.rules.map(\.place) == ["fleet/policy.yaml:4", "fleet/policy.yaml:5"])
    #expect(policy.namesInternet)
  }

  @Test func `an inventory without one has no policy, which is not one that allows nothing`() throws {
    #expect(try FleetOnPaper().inventory().flows == nil)
    #expect(try paper("flows: []\n").inventory().flows?.rules == [])
  }

  @Test(arguments: [
    ("", "1: policy.yaml has no flows: add flows:"),
    ("flow: []\n", #"1: policy.yaml has no flows"#),
    ("flows: {}\n", "1: flows of policy.yaml is not a list: "),
    ("flows: [tokyo]\n", "1: a flow is not a mapping: "),
    ("flows:\n- {from: [tokyo], to: [osaka], who: A}\n", "2: a flow has no why: add why: REASON"),
    ("flows:\n- {from: [tokyo], to: [osaka], why: A}\n", "2: a flow has no who: add who: NAME"),
    ("flows:\n- {to: [osaka], who: A, why: B}\n", "2: a flow has no from: add from: [SITE]"),
    ("flows:\n- {from: [], to: [osaka], who: A, why: B}\n", "2: from of a flow names nothing: write from: [SITE]"),
    ("flows:\n- {from: tokyo, to: [osaka], who: A, why: B}\n", "2: from of a flow is not a list"),
    (
      "flows:\n- {from: [tokio], to: [osaka], who: A, why: B}\n",
      #"2: from names "tokio", which is no site and no zone: write tokyo"#
    ),
    ("flows:\n- {from: [tokyo], to: [osaka], who: A, why: B, ports: [0]}\n", #"2: bad port "0""#),
    ("flows:\n- {from: [tokyo], to: [osaka], who: A, why: B, ports: [9-8]}\n", #"2: bad ports "9-8": write the lower"#),
    ("flows:\n- {from: [tokyo], to: [osaka], who: A, why: B, ports: [22/icmp]}\n", #"2: bad ports "22/icmp""#),
    ("flows:\n- {from: [tokyo], to: [osaka], who: A, why: B, ports: [1-2-3]}\n", #"2: bad ports "1-2-3""#),
    ("flows:\n- {from: [tokyo], to: [osaka], who: A, why: B, until: soon}\n", #"2: "soon" is no day"#),
    ("flows:\n- {from: [tokyo], to: [osaka], who: A, why: B, expires: x}\n", #"2: unknown key "expires" in a flow"#),
    ("flows:\n- {from: [tokyo], to: [osaka], who: A, why: B, ports: []}\n", "2: ports of a flow names none"),
    ("flows:\n- {from: [tokyo], to: [osaka], who: A, why: B, ports: }\n", "2: ports of a flow names none"),
    ("severity: info\nflows: []\n", #"1: bad severity "info""#),
    ("zones: {internet: [10.0.0.0/8]}\nflows: []\n", #"1: bad name "internet" of a zone"#),
    ("zones: {tokyo: [10.0.0.0/8]}\nflows: []\n", #"1: zone "tokyo" is named like a site"#),
    ("zones: {vpn: []}\nflows: []\n", #"1: zone "vpn" has no network"#),
    ("zones: {vpn: [10.0.0.1/8]}\nflows: []\n", #"1: bad network "10.0.0.1/8""#),
  ])
  func `what is wrong is told with its line`(policy: String, start: String) {
    let found = problems(policy)
    #expect(found.contains { $0.hasPrefix(start) }, "\(found)")
  }

  @Test func `a zone does not take the network of a site`() {
    var paper = paper("zones: {vpn: [10.0.0.0/16]}\nflows: []\n")
    paper.sites = "sites:\n  tokyo: {networks: [10.0.0.0/16]}\n"
    #expect(paper.problems.contains { $0.contains("has the network 10.0.0.0/16, which is that of site tokyo") })
  }

  @Test func `a site that is named like a zone is refused only where there is a policy`() throws {
    var paper = paper("flows: []\n")
    paper.sites = "sites:\n  internet: {}\n"
    paper.terminals = ["internet": "id,address\na,10.0.0.1\n"]
    #expect(paper.problems.contains { $0.contains(#"the site "internet" has a name that means something else"#) })
    paper.others = [:]
    #expect(paper.problems == [])
  }
}
