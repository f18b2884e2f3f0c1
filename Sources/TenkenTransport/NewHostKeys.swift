internal import Synchronization
internal import TenkenCrypto
package import TenkenModel

/// Host keys that are taken on first sight, by terminal: what a sweep that records new keys has accepted so far. The
/// key that a terminal showed first is the only one that it may show again.
package final class NewHostKeys: Sendable {
  private let fingerprints: Mutex<[ID<Terminal>: String]>

  package init() { fingerprints = Mutex([:]) }

  /// Keys that earlier attempts of the sweep accepted, by their fingerprints.
  package func remember(_ earlier: [ID<Terminal>: String]) {
    fingerprints.withLock { known in known.merge(earlier) { _, earlier in earlier } }
  }

  /// What `accepts` would say, before the terminal has proven that the key is its own.
  package func mayAccept(_ key: HostKey, of terminal: ID<Terminal>) -> Bool {
    fingerprints.withLock { $0[terminal] ?? key.fingerprint } == key.fingerprint
  }

  /// Whether the terminal may show this key: it is the first that it shows, or that one again.
  package func accepts(_ key: HostKey, of terminal: ID<Terminal>) -> Bool {
    fingerprints.withLock { known in
      let first = known[terminal, default: key.fingerprint]
      known[terminal] = first
      return first == key.fingerprint
    }
  }
}
