import Foundation
import TenkenModel
import Testing

struct IDTests {
  @Test(arguments: ["a", "7", "jp-0001", "A.b_c-d", String(repeating: "x", count: 64)])
  func `an id of the rule is accepted`(text: String) { #expect(ID<Site>(text)?.rawValue == text) }

  @Test(arguments: [
    "", "-a", ".a", "_a", "a b", "a/b", "a\n", "a\0", "é", "ａ", "a\u{301}", "a:b", "a*",
    String(repeating: "x", count: 65),
  ])
  func `anything else is refused, also where it comes from a file of ours`(text: String) throws {
    #expect(ID<Site>(text) == nil)
    let json = try JSONEncoder().encode([text])
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([ID<Site>].self, from: json) }
  }

  @Test func `an id comes back from JSON as plain text`() throws {
    let json = try JSONEncoder().encode(["jp-1", "jp-2"] as [ID<Terminal>])
    #expect(String(decoding: json, as: UTF8.self) == #"["jp-1","jp-2"]"#)
    #expect(try JSONDecoder().decode([ID<Terminal>].self, from: json) == ["jp-1", "jp-2"])
  }
}
