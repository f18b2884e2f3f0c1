import TenkenModel
import Testing

struct SitesFileTests {
  private func problems(site: String) -> [String] {
    var paper = FleetOnPaper()
    paper.sites = "sites:\n  tokyo:\n    \(site)\n"
    return paper.problems.map { $0.replacing("fleet/sites.yaml:", with: "") }
  }

  @Test(arguments: [
    ("country: Japan", #"3: bad country "Japan": "#), ("country: jp", "3: bad country"),
    ("time-zone: Tokyo", #"3: bad time zone "Tokyo": write UTC or a name of the IANA database"#),
    ("time-zone: Asia/", "3: bad time zone"), ("time-zone: Asia/To kyo", "3: bad time zone"),
    ("time-zone: ../etc/passwd", "3: bad time zone"), ("time-zone: /Asia/Tokyo", "3: bad time zone"),
    ("host-key-shared: yes", #"3: bad host-key-shared "yes": write true or false"#),
    ("limits: {concurrency: 0}", #"3: bad concurrency "0": "#),
    ("limits: {retries: 1}", #"3: unknown key "retries" in the limits of site "tokyo": "#),
    ("defaults: {credential: x}", #"3: unknown credential "x": write one of default"#),
    ("defaults: {port: x}", #"3: bad port "x": "#),
    ("defaults: 22", #"3: the defaults of site "tokyo" is not a mapping: "#),
    ("gateways: [gw]", #"3: unknown gateway "gw": add the gateway to the gateways of sites.yaml"#),
    ("gateways: gw", #"3: gateways of site "tokyo" is not a list: "#),
    ("transport: libssh", #"3: bad transport "libssh": write ssh for Tenken's own, or openssh"#),
    ("transport: rehearsal", #"3: bad transport "rehearsal": "#),
    ("gateway: [gw]", #"3: unknown key "gateway" in site "tokyo": write gateways"#),
    ("network: [10.0.0.0/8]", #"3: unknown key "network" in site "tokyo": write networks"#),
    ("windows: [22:00]", #"3: bad window "22:00": write the days and the hours, by the site's own clocks"#),
    ("windows: [\"22:00-6:00\"]", "3: bad window"), ("windows: [\"22:00-22:00\"]", "3: bad window"),
    ("windows: [\"24:00-06:00\"]", "3: bad window"), ("windows: [\"22:00-24:01\"]", "3: bad window"),
    ("windows: [\"mon 22:00-23:00\"]", "3: bad window"), ("windows: [\"Mon- 22:00-23:00\"]", "3: bad window"),
    ("windows: [\"Mon  22:00-23:00\"]", "3: bad window"),
    ("windows: 22:00-06:00", #"3: windows of site "tokyo" is not a list: "#),
    ("limits: {bytes-per-second: 5}", "3: bad bytes-per-second"),
    ("networks: 10.0.0.0/8", #"3: networks of site "tokyo" is not a list: "#),
    ("networks: [[10.0.0.0/8]]", #"3: networks of site "tokyo" holds something that is not a single value: "#),
  ])
  func `a bad key of a site is refused with its line`(site: String, start: String) {
    let found = problems(site: site)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(start) == true, "\(found)")
  }

  @Test(arguments: [
    ("10.1.2.3/8", "it has bits set beyond its prefix of 8: write 10.0.0.0/8"),
    ("10.0.0.1/31", "it has bits set beyond its prefix of 31: write 10.0.0.0/31"),
    ("fd00::1/64", "it has bits set beyond its prefix of 64: write fd00::/64"),
    ("10.0.0.1/0", "write 0.0.0.0/0"), ("10.0.0.0", "write one in CIDR notation"),
    ("10.0.0.0/33", "write one in CIDR notation"), ("fd00::/129", "write one in CIDR notation"),
    ("10.0.0.0/08", "write one in CIDR notation"), ("10.0.0.0/", "write one in CIDR notation"),
    ("10.0.0.0/+8", "write one in CIDR notation"), ("10.0.0/8", "write one in CIDR notation"),
    ("010.0.0.0/8", "write one in CIDR notation"), ("10.0.0.0/8/8", "write one in CIDR notation"),
    ("fd00:::/16", "write one in CIDR notation"), ("1:2:3:4:5:6:7:8:9/16", "write one in CIDR notation"),
    ("name/8", "write one in CIDR notation"),
    ("::ffff:10.64.0.0/112", "write the IPv4 network itself: 10.64.0.0/16"),
    ("64:ff9b::/96", "write the IPv4 network itself: 0.0.0.0/0"),
  ])
  func `a bad network is refused`(network: String, fix: String) {
    let found = problems(site: "networks:\n      - 10.0.0.0/8\n      - \"\(network)\"")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("5: bad network \"\(network)\"") == true, "\(found)")
    #expect(found.first?.contains(fix) == true, "\(found)")
  }

  @Test(arguments: ["0.0.0.0/0", "10.0.0.0/8", "10.0.0.1/32", "::/0", "fd00::/8", "2001:db8::1/128", "127.20.0.0/16"])
  func `a good network is accepted`(network: String) {
    #expect(problems(site: "networks: [0.0.0.0/0, \"\(network)\"]") == [])
  }

  @Test(arguments: ["UTC", "Asia/Tokyo", "America/Argentina/Buenos_Aires", "Etc/GMT+9", "America/Port-au-Prince"])
  func `a good time zone is accepted`(zone: String) { #expect(problems(site: "time-zone: \(zone)") == []) }

  @Test func `sites must be there, each a mapping with an id`() {
    var paper = FleetOnPaper()
    paper.sites = "site: {}\n"
    #expect(paper.problems.count == 2)
    paper.sites = "sites: {}\n"
    #expect(paper.problems.first?.hasPrefix("fleet/sites.yaml:1: there is no site: ") == true)
    paper.sites = "sites:\n  tokyo: {}\n  a b: {}\n  x: text\n"
    #expect(
      paper.problems == [
        #"fleet/sites.yaml:3: bad site id "a b": write \#(ID<Site>.rule)"#,
        #"fleet/sites.yaml:4: site "x" is not a mapping: write "key: value" lines"#,
      ])
  }

  @Test func `a terminal of a site that cannot be read has no problem of its own`() {
    var paper = FleetOnPaper()
    paper.sites = "sites:\n  tokyo: text\n"
    #expect(paper.problems.count == 1)
  }
}
