import TenkenModel
import Testing

@testable import TenkenSweep

struct RetryQueueTests {
  @Test func `what is due comes in the order of its times, ties by terminal`() {
    var chance = SplitMix64(seed: 11)
    for count in 0..<60 {
      var queue = RetryQueue()
      let entries = (0..<count).map { (due: Duration.seconds(Int.random(in: 0..<20, using: &chance)), terminal: $0) }
      for entry in entries.shuffled(using: &chance) { queue.insert(entry.terminal, due: entry.due) }
      let expected = entries.sorted { ($0.due, $0.terminal) < ($1.due, $1.terminal) }.map(\.terminal)
      var order: [Int] = []
      for second in 0..<20 {
        while let terminal = queue.popDue(at: .seconds(second)) {
          #expect(entries[terminal].due == .seconds(second))
          order.append(terminal)
        }
      }
      #expect(order == expected)
      #expect(queue.isEmpty && queue.earliest == nil)
    }
  }
}
