internal import Synchronization
package import TenkenModel
internal import TenkenTransport

/// The contacts that are being made at this moment: one that hangs can be named before its deadline has passed.
package final class InFlightBoard: Sendable {
  private struct Entry: Sendable {
    let site: ID<Site>
    let attempt: Int
    let began: Timestamp
    let gauge: PhaseGauge
  }

  private let entries = Mutex<[ID<Terminal>: Entry]>([:])

  init() {}

  /// A terminal is contacted once at a time.
  func enter(_ terminal: Terminal, attempt: Int, now: @escaping @Sendable () -> Timestamp) -> PhaseGauge {
    let gauge = PhaseGauge(now: now)
    let entry = Entry(site: terminal.site, attempt: attempt, began: gauge.reading.since, gauge: gauge)
    entries.withLock { $0[terminal.id] = entry }
    return gauge
  }

  func leave(_ terminal: ID<Terminal>) { _ = entries.withLock { $0.removeValue(forKey: terminal) } }

  /// Those that began first come first.
  package var contacts: [InFlight] {
    entries.withLock { $0 }.map { terminal, entry in
      let (phase, since) = entry.gauge.reading
      return InFlight(
        terminal: terminal, site: entry.site, attempt: entry.attempt, began: entry.began, phase: phase,
        phaseBegan: since)
    }.sorted { ($0.began, $0.terminal.rawValue) < ($1.began, $1.terminal.rawValue) }
  }
}
