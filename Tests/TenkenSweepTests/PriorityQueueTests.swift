import TenkenModel
import Testing

@testable import TenkenSweep

struct PriorityQueueTests {
  @Test func `what is due comes in the order of its times, ties by number`() {
    var chance = SplitMix64(seed: 11)
    for count in 0..<60 {
      var queue = PriorityQueue<Duration>()
      let entries = (0..<count).map { (due: Duration.seconds(Int.random(in: 0..<20, using: &chance)), number: $0) }
      for entry in entries.shuffled(using: &chance) { queue.insert(entry.number, rank: entry.due) }
      let expected = entries.sorted { ($0.due, $0.number) < ($1.due, $1.number) }.map(\.number)
      var order: [Int] = []
      for second in 0..<20 {
        while let number = queue.popFirst(upTo: .seconds(second)) {
          #expect(entries[number].due == .seconds(second))
          order.append(number)
        }
      }
      #expect(order == expected)
      #expect(queue.isEmpty && queue.least == nil && queue.popFirst() == nil)
    }
  }
}
