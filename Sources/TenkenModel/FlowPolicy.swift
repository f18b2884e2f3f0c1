/// Which site may connect to which. What no rule allows between two sites is not allowed.
package struct FlowPolicy: Sendable, Hashable {
  /// What a rule is about at one of its ends.
  package enum End: Sendable, Hashable {
    case anySite
    case zone(FlowZone)

    package func covers(_ zone: FlowZone) -> Bool {
      switch self {
      case .anySite: zone.site != nil
      case .zone(let own): own == zone
      }
    }
  }

  package enum Layer: String, Sendable, Hashable, CaseIterable { case tcp, udp }

  /// A range of ports of the end that is connected to.
  package struct Ports: Sendable, Hashable {
    package let layer: Layer
    package let range: ClosedRange<UInt16>

    package init(_ range: ClosedRange<UInt16>, over layer: Layer = .tcp) {
      self.layer = layer
      self.range = range
    }
  }

  package struct Rule: Sendable, Hashable {
    package let from: [End]
    package let to: [End]
    /// Empty: every port, of TCP and of UDP.
    package let ports: [Ports]
    package let who: String
    package let why: String
    /// The end of its last day, in UTC; `nil`: it holds until it is taken out.
    package let until: Timestamp?
    /// Where it stands, for messages: `inventories/example/policy.yaml:3`.
    package let place: String

    package init(
      from: [End], to: [End], ports: [Ports] = [], who: String, why: String, until: Timestamp? = nil, place: String
    ) {
      self.from = from
      self.to = to
      self.ports = ports
      self.who = who
      self.why = why
      self.until = until
      self.place = place
    }

    /// - Parameter port: `nil` where it is not known: then only a rule for every port allows it.
    package func allows(_ from: FlowZone, _ to: FlowZone, _ layer: Layer, port: UInt16?) -> Bool {
      guard self.from.contains(where: { $0.covers(from) }), self.to.contains(where: { $0.covers(to) }) else {
        return false
      }
      if ports.isEmpty { return true }
      guard let port else { return false }
      return ports.contains { $0.layer == layer && $0.range.contains(port) }
    }
  }

  package enum Verdict: Sendable, Hashable { case authorised, expired, unauthorised, unjudged }

  package struct Zone: Sendable, Hashable {
    package let name: String
    package let networks: [Network]

    package init(name: String, networks: [Network]) {
      self.name = name
      self.networks = networks
    }
  }

  package let zones: [Zone]
  package let rules: [Rule]
  /// Of a connection that nothing allows.
  package let severity: Severity

  package init(zones: [Zone] = [], rules: [Rule], severity: Severity = .critical) {
    self.zones = zones
    self.rules = rules
    self.severity = severity
  }

  /// What it says of a connection that was seen at `time`. Connections inside a site are not its matter, nor are those
  /// with an end that nobody can place; of those with the internet it speaks only where a rule names the internet.
  package func verdict(
    from: FlowZone, to: FlowZone, _ layer: Layer, port: UInt16?, at time: Timestamp
  ) -> Verdict {
    guard from.isPlaced, to.isPlaced, from != to else { return .unjudged }
    if from == .internet || to == .internet, !namesInternet { return .unjudged }
    let allowing = rules.filter { $0.allows(from, to, layer, port: port) }
    if allowing.isEmpty { return .unauthorised }
    return allowing.contains { $0.until.map { time <= $0 } ?? true } ? .authorised : .expired
  }

  package var namesInternet: Bool {
    rules.contains { rule in (rule.from + rule.to).contains(.zone(.internet)) }
  }
}
