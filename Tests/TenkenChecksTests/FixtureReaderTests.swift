import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenChecks

struct FixtureReaderTests {
  private static func check() throws -> Check {
    try CheckText.check(
      CheckText.script(adding: ["#% fact: an.item name,size", "#% param: most number 3 \"how many\""]))
  }

  private static func expectation(_ text: String) throws -> FixtureExpectation {
    FixtureExpectation(text, of: try check(), file: "expect")
  }

  @Test func `all that a specimen expects is read`() throws {
    let read = try Self.expectation(
      "# why\n\nresult: fail\nas: root\nmessage: a: b\nfact: an.item | a\\x7cb | \nparam: most=a=b\n")
    #expect(read.problems.isEmpty)
    #expect(read.result == .fail && read.login == .root && read.messages == ["a: b"])
    #expect(read.facts == [Fact(name: "an.item", values: ["a|b", ""])])
    #expect(read.parameters == ["most": "a=b"])
  }

  @Test(arguments: [
    ("result: fine", "expect:1: there is no result \"fine\""), ("message: x", "expect: no result"),
    ("result: pass\nresult: pass", "expect:2: a second result"),
    ("resutl: pass", "expect:1: \"resutl\" is no key of a fixture"), ("pass", "expect:1: \"pass\" is no key"),
    ("as: nobody", "expect:1: there is no login \"nobody\""),
    ("fact: an.item | a", "expect:1: an.item has 2 columns, not 1"),
    ("fact: other | a | b", "expect:1: the header declares no fact \"other\""),
    ("fact: an.item | \\q | b", "expect:1: an escape that is none"),
    ("param: least=1", "expect:1: the header declares no parameter \"least\""),
    ("param: most", "expect:1: the header declares no parameter \"most\""),
  ])
  func `what cannot be expected is refused with its line`(text: String, problem: String) throws {
    let problems = try Self.expectation(text).problems
    #expect(problems.contains { $0.description.hasPrefix(problem) }, "\(problems)")
  }

  @Test func `a fact that is shown can be written into expect as it stands`() throws {
    var random = SplitMix64(seed: 7)
    for _ in 0..<500 {
      let bytes = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        "a |\\\t\n\r\u{1}\u{7F} é".utf8.randomElement(using: &random) ?? 0
      }
      let value =
        FactLine.unescaped(Array(String(decoding: bytes, as: UTF8.self).utf8.filter { $0 != 0x5C })[...]) ?? ""
      let shown = FactLine.escaped(value)
      let read = try Self.expectation("result: pass\nfact: an.item | \(shown) | 1\n")
      #expect(read.facts == [Fact(name: "an.item", values: [value, "1"])], "\(shown)")
    }
  }

  @Test func `every broken fixture is named at once, and what stands beside the cases is none`() async throws {
    try await withTemporaryDirectory { directory in
      let fixtures = directory.appending(path: "a.check/fixtures")
      for name in ["no-plant", "no-expect", ".hidden"] {
        try FileManager.default.createDirectory(
          at: fixtures.appending(path: name), withIntermediateDirectories: true)
      }
      try Data().write(to: fixtures.appending(path: "shared.sh"))
      try Data("result: pass\n".utf8).write(to: fixtures.appending(path: "no-plant/expect"))
      try Data().write(to: fixtures.appending(path: "no-expect/plant.sh"))
      let check = try Self.check()
      let problems = #expect(throws: InputProblems.self) {
        try FixtureReader.read([check], in: [directory.path(percentEncoded: false)])
      }
      let files = problems?.problems.map { $0.file.split(separator: "/").suffix(2).joined(separator: "/") }
      #expect(files == ["no-expect/expect", "no-plant/plant.sh"])
    }
  }

  @Test func `facts are compared as rows in any order, each as often as it is expected`() throws {
    let row = Fact(name: "an.item", values: ["a", "1"])
    let other = Fact(name: "an.item", values: ["b", "2"])
    let fixture = Fixture(
      check: "a.check", name: "case", plant: "plant.sh", login: .anyone, result: .pass, messages: [],
      facts: [row, other], parameters: [:])
    func said(_ facts: [Fact]) -> Observation {
      Observation(check: "a.check", result: .pass, message: "", milliseconds: nil, facts: facts)
    }
    #expect(fixture.differences(from: said([other, row])).isEmpty)
    #expect(
      fixture.differences(from: said([row, row])) == [
        FixtureDifference("fact", expected: ["an.item | b | 2"], got: ["an.item | a | 1"])
      ])
    #expect(fixture.differences(from: said([row, other, row])).count == 1)
  }
}
