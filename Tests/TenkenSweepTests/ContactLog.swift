import Synchronization
import TenkenModel
import TenkenTransport

/// Every contact that a scripted transport was asked for, in order.
final class ContactLog: Sendable {
  struct Entry: Sendable {
    let endpoint: Endpoint
    let time: Duration
  }

  private let state = Mutex<[Entry]>([])

  var entries: [Entry] { state.withLock { $0 } }

  func append(_ endpoint: Endpoint, at time: Duration) {
    state.withLock { $0.append(Entry(endpoint: endpoint, time: time)) }
  }

  func times(at site: ID<Site>) -> [Duration] { entries.filter { $0.endpoint.site == site }.map(\.time) }
}
