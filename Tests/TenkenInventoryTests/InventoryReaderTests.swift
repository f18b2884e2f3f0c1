import TenkenInventory
import TenkenModel
import TenkenTestSupport
import Testing

struct InventoryReaderTests {
  /// Uses every key and every column.
  private static let whole = {
    var paper = FleetOnPaper()
    paper.fleet = """
      name: Head office
      defaults: {port: 2222, role: workstation, owner: it}
      limits: {concurrency: 300, per-site: 50, openssh: 8, retries: 1, connect-timeout: 5s, login-timeout: 15s, run-timeout: 2m}
      credentials:
        default: {user: tenken, identity: ~/.ssh/id_ed25519}
        bangkok: {user: inspector, identity: agent}
      """
    paper.sites = """
      gateways:
        jump: {address: 203.0.113.7, port: 2222, credential: bangkok, limits: {concurrency: 9}}
        inner:
          address: inner.example.net
          credential: default
          host-key: \(FleetOnPaper.hostKey)
      sites:
        tokyo:
          name: Tokyo office
          country: JP
          time-zone: Asia/Tokyo
          networks: [10.64.0.0/16, "fd00:64::/32"]
        bkk:
          country: TH
          time-zone: Asia/Bangkok
          limits: {concurrency: 7}
          gateways: [jump, inner]
          transport: openssh
          host-key-shared: true
          defaults: {port: 22, platform: macos, owner: thailand, credential: bangkok}
      """
    paper.terminals = [
      "tokyo": """
      id,address,port,site,platform,role,owner,tags,host_key,root,asset,note
      jp-1,10.64.0.1,,,,,,,,,A1,
      jp-2,fd00:64::2,22,tokyo,linux,server,ops,b a  b,\(FleetOnPaper.hostKey),/srv/s,"A,2","said ""no"" "
      """,
      "rest": "site,address,id\r\nbkk,bkk-01.example.net,bkk-01\r\n",
    ]
    return paper
  }()

