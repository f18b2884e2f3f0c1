import TenkenModel
import TenkenPlan
import Testing

struct TerminalSampleTests {
  private func drawn(_ count: Int, of candidates: [Int], seed: UInt64) -> [Int] {
    let sample = TerminalSample(count, of: candidates, seed: seed)
    return (0..<1000).filter { sample.contains($0) }
  }

  @Test func `as many as are asked for are drawn, of the candidates only`() {
    let candidates = (0..<1000).filter { $0 % 3 == 0 }
    for count in [0, 1, 50, 334, 2000] {
      let drawn = drawn(count, of: candidates, seed: 4)
      #expect(drawn.count == min(count, 334) && drawn.allSatisfy { $0 % 3 == 0 })
    }
  }

  @Test func `the same seed draws the same, another one others, and more of them hold the fewer`() {
    let all = Array(0..<1000)
    #expect(drawn(100, of: all, seed: 1) == drawn(100, of: all.reversed(), seed: 1))
    #expect(drawn(100, of: all, seed: 1) != drawn(100, of: all, seed: 2))
    #expect(Set(drawn(100, of: all, seed: 1)).isSubset(of: drawn(200, of: all, seed: 1)))
  }

  @Test func `everybody is drawn about as often`() {
    var counts = Array(repeating: 0, count: 1000)
    for seed in UInt64(0)..<400 { for one in drawn(100, of: Array(0..<1000), seed: seed) { counts[one] += 1 } }
    #expect(counts.allSatisfy { (10...80).contains($0) }, "forty times, give or take")
  }
}
