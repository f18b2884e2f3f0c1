/// Terminals that wait to be contacted again, the earliest first (a binary heap). None of them holds a slot.
struct RetryQueue: Sendable {
  private struct Entry: Sendable {
    let due: Duration
    let terminal: Int

    /// Ties go by terminal, so that the order does not depend on that of the insertions.
    static func < (left: Entry, right: Entry) -> Bool { (left.due, left.terminal) < (right.due, right.terminal) }
  }

  private var heap: [Entry] = []

  var isEmpty: Bool { heap.isEmpty }
  var earliest: Duration? { heap.first?.due }

  mutating func insert(_ terminal: Int, due: Duration) {
    heap.append(Entry(due: due, terminal: terminal))
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// The terminal that has waited long enough at `now`, the earliest first; `nil` where none has.
  mutating func popDue(at now: Duration) -> Int? {
    guard let first = heap.first, first.due <= now else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    sink()
    return first.terminal
  }

  private mutating func sink() {
    var parent = 0
    while true {
      let children = (2 * parent + 1)..<min(2 * parent + 3, max(heap.count, 2 * parent + 1))
      guard let least = children.min(by: { heap[$0] < heap[$1] }), heap[least] < heap[parent] else { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