  @Test func `what holds for the fleet and its sites is read as it is written`() throws {
    let inventory = try Self.whole.inventory()
    #expect(inventory.name == "Head office")
    #expect(
      inventory.limits
        == Limits(
          concurrency: 300, perSite: 50, openSSH: 8, retries: 1, connectTimeout: .seconds(5),
          loginTimeout: .seconds(15),
          runTimeout: .seconds(120)))
    #expect(
      inventory.credentials == [
        "default": Credential(name: "default", user: "tenken", identity: .file("~/.ssh/id_ed25519")),
        "bangkok": Credential(name: "bangkok", user: "inspector", identity: .agent),
      ])
    #expect(
      inventory.sites == [
        Site(
          id: "tokyo", name: "Tokyo office", country: "JP", timeZone: "Asia/Tokyo",
          networks: [
            Network(address: [10, 64, 0, 0], prefixLength: 16, description: "10.64.0.0/16"),
            Network(
              address: [0xFD, 0, 0, 0x64] + Array(repeating: 0, count: 12), prefixLength: 32,
              description: "fd00:64::/32"),
          ]),
        Site(
          id: "bkk", name: "bkk", country: "TH", timeZone: "Asia/Bangkok", gateways: ["jump", "inner"],
          client: .openSSH, concurrency: 7, sharesHostKeys: true),
      ])
    let key = HostKey(
      type: "ssh-ed25519", blob: [0, 0, 0, 11] + Array("ssh-ed25519".utf8) + [0, 0, 0, 32] + Array(0..<32))
    #expect(
      inventory.gateways == [
        Gateway(id: "jump", address: "203.0.113.7", port: 2222, credential: "bangkok", concurrency: 9),
        Gateway(id: "inner", address: "inner.example.net", credential: "default", pinnedKeys: [key]),
      ])
  }

  @Test func `rows are read as they are written, completed by the defaults of site and fleet`() throws {
    let inventory = try Self.whole.inventory()
    let blob: [UInt8] = [0, 0, 0, 11] + Array("ssh-ed25519".utf8) + [0, 0, 0, 32] + Array(0..<32)
    #expect(
      inventory.terminals == [
        Terminal(
          id: "bkk-01", address: "bkk-01.example.net", port: 22, site: "bkk", platform: "macos", role: "workstation",
          owner: "thailand", credential: "bangkok"),
        Terminal(
          id: "jp-1", address: "10.64.0.1", port: 2222, site: "tokyo", role: "workstation", owner: "it",
          labels: [Label(name: "asset", value: "A1"), Label(name: "note", value: "")]),
        Terminal(
          id: "jp-2", address: "fd00:64::2", port: 22, site: "tokyo", role: "server", owner: "ops", tags: ["b", "a"],
          pinnedKeys: [HostKey(type: "ssh-ed25519", blob: blob)], root: "/srv/s",
          labels: [Label(name: "asset", value: "A,2"), Label(name: "note", value: "said \"no\" ")]),
      ])
    #expect(inventory.sources == Self.whole.sources)
  }

  @Test func `a country is text even where YAML 1_1 would read it as false`() throws {
    var paper = FleetOnPaper()
    paper.sites = "sites:\n  tokyo: {name: 12, country: NO}\n"
    #expect(try paper.inventory().sites == [Site(id: "tokyo", name: "12", country: "NO")])
  }

  @Test func `byte order marks, CRLF, empty lines and a missing last line end are no problem`() throws {
    var paper = FleetOnPaper()
    paper.fleet = "\u{FEFF}" + paper.fleet.replacing("\n", with: "\r\n")
    paper.terminals = ["tokyo": "\u{FEFF}id,address\r\n\r\na,10.0.0.1\r\n\n\"b\",\"10.0.0.2\""]
    #expect(try paper.inventory().terminals.map(\.id) == ["a", "b"])
  }

  @Test func `every problem of every file comes in one run, in the order of files and lines`() {
    var paper = FleetOnPaper()
    paper.fleet = "nmae: Test\nlimits: {retries: 11}\ncredentials:\n  default: {user: u}\n"
    paper.sites = "sites:\n  tokyo: {networks: [10.0.0.1/8]}\n  tokyo: {}\n  osaka: {timezone: UTC}\n"
    paper.terminals = [
      "osaka": "id,address\nb,10.0.0.1\nb,10.0.0.2\n", "tokyo": "id,address\na\na,10.0.0.1,x\n-,10.0.0.3\n",
    ]
    paper.others = ["policy.yaml": ""]
    #expect(
      paper.problems == [
        #"fleet/fleet.yaml:1: unknown key "nmae" in fleet.yaml: write name"#,
        "fleet/fleet.yaml:1: fleet.yaml has no name: add name: NAME OF THE FLEET",
        #"fleet/fleet.yaml:2: bad retries "11": write a whole number from 0 to 10"#,
        #"fleet/fleet.yaml:4: credential "default" has no identity: add identity: agent, or the path of a private key"#,
        "fleet/policy.yaml:1: policy.yaml has no flows: add flows: [{from: [bangkok], to: [tokyo], ports: [443], who: NAME, why: REASON}]",
        #"fleet/sites.yaml:2: bad network "10.0.0.1/8": it has bits set beyond its prefix of 8: write 10.0.0.0/8"#,
        #"fleet/sites.yaml:3: "tokyo" stands in the sites a second time: keep one of them (the first is at fleet/sites.yaml:2)"#,
        #"fleet/sites.yaml:4: unknown key "timezone" in site "osaka": write time-zone"#,
        #"fleet/terminals/osaka.csv:3: terminal "b" is here a second time: give it another id, or remove it (the first is at fleet/terminals/osaka.csv:2)"#,
        "fleet/terminals/tokyo.csv:2: 1 cells, 1 fewer than the header: write every cell, empty ones as well",
        "fleet/terminals/tokyo.csv:3: 3 cells, 1 more than the header: put a cell that holds a comma in quotation marks",
        #"fleet/terminals/tokyo.csv:4: bad id "-": write \#(ID<Terminal>.rule)"#,
      ])
  }

  @Test(arguments: [
    ("profile.yaml", "rename it to profiles.yaml"), ("policies.yaml", "rename it to policy.yaml"),
    ("terminals/x.txt", "name it terminals/SITE.csv"),
    ("terminals/.csv", "name it terminals/SITE.csv"), ("terminals/old/", "name it terminals/SITE.csv"),
    ("terminals/old/x.csv", "name it terminals/SITE.csv"), ("tokyo.csv", "move it to terminals/"),
    ("site.yaml", "rename it to sites.yaml"), ("sites.yaml~", "rename it to sites.yaml"), ("notes.txt", "remove it"),
  ])
  func `a file that would have no effect is refused`(path: String, text: String) {
    var paper = FleetOnPaper()
    paper.others = [path: ""]
    #expect(paper.problems.count == 1)
    #expect(paper.problems.first?.hasPrefix("fleet/\(path): ") == true)
    #expect(paper.problems.first?.contains(text) == true, "\(paper.problems)")
  }

  @Test func `missing files are problems, and do not bring an unknown site for every row`() {
    let rows = SourceFiles.File(path: "terminals/x.csv", bytes: Array("id,address,site\na,10.0.0.1,s\n".utf8))
    #expect(
      FleetOnPaper.problems(of: SourceFiles(origin: "", files: [rows])) == [
        "fleet.yaml: missing: write one that begins with the fleet's name, such as name: head office",
        "sites.yaml: missing: write one with the fleet's sites, such as sites: {tokyo: {name: Tokyo, country: JP, time-zone: Asia/Tokyo}}",
      ])
  }

  @Test(arguments: [[:], ["tokyo": "id,address\n"]])
  func `an inventory without terminals is a problem`(terminals: [String: String]) {
    var paper = FleetOnPaper()
    paper.terminals = terminals
    #expect(
      paper.problems == [
        "fleet/terminals/: there is no terminal: write terminals/SITE.csv with the columns id,address and a row a terminal"
      ])
  }

  @Test func `known_hosts is kept as it is`() throws {
    var paper = FleetOnPaper()
    paper.others = ["known_hosts": "\0 anything"]
    #expect(try paper.inventory().sources["known_hosts"] == Array("\0 anything".utf8))
  }

  @Test func `noise never crashes the reader, and never makes an inventory by accident`() throws {
    var random = SplitMix64(seed: 11)
    let paper = FleetOnPaper()
    let alphabet = Array("\"\",\n\r[]-:{}#&*!|>'%@`\\ \t\0\u{7F}a0é".utf8) + [0xFF, 0xC3]
    for _ in 0..<400 {
      let files = paper.sources.files.map { file in
        var bytes = file.bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let place = Int.random(in: 0...bytes.count, using: &random)
          bytes.insert(alphabet[Int.random(in: 0..<alphabet.count, using: &random)], at: place)
        }
        return SourceFiles.File(path: file.path, bytes: bytes)
      }
      if let inventory = try? InventoryReader.parse(SourceFiles(origin: "", files: files)) {
        #expect(inventory.terminals.count == 1)
        #expect(inventory.credentials.count == 1)
      }
    }
  }
}
