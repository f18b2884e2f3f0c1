package import TenkenModel

/// Who connected to whom, site by site, and what it rests on: nothing seen where nobody looked is not nothing.
package struct FlowMatrix: Sendable {
  /// Of one site: how many of its terminals could have told.
  package struct Base: Sendable, Hashable {
    package let listed: Int
    /// Those that told of their connections or of their logins.
    package let heard: Int
  }

  package struct Cell: Sendable {
    package let from: FlowZone
    package let to: FlowZone
    package fileprivate(set) var counts: [Flow.Verdict: Int] = [:]
    /// Addresses of both ends.
    package fileprivate(set) var hosts: Set<String> = []
    package fileprivate(set) var first: Timestamp?
    package fileprivate(set) var last: Timestamp?

    package subscript(_ verdict: Flow.Verdict) -> Int { counts[verdict] ?? 0 }

  }

  /// An address that terminals talk to and that no inventory lists, although it is one of the company's.
  package struct Shadow: Sendable {
    package let address: String
    package let zone: FlowZone
    /// Indices of the terminals that talked with it, in the order of the inventory.
    package let seenBy: [Int]
    package let last: Timestamp
  }

  /// `nil`: there is none, so nothing was judged.
  package let policy: FlowPolicy?
  package let bases: [ID<Site>: Base]
  /// Indices of the terminals that told of their connections, and of those that told of their logins.
  package let heardSockets: Set<Int>
  package let heardLogins: Set<Int>
  /// Why it cannot be said of a terminal that a finding is not on it, by its index: a flow of its own that nobody judged,
  /// or of which the other end was not heard.
  package let doubts: [Int: Set<FlowFinding>]
  /// In the order of their zones; only those in which something was seen.
  package let cells: [Cell]
  /// All but those with the internet that the policy does not speak of, the worst first.
  package let flows: [Flow]
  /// Seen by the most terminals first.
  package let shadows: [Shadow]
  /// Connections inside a site: they are counted only.
  package let inside: Int

  package subscript(_ from: FlowZone, _ to: FlowZone) -> Cell? { cells.first { $0.from == from && $0.to == to } }

  /// Whether a check of the sweep tells of connections at all.
  package let isAsked: Bool
}

extension FlowMatrix {
  /// Indices of the terminals that told of anything.
  package var heard: Set<Int> { heardSockets.union(heardLogins) }

  /// Whether a terminal told of what shows such a finding: logins show no direction and no other end.
  package func couldTell(_ finding: FlowFinding, _ terminal: Int) -> Bool {
    switch finding {
    case .unauthorised, .expired: heardSockets.contains(terminal) || heardLogins.contains(terminal)
    case .denied, .undirected: heardSockets.contains(terminal)
    }
  }

  /// Why nobody can say that a finding is not on a terminal that told; `nil` where it can be said.
  package func doubt(of finding: FlowFinding, on terminal: Int) -> String? {
    guard doubts[terminal]?.contains(finding) == true else { return nil }
    return finding == .denied ? "the other end of some was not heard" : "some have an end that nobody can place"
  }
}

extension FlowMatrix.Cell {
  init(from: FlowZone, to: FlowZone) {
    self.from = from
    self.to = to
  }

  /// One service between two ends, as several may have told of it: it counts once, by the worst verdict.
  mutating func add(_ flows: [Flow]) {
    guard let worst = Flow.Verdict.allCases.first(where: { verdict in flows.contains { $0.verdict == verdict } }) else {
      return
    }
    counts[worst, default: 0] += 1
    for flow in flows { note([flow.from.address, flow.to.address], at: flow.last) }
  }

  mutating func add(unjudged count: Int, hosts: [String], at time: Timestamp) {
    counts[.unjudged, default: 0] += count
    note(hosts, at: time)
  }

  private mutating func note(_ addresses: [String], at time: Timestamp) {
    hosts.formUnion(addresses)
    first = min(first ?? time, time)
    last = max(last ?? time, time)
  }
}
