import TenkenSweep
import Testing

struct BackoffTests {
  @Test func `each wait is between half and all of its step, and never above the cap`() {
    let backoff = Backoff()
    for (attempt, longest) in [(1, 2), (2, 6), (3, 18), (4, 54), (5, 60), (6, 60), (1000, 60)] {
      let delays = (0..<200).map { backoff.delay(after: attempt, terminal: $0, seed: 5) }
      #expect(delays.allSatisfy { $0 >= .seconds(longest) / 2 && $0 <= .seconds(longest) })
      #expect(Set(delays).count > 190, "what failed together does not come back together")
    }
  }

  @Test func `a wait depends on seed, terminal and attempt, and on nothing else`() {
    let backoff = Backoff()
    let delay = backoff.delay(after: 1, terminal: 4, seed: 9)
    #expect(delay == backoff.delay(after: 1, terminal: 4, seed: 9))
    #expect(delay != backoff.delay(after: 1, terminal: 5, seed: 9))
    #expect(delay != backoff.delay(after: 1, terminal: 4, seed: 10))
  }
}
