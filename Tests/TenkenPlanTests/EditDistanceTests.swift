import Testing

@testable import TenkenPlan

struct EditDistanceTests {
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("log.wtmp", "log.wtmp", 0),
    ("flaw", "lawn", 2),
  ])
  func `the distance is Levenshtein's`(left: String, right: String, distance: Int) {
    #expect(EditDistance.between(left, right) == distance)
    #expect(EditDistance.between(right, left) == distance)
  }

  @Test func `what is near comes first and what is far not at all`() {
    let candidates = ["log.wtmp", "log.wtmpdb", "net.listening", "access.keys"]
    #expect(EditDistance.nearest(to: "log.wtpm", among: candidates).first == "log.wtmp")
    #expect(EditDistance.nearest(to: "listening", among: candidates) == ["net.listening"])
    #expect(EditDistance.nearest(to: "LOG.WTMP", among: candidates).first == "log.wtmp")
    #expect(EditDistance.nearest(to: "q", among: candidates).isEmpty)
  }
}
