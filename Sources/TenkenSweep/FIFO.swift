/// First in, first out, each at amortised constant cost: an array's `removeFirst` moves all that follows.
struct FIFO<Element: Sendable>: Sendable {
  private var elements: [Element] = []
  private var head = 0

  var isEmpty: Bool { head == elements.count }

  mutating func append(_ element: Element) { elements.append(element) }

  mutating func popFirst() -> Element? {
    guard !isEmpty else { return nil }
    defer { forgetTaken() }
    return elements[head]
  }

  private mutating func forgetTaken() {
    head += 1
    guard head >= 64, head * 2 >= elements.count else { return }
    elements.removeFirst(head)
    head = 0
  }
}
