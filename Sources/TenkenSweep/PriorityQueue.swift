/// Numbers by rank, the least first, those of one rank in their own order: so that the order does not depend on that of
/// the insertions. A binary heap.
struct PriorityQueue<Rank: Comparable & Sendable>: Sendable {
  private struct Entry: Sendable {
    let rank: Rank
    let number: Int

    static func < (left: Entry, right: Entry) -> Bool { (left.rank, left.number) < (right.rank, right.number) }
  }

  private var heap: [Entry] = []

  var isEmpty: Bool { heap.isEmpty }
  var least: Rank? { heap.first?.rank }
  /// In no order.
  var numbers: [Int] { heap.map(\.number) }

  mutating func insert(_ number: Int, rank: Rank) {
    heap.append(Entry(rank: rank, number: number))
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func popFirst() -> Int? {
    guard let first = heap.first else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    sink()
    return first.number
  }

  /// `nil` where every rank is above this one.
  mutating func popFirst(upTo rank: Rank) -> Int? {
    guard let least, least <= rank else { return nil }
    return popFirst()
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
