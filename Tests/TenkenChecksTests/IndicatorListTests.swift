import TenkenChecks
import TenkenModel
import Testing

/// A list of indicators comes from outside, in a hurry: what no check would know is refused before anybody is contacted.
struct IndicatorListTests {
  private static let digest = String(repeating: "aB", count: 32)
  private static let key = "key:SHA256:" + String(repeating: "a", count: 43)

  private func sources(_ list: String, script: String = CheckText.script(adding: [parameter])) -> SourceFiles {
    let check = CheckText.sources(script)
    return SourceFiles(
      origin: "checks", files: check.files + [SourceFiles.File(path: "case.txt", bytes: Array(list.utf8))])
  }

  private static let parameter = "#% param: indicators string \"\" \"what to look for\""

  @Test func `every kind is taken once, and comments are for people`() throws {
    let entries = [
      "sha256:\(Self.digest)", "sha1:\(String(repeating: "0", count: 40))", "md5:\(String(repeating: "f", count: 32))",
      "path:/tmp/a%20b", "name:x.sh", "ip:203.0.113.7", "ip:2001:db8::1", "net:198.51.100.0/24", "net:2001:db8::/32",
      "domain:evil.example", Self.key,
    ]
    let list = "# of case 7\r\n\n  # and more\n" + entries.joined(separator: "\r\n") + "\nname:x.sh ip:203.0.113.7"
    let check = try CatalogueReader.parse(sources(list)).checks[0]
    #expect(check.indicators == entries.joined(separator: "\n"))
    #expect(check.isGiven)
    #expect(try !CheckText.check(CheckText.script(adding: [Self.parameter])).isGiven)
  }

  @Test(arguments: [
    "203.0.113.7", "sha256:abc", "sha256:\(String(repeating: "g", count: 64))", "md5:", "path:tmp", "path:/",
    "name:a/b",
    "name:", "ip:203.0.113", "ip:010.0.0.1", "net:10.0.0.0", "net:10.0.0.0/33", "net:10.0.0.0/08", "net:::/129",
    "domain:-", "domain:a/b", "key:MD5:aa", "key:SHA256:short", "SHA256:\(digest)", "url:http://x", "path:/t\u{E9}",
    "name:\u{202E}x",
  ])
  func `what is no indicator is refused with its line`(entry: String) {
    let problems = CheckText.problems(sources("ip:203.0.113.7\n\(entry)\n"))
    #expect(problems.count == 1)
    #expect(
      problems.first?.hasPrefix("case.txt:2: ") == true && problems.first?.contains("is not an indicator") == true)
  }

  @Test func `a list that says nothing, or more than a variable holds, is refused`() {
    #expect(
      CheckText.problems(sources("# nothing\n")).map { $0.hasPrefix("case.txt: there is no indicator") } == [true])
    let long = (0..<10_000).map { "name:file-number-\($0)" }.joined(separator: "\n")
    #expect(CheckText.problems(sources(long)).map { $0.hasPrefix("case.txt: the indicators take") } == [true])
    #expect(CheckText.problems(sources("name:\0")).map { $0.hasPrefix("case.txt:1: a NUL byte") } == [true])
  }

  @Test func `a list that no check takes is refused`() {
    let problems = CheckText.problems(sources("name:x\n", script: CheckText.script()))
    #expect(problems.map { $0.hasPrefix("case.txt: no check takes indicators") } == [true])
  }

  @Test func `the digest of a catalogue is another with another list`() throws {
    let one = try CatalogueReader.parse(sources("name:x\n"))
    #expect(try CatalogueReader.parse(sources("name:y\n")).digest != one.digest)
    #expect(try CatalogueReader.parse(sources("name:x\n")).digest == one.digest)
  }

  /// The forms that are taken here are those that the scripts take: a list must not end on a thousand terminals.
  @Test func `the catalogue's own checks take a list`() throws {
    let takers = try Specimen.catalogue().checks.filter { $0.parameters.contains(where: \.isIndicators) }
    #expect(takers.map(\.id.rawValue) == ["ioc.files", "ioc.network"])
  }
}
