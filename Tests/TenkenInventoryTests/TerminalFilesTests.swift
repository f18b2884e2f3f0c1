import TenkenModel
import Testing

struct TerminalFilesTests {
  private func paper(_ csv: String) -> FleetOnPaper {
    var paper = FleetOnPaper()
    paper.terminals = ["tokyo": csv]
    return paper
  }

  private func problems(_ csv: String) -> [String] {
    paper(csv).problems.map { $0.replacing("fleet/terminals/tokyo.csv:", with: "") }
  }

  // MARK: Cells

  @Test(arguments: [
    "256.1.1.1", "010.1.1.1", "1.2.3", "1.2.3.4.5", "10.0.0.", "1..2.3", "12345", "0x7f.0.0.1", "0x7f000001",
    "-oProxyCommand=x", "a_b", "a/b", "a b", "host.", ".host", "a..b", "-a.example", "a-.example", "user@host",
    "10.0.0.1:22", "[::1]", "fe80::1%eth0", "::ffff:10.0.0.1", "1:2:3:4:5:6:7", "1::2::3", "12345::", "::g",
    "é.example",
    "[fd00::1]:22",
  ])
  func `a bad address is refused`(address: String) {
    let found = problems("id,address\na,\"\(address)\"\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("2: ") == true, "\(found)")
  }

  @Test func `an address or a name of any lawful form is accepted`() throws {
    let long = String(repeating: "a", count: 63)
    let good = [
      "10.0.0.1", "1.0.0.0", "223.255.255.255", "::1:0:0:0", "fd00::1", "1:2:3:4:5:6:7:8", "fd00::1.2.3.4", "FD00::A",
      "host", "a-b.example.net", "3com.example", "xn--p1ai", "\(long).\(long).\(long).\(long.dropLast(2))",
    ]
    let rows = good.enumerated().map { "t\($0.offset),\($0.element)\n" }.joined()
    #expect(try paper("id,address\n" + rows).inventory().terminals.map(\.address) == good)
    #expect(problems("id,address\na,\(long)a\n").count == 1)
    #expect(problems("id,address\na,\(long).\(long).\(long).\(long)\n").count == 1)
  }

  @Test(arguments: [
    ("port", "0", "bad port"), ("port", "65536", "bad port"), ("port", "ssh", "bad port"), ("port", "022", "bad port"),
    ("site", "tokio", "unknown site \"tokio\": write tokyo, or add the site"), ("site", "paris", "unknown site"),
    ("platform", "Linux", "bad platform"), ("root", "srv", "bad root"), ("root", "/srv/../etc", "bad root"),
    ("root", "/", "bad root"), ("id", "a/b", "bad id"), ("id", "-a", "bad id"), ("id", "", "bad id"),
    ("id", String(repeating: "a", count: 65), "bad id"), ("address", "", "no address"),
    ("role", " kiosk", "role \" kiosk\" begins or ends with a space"), ("owner", "x\ty", "holds a tab or a line end"),
    ("tags", "a b ", "begins or ends with a space"), ("platform", "a\nb", "holds a tab or a line end"),
  ])
  func `a bad cell is refused with its line`(column: String, value: String, what: String) {
    var cells = ["id": "a", "address": "10.0.0.1"]
    cells[column] = value
    let header = cells.keys.sorted()
    let row = header.map { "\"\(cells[$0] ?? "")\"" }.joined(separator: ",")
    let found = problems("\(header.joined(separator: ","))\n\(row)\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("2: ") == true && found.first?.contains(what) == true, "\(found)")
  }

  @Test(arguments: [
    ("ssh-ed25519", "is not a type and a key"), (FleetOnPaper.hostKey + " me@here", "is not a type and a key"),
    ("ssh-ed25519 AAA", "is not base64"), ("ssh-ed25519 ????", "is not base64"),
    ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5", "is cut short or damaged"), ("ssh-rsa AAAA", "is cut short or damaged"),
    (String(FleetOnPaper.hostKey.dropLast(4)), "is cut short or damaged"),
    (FleetOnPaper.hostKey.replacing("ssh-ed25519", with: "ssh-rsa"), "but the key is of type \"ssh-ed25519\""),
    (FleetOnPaper.hostKey + ";" + FleetOnPaper.hostKey, "holds a key twice"), (";", "is not a type and a key"),
  ])
  func `a bad host key is refused`(cell: String, what: String) {
    let found = problems("id,address,host_key\na,10.0.0.1,\(cell)\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("2: the host key ") == true && found.first?.contains(what) == true, "\(found)")
  }

  @Test func `several host keys stand in one cell`() throws {
    // The point is not on the curve: the reader looks at the shape, whoever uses the key at its meaning.
    let other = "ssh-other AAAACXNzaC1vdGhlcgAAAAQBAgME"
    let keys = try paper("id,address,host_key\na,10.0.0.1,\(FleetOnPaper.hostKey); \(other)\n").inventory()
      .terminals[0].pinnedKeys
    #expect(keys.map(\.type) == ["ssh-ed25519", "ssh-other"])
    #expect(keys[1].blob == [0, 0, 0, 9] + Array("ssh-other".utf8) + [0, 0, 0, 4, 1, 2, 3, 4])
  }

  // MARK: Headers

  @Test(arguments: [
    ("", nil as Int?, "empty"), ("\n\n", nil, "empty"), ("id,port", 1, "no column address"),
    ("id,address,id", 1, "column \"id\" stands twice"), ("id,address,", 1, "column 3 has no name"),
    ("id;address;port", 1, "separate the columns by commas"), ("id,address,Host Key", 1, "write host_key"),
    ("id,address,hostkeys", 1, "write host_key"), ("id,address,tag", 1, "write tags"),
    ("id,address,platfrom2,platfor", 1, "write platform"), ("ID,address", 1, "no column id"),
    ("id,address,credential", 1, "not read here"), ("id,address,Password", 1, "not read here"),
    ("\"id,address", 1, "never closed"),
  ])
  func `a header that would lose a column is refused`(header: String, line: Int?, what: String) {
    let found = paper("\(header)\n").problems
    #expect(found.contains { $0.contains(what) }, "\(found)")
    #expect(found.allSatisfy { $0.hasPrefix("fleet/terminals/tokyo.csv:\(line.map { "\($0):" } ?? " ")") }, "\(found)")
  }

  @Test func `a column of any other name is a label, in the order of the header`() throws {
    let inventory = try paper("asset tag,id,note,address\n7,a,\"two\nlines\",10.0.0.1\n").inventory()
    #expect(
      inventory.terminals[0].labels == [Label(name: "asset tag", value: "7"), Label(name: "note", value: "two\nlines")])
  }

  // MARK: Rows

  @Test func `rows after an unclosed quotation mark are read all the same`() {
    #expect(
      problems("id,address\na,\"10.0.0.1\nb,x_y\nc,10.0.0.3\nd,\"10.0.0.4\"x\ne,1\"0\nf,g_h\n") == [
        "2: quotation mark that is never closed: close the cell with another one",
        "3: bad address \"x_y\": write an IP address, or a host name of letters, digits, hyphens and dots",
        "5: text after the closing quotation mark of a cell: remove it, or write the mark twice",
        "6: quotation mark within a cell: put the whole cell in quotation marks and write each one inside it twice",
        "7: bad address \"g_h\": write an IP address, or a host name of letters, digits, hyphens and dots",
      ])
  }

  @Test func `lines are counted over cells with line ends in them`() {
    #expect(
      problems("id,address,note\na,10.0.0.1,\"1\n2\n3\"\nb,x_y,\n") == [
        "5: bad address \"x_y\": write an IP address, or a host name of letters, digits, hyphens and dots"
      ])
  }

