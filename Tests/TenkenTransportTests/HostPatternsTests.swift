import Testing

@testable import TenkenTransport

struct HostPatternsTests {
  @Test(arguments: [
    ("host", "host", true), ("Host", "hOST", true), ("host", "host2", false), ("a,b", "b", true),
    ("*.example.net", "x.example.net", true), ("*.example.net", "example.net", false), ("h?st", "host", true),
    ("h?st", "hst", false), ("*", "anything", true), ("*,!bad", "bad", false), ("!bad,*", "bad", false),
    ("*,!b*", "good", true), ("!bad", "good", false), ("[host]:22??", "[host]:2201", true), ("", "", false),
    ("*a*b", "xaxxb", true), ("*a*b", "xaxx", false), ("a**", "a", true), ("10.0.*", "10.0.3.4", true),
  ])
  func `a name matches as OpenSSH has it`(pattern: String, name: String, isMatch: Bool) {
    #expect(HostPatterns(pattern).match(name) == isMatch)
  }

  @Test func `a pattern made to be slow is not`() {
    let pattern = String(repeating: "*a", count: 200) + "*b"
    #expect(!HostPatterns(pattern).match(String(repeating: "a", count: 2000)))
  }

  @Test func `only a field of plain names is looked up by name`() {
    #expect(HostPatterns("A,b").plainNames == ["a", "b"])
    #expect(HostPatterns("a,*").plainNames == nil)
    #expect(HostPatterns("a,!b").plainNames == nil)
  }
}
