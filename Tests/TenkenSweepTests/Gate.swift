/// Holds whoever comes until it is opened; tells when so many have come.
actor Gate {
  private var isOpen = false
  private var held: [CheckedContinuation<Void, Never>] = []
  private var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

  func pass() async {
    guard !isOpen else { return }
    await withCheckedContinuation { continuation in
      held.append(continuation)
      let count = held.count
      for watcher in watchers where watcher.count <= count { watcher.continuation.resume() }
      watchers.removeAll { $0.count <= count }
    }
  }

  func untilHolding(_ count: Int) async {
    guard held.count < count else { return }
    await withCheckedContinuation { watchers.append((count, $0)) }
  }

  func open() {
    isOpen = true
    for continuation in held { continuation.resume() }
    held = []
  }
}