  @Test func `bytes that are no text are refused by row`() {
    let good = "id,address,note\na,10.0.0.1,"
    var bytes = Array(good.utf8)
    bytes += [0xFF] + Array("\nb,10.0.0.2,\u{0}\nc,10.0.0.3,é\nd,10.0.0.4,\u{1B}[2J\ne,10.0.0.5,x\ry\n".utf8)
    let file = SourceFiles.File(path: "terminals/tokyo.csv", bytes: bytes)
    let files = FleetOnPaper().sources.files.filter { $0.path != file.path } + [file]
    #expect(
      FleetOnPaper.problems(of: SourceFiles(origin: "", files: files)) == [
        "terminals/tokyo.csv:2: not UTF-8: save the file as UTF-8", "terminals/tokyo.csv:3: NUL in the text: remove it",
        "terminals/tokyo.csv:5: control character 0x1b in the text: remove it",
      ])
  }

  @Test func `an address and port stands once, however it is written and in whichever file`() {
    var paper = paper("id,address\na,10.0.0.1\nb,Host.example\nc,fd00::1\n")
    paper.terminals["osaka"] = "id,address,port\nd,10.0.0.1,22\ne,host.EXAMPLE,22\nf,fd00:0::01,22\ng,10.0.0.1,23\n"
    let what = "is here a second time: correct one of them (the first is at fleet/terminals/osaka.csv"
    #expect(
      paper.problems == [
        "fleet/terminals/tokyo.csv:2: address 10.0.0.1 port 22 \(what):2)",
        "fleet/terminals/tokyo.csv:3: address Host.example port 22 \(what):3)",
        "fleet/terminals/tokyo.csv:4: address fd00::1 port 22 \(what):4)",
      ])
  }

  @Test func `a third one names the first, not the second`() {
    #expect(problems("id,address\na,h1\na,h2\na,h3\n").allSatisfy { $0.hasSuffix("is at 2)") })
  }

  @Test func `an address outside the networks of its site is refused, a name is not looked up`() throws {
    var paper = paper("id,address\na,10.1.255.255\nb,10.2.0.0\nc,name\nd,fd00::1\n")
    paper.sites = "sites: {tokyo: {networks: [10.0.0.0/16, 10.1.0.0/16]}}\n"
    let fix = "correct the address or the site, or add its network to those of tokyo in sites.yaml"
    #expect(
      paper.problems == [
        "fleet/terminals/tokyo.csv:3: address 10.2.0.0 is in no network of the site: \(fix) (10.0.0.0/16, 10.1.0.0/16)",
        "fleet/terminals/tokyo.csv:5: address fd00::1 is in no network of the site: \(fix) (10.0.0.0/16, 10.1.0.0/16)",
      ])
  }

  @Test(arguments: [
    ("127.0.0.1", "a loopback address", "127.0.0.0/8"), ("0.0.0.0", "an unspecified address", "0.0.0.0/8"),
    ("169.254.169.254", "a link-local address", "169.254.0.0/16"), ("::1", "the loopback address", "::1/128"),
    ("64:ff9b::7f00:1", "(that is 127.0.0.1) is a loopback address", "127.0.0.0/8"),
  ])
  func `an address that no terminal has needs a network of its site`(
    address: String, name: String, network: String
  ) throws {
    var paper = paper("id,address\na,\(address)\n")
    let problems = paper.problems
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("fleet/terminals/tokyo.csv:2: address \(address) ") == true)
    #expect(problems.first?.contains("\(name), and no network of the site inside \(network) holds it") == true)
    paper.sites = "sites: {tokyo: {networks: [0.0.0.0/0, \"::/0\"]}}\n"
    #expect(paper.problems.count == 1)
    paper.sites = "sites: {tokyo: {networks: [\"\(network)\"]}}\n"
    #expect(paper.problems == [])
  }

  @Test func `a row without a site in a file that is not named for one is refused`() {
    var paper = FleetOnPaper()
    paper.terminals = ["all": "id,address,site\na,10.0.0.1,\nb,10.0.0.2,osaka\n"]
    #expect(
      paper.problems == [
        "fleet/terminals/all.csv:2: no site, and the file's name is not one: write the site's id into the column site, or name the file for it: terminals/SITE.csv"
      ])
  }

  // MARK: Ranges

  @Test func `a row of ranges stands for many terminals`() throws {
    let inventory = try paper(
      "id,address,role\nbkk-[0001-0400],10.66.[0-1].[1-200],kiosk\nx[8-11]-[a],h1\n".replacing(
        "x[8-11]-[a],h1\n", with: "")
    ).inventory()
    #expect(inventory.terminals.count == 400)
    #expect(inventory.terminals[0].id == "bkk-0001" && inventory.terminals[0].address == "10.66.0.1")
    #expect(inventory.terminals[199].address == "10.66.0.200")
    #expect(inventory.terminals[200].id == "bkk-0201" && inventory.terminals[200].address == "10.66.1.1")
    #expect(inventory.terminals[399].id == "bkk-0400" && inventory.terminals[399].address == "10.66.1.200")
    #expect(inventory.terminals.allSatisfy { $0.role == "kiosk" })
  }

  @Test func `names may hold ranges as well`() throws {
    let inventory = try paper("id,address\nr[1-2]-[08-10],r[1-2].n[08-10].example\n").inventory()
    #expect(
      inventory.terminals.map(\.id) == ["r1-08", "r1-09", "r1-10", "r2-08", "r2-09", "r2-10"])
    #expect(inventory.terminals[3].address == "r2.n08.example")
  }

  @Test(arguments: [
    ("a[0400-0001],10.0.0.1", "range [0400-0001] runs backwards: write [0001-0400]"),
    ("a[1-9],10.0.0.[1-8]", "stands for 9, address \"10.0.0.[1-8]\" for 8"),
    ("a[1-9],10.0.0.1", "stands for 9, address \"10.0.0.1\" for 1"), ("a,10.0.0.[1-9]", "stands for 1, address"),
    ("a[1-1000001],h[1-1000001]", "stands for more than 1000000 terminals"),
    ("a[1-999999999][1-999999999][1-999999999],h", "stands for more than 1000000 terminals"),
    ("a[1-2,h[1-2]", "unpaired bracket"), ("a]1-2[,h[1-2]", "unpaired bracket"), ("a[1],h", "is not a range"),
    ("a[1-x],h", "is not a range"), ("a[1-1234567890],h", "is not a range"), ("a[1--2],h", "is not a range"),
    ("a[01-9],h[1-9]", "pads only one of its numbers"), ("a[1-2],10.0.0.[255-256]", "bad address \"10.0.0.256\""),
    ("a[1-2]/,h[1-2]", "bad id \"a1/\""), ("a[1-3],10.0.[0-0].[1-3]/x", "bad address"),
    ("a[1-20][1-20],h[1-400]", "terminal \"a111\" is here a second time"),
  ])
  func `a bad range is one problem`(row: String, what: String) {
    let found = problems("id,address\n\(row)\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("2: ") == true && found.first?.contains(what) == true, "\(found)")
  }

  @Test func `ranges that meet other rows are refused`() {
    #expect(
      problems("id,address\na[1-9],10.0.0.[1-9]\na5,10.0.1.5\nb,10.0.0.9\n")
        == [
          "3: terminal \"a5\" is here a second time: give it another id, or remove it (the first is at 2)",
          "4: address 10.0.0.9 port 22 is here a second time: correct one of them (the first is at 2)",
        ])
  }

  // MARK: Size

  @Test func `every bad row of 29000 is told`() {
    let rows = (0..<29_000).map { "t\($0),10.0.0.\($0)\n" }.joined()
    #expect(problems("id,address\n" + rows).count == 29_000 - 256)
  }
}
