/// What aborted connections left behind, at most, after any of the rounds.
struct Remains: CustomStringConvertible {
  let connections: Int
  /// Whether nobody else in this process keeps anything: a real server's log is kept.
  private let countsHeap: Bool
  /// Connections that did not get as far as their phase.
  var absent = 0
  var descriptors = 0
  var sessions = 0
  private var heap = 0
  private var resident = 0

  /// libssh2 1.10 loses some 80 bytes where a key exchange is aborted; a task or an actor has a kilobyte and more. What
  /// malloc and the runtime keep for the next time does not grow with the connections.
  private static let bytesEach = 100
  private static let bytesInAll = 512 * 1024

  init(connections: Int, countsHeap: Bool) {
    self.connections = connections
    self.countsHeap = countsHeap
  }

  mutating func note(_ now: Traces, since before: Traces) {
    heap = now.heap - before.heap
    resident = now.resident - before.resident
  }

  var isNothing: Bool {
    absent == 0 && descriptors == 0 && sessions == 0
      && (!countsHeap || heap <= Self.bytesInAll + Self.bytesEach * connections)
  }

  var description: String {
    "\(descriptors) descriptors, \(sessions) sessions, \(heap) bytes (\(heap / connections) a connection), "
      + "resident \(resident / 1024) KiB" + (absent == 0 ? "" : "; \(absent) were not there")
  }
}
