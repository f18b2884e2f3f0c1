import TenkenModel
import Testing

struct NearestWordTests {
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("flaw", "lawn", 2), ("log.wtpm", "log.wtmp", 1),
    ("timezone", "time-zone", 0), ("LOG", "log", 0),
  ])
  func `changes are letters added, removed, replaced or swapped`(word: String, other: String, changes: Int) {
    #expect(NearestWord.changes(from: word, to: other) == changes)
    #expect(NearestWord.changes(from: other, to: word) == changes)
  }

  @Test func `the nearest is told when it is near, and nothing when nothing is`() {
    let words = ["log.wtmp", "log.wtmpdb", "net.listening", "access.keys"]
    #expect(NearestWord.to("log.wtpm", among: words) == "log.wtmp")
    #expect(NearestWord.to("listening", among: words) == "net.listening")
    #expect(NearestWord.to("q", among: words) == nil)
    #expect(NearestWord.to("log.wtmp", among: []) == nil)
  }

  @Test func `a word without end is answered at once`() {
    #expect(NearestWord.to(String(repeating: "x", count: 1_000_000), among: ["log.wtmp"]) == nil)
  }
}
