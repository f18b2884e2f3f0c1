import Testing

@testable import TenkenChecks

struct SpellingTests {
  @Test func `the distance counts edits`() {
    #expect(Spelling.distance("kitten", "sitting") == 3)
    #expect(Spelling.distance("", "abc") == 3)
    #expect(Spelling.distance("same", "same") == 0)
  }

  @Test func `only what is near is suggested`() {
    let keys = HeaderKey.allCases.map(\.rawValue)
    #expect(Spelling.nearest(to: "tiemout", among: keys) == "timeout")
    #expect(Spelling.nearest(to: "false-positive", among: keys) == "false-positives")
    #expect(Spelling.nearest(to: "colour", among: keys) == nil)
  }
}
