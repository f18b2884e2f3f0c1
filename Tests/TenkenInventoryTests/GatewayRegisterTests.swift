import TenkenModel
import Testing

struct GatewayRegisterTests {
  private static let good = "{address: 203.0.113.7, credential: default}"

  /// Of `sites.yaml`; the gateway `gw` stands in line 2.
  private func problems(gateway: String, networks: String = "[10.0.0.0/8]") -> [String] {
    var paper = FleetOnPaper()
    paper.sites = "gateways:\n  gw: \(gateway)\nsites:\n  tokyo: {networks: \(networks), gateways: [gw]}\n"
    return paper.problems.map { $0.replacing("fleet/sites.yaml:", with: "") }
  }

  private func problems(sites: String, terminals: [String: String]? = nil) -> [String] {
    var paper = FleetOnPaper()
    paper.sites = sites
    if let terminals { paper.terminals = terminals }
    return paper.problems
  }

  @Test(arguments: [
    ("{credential: default}", #"2: gateway "gw" has no address: add address: IP ADDRESS OR HOST NAME"#),
    ("{address: 203.0.113.7}", #"2: gateway "gw" has no credential: add credential: NAME"#),
    ("{address: 203.0.113.7, credential: x}", #"2: unknown credential "x": write one of default"#),
    ("{address: 203.0.113.7:22, credential: default}", #"2: bad address "203.0.113.7:22": write 203.0.113.7 here"#),
    ("{address: -oProxyCommand=x, credential: default}", "2: bad address"),
    ("{address: a, credential: default, port: 0}", #"2: bad port "0": "#),
    ("{address: a, credential: default, host-key: ssh-rsa AAAA}", "2: the host key is cut short or damaged"),
    ("{address: a, credential: default, host_key: x}", #"2: unknown key "host_key" in gateway "gw": write host-key"#),
    ("{address: a, credential: default, gateways: [b]}", #"2: unknown key "gateways" in gateway "gw": "#),
    (
      "{address: a, credential: default, limits: {per-site: 1}}",
      #"2: unknown key "per-site" in the limits of gateway "gw": "#
    ),
    ("{address: a, credential: default, limits: {concurrency: 0}}", #"2: bad concurrency "0": "#),
    ("203.0.113.7", #"2: gateway "gw" is not a mapping: "#),
  ])
  func `a bad gateway is refused with its line, and once`(gateway: String, start: String) {
    let found = problems(gateway: gateway)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(start) == true, "\(found)")
  }

  @Test(arguments: ["203.0.113.7", "fd00::7", "gw.example.net"])
  func `a gateway need not be in the networks of the terminals behind it`(address: String) {
    #expect(problems(gateway: "{address: \"\(address)\", credential: default}") == [])
  }

  @Test func `but at an address that no host has only where a network of the site says so`() {
    let gateway = "{address: 127.20.0.1, credential: default}"
    #expect(
      problems(gateway: gateway) == [
        "4: gateway gw: 127.20.0.1 is a loopback address, and no network of the site inside 127.0.0.0/8 holds it: "
          + "correct its address, or add its network to those of tokyo (10.0.0.0/8)"
      ])
    #expect(problems(gateway: gateway, networks: "[10.0.0.0/8, 127.20.0.0/16]") == [])
  }

  @Test func `a way names gateways that there are, each once`() {
    let found = problems(
      sites: """
        gateways:
          bkk-jump: \(Self.good)
          bkk-inner: \(Self.good)
        sites:
          tokyo: {gateways: [bkk-jump, bkk-iner]}
          osaka:
            gateways:
              - bkk-inner
              - bkk-jump
              - bkk-inner
          kyoto: {gateways: [tokyo-jump]}

        """)
    #expect(
      found == [
        #"fleet/sites.yaml:5: unknown gateway "bkk-iner": write bkk-inner, or add the gateway to the gateways of sites.yaml"#,
        #"fleet/sites.yaml:10: gateway "bkk-inner" stands on the way a second time: write each gateway once, in the order in which they are passed"#,
        #"fleet/sites.yaml:11: unknown gateway "tokyo-jump": add the gateway to the gateways of sites.yaml"#,
      ])
  }

  @Test func `a gateway that no site is behind is refused, unless a site cannot be read`() {
    let gateways = "gateways: {used: \(Self.good), idle: \(Self.good)}\n"
    #expect(
      problems(sites: gateways + "sites:\n  tokyo: {gateways: [used]}\n") == [
        #"fleet/sites.yaml:1: no site is behind gateway "idle": name it in the gateways of a site, or remove it"#
      ])
    #expect(problems(sites: gateways + "sites:\n  tokyo: {gateways: [used]}\n  osaka: text\n").count == 1)
  }

  @Test func `gateways that cannot be read have no second problem at each site`() {
    let sites = "sites: {tokyo: {gateways: [a]}, osaka: {gateways: [a]}}\n"
    #expect(problems(sites: "gateways: none\n" + sites).count == 1)
    #expect(
      problems(sites: "gateways: {a b: \(Self.good)}\nsites: {tokyo: {}}\n") == [
        #"fleet/sites.yaml:1: bad id "a b" of a gateway: write \#(ID<Gateway>.rule)"#
      ])
    #expect(problems(sites: "gateways: {a: {}}\n" + sites).count == 2)
  }

  @Test func `gateways may be shared, and passed in another order`() throws {
    var paper = FleetOnPaper()
    paper.sites = """
      gateways: {a: \(Self.good), b: \(Self.good)}
      sites: {tokyo: {gateways: [a, b]}, osaka: {gateways: [b, a]}, kyoto: {gateways: []}}

      """
    #expect(try paper.inventory().sites.map(\.gateways) == [["a", "b"], ["b", "a"], []])
    #expect(try paper.inventory().gateways.map(\.id) == ["a", "b"])
  }

  // MARK: Terminals behind gateways

  @Test func `an address may stand again behind other gateways only`() {
    let gateways = "gateways: {a: \(Self.good), b: \(Self.good)}\n"
    let sites =
      "sites: {direct: {}, a1: {gateways: [a]}, a2: {gateways: [a]}, ab: {gateways: [a, b]}, ba: {gateways: [b, a]}}\n"
    let rows = ["direct", "a1", "ab", "ba"].map { ($0, "id,address\n\($0),10.0.0.1\n") }
    #expect(problems(sites: gateways + sites, terminals: Dictionary(uniqueKeysWithValues: rows)) == [])
    let further = Dictionary(uniqueKeysWithValues: rows + [("a2", "id,address\na2,10.0.0.1\n")])
    let found = problems(sites: gateways + sites, terminals: further)
    #expect(found.count == 1)
    #expect(found.first?.contains("address 10.0.0.1 port 22 is here a second time") == true)
  }

  @Test func `behind a gateway a name cannot be held against the networks`() {
    let sites = "gateways: {gw: \(Self.good)}\nsites: {tokyo: {networks: [10.0.0.0/8], gateways: [gw]}, osaka: {}}\n"
    #expect(
      problems(sites: sites, terminals: ["tokyo": "id,address\na,10.0.0.1\nb,db1\n", "osaka": "id,address\nc,db1\n"])
        == [
          #"fleet/terminals/tokyo.csv:3: address "db1" is a name, which gateway gw would look up: nobody could hold what it finds against the networks of site tokyo: write the IP address"#
        ])
    let open = "gateways: {gw: \(Self.good)}\nsites: {tokyo: {gateways: [gw]}}\n"
    #expect(problems(sites: open, terminals: ["tokyo": "id,address\nb,db1\n"]) == [])
  }

  @Test func `a literal behind a gateway is held against the networks like any other`() {
    let sites = "gateways: {gw: \(Self.good)}\nsites: {tokyo: {networks: [10.0.0.0/8], gateways: [gw]}}\n"
    let found = problems(sites: sites, terminals: ["tokyo": "id,address\na,11.0.0.1\nb,127.0.0.1\n"])
    #expect(found.count == 2)
    let all = "gateways: {gw: \(Self.good)}\nsites: {tokyo: {gateways: [gw]}}\n"
    #expect(problems(sites: all, terminals: ["tokyo": "id,address\na,11.0.0.1\nb,127.0.0.1\n"]).count == 1)
  }
}
