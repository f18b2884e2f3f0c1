internal import TenkenAnalysis
internal import TenkenModel

extension Flow.Verdict {
  /// In the tone of the state that it comes to.
  var state: TerminalState {
    switch self {
    case .unauthorised: .suspect
    case .expired: .unsound
    case .undirected, .unjudged: .undetermined
    case .authorised: .sound
    }
  }
}

extension FlowMatrix {
  /// What it was judged by, in a sentence.
  var ground: String {
    guard isAsked else { return "No check of this sweep tells of connections (net.peers, login.sources)." }
    guard let policy else {
      return "The inventory has no flow policy (policy.yaml), so that nothing is judged: this is what was seen."
    }
    let internet =
      policy.namesInternet
      ? "" : " Connections with the internet are counted and not judged, since no rule names the internet."
    return "Judged by policy.yaml, \(policy.rules.count.of("rule")): what none of them allows between two sites is not "
      + "allowed.\(internet)"
  }

  /// `12 of 40 told`: nobody told, nobody looked.
  func base(of zone: FlowZone) -> String? {
    zone.site.flatMap { bases[$0] }.map { "\($0.heard.grouped) of \($0.listed.grouped) told" }
  }

  /// What the cell of two sites rests on, where nothing was seen.
  func silence(from: ID<Site>, to: ID<Site>) -> String {
    let heard = (bases[from]?.heard ?? 0) + (bases[to]?.heard ?? 0)
    return heard == 0 ? "not observed" : "none seen"
  }

  /// Pairs of sites in which nothing was seen, and how many of those rest on nobody at all.
  func unseenPairs(of sites: [ID<Site>]) -> (count: Int, unobserved: Int) {
    let seen = Set(cells.compactMap { cell in cell.from.site.flatMap { from in cell.to.site.map { [from, $0] } } })
    var (count, unobserved) = (0, 0)
    for from in sites {
      for to in sites where from != to && !seen.contains([from, to]) {
        count += 1
        if (bases[from]?.heard ?? 0) + (bases[to]?.heard ?? 0) == 0 { unobserved += 1 }
      }
    }
    return (count, unobserved)
  }

  /// Those with an end at one of these sites, for a report of some sites only.
  func touching(_ sites: Set<ID<Site>>, in inventory: Inventory) -> (cells: [Cell], flows: [Flow], shadows: [Shadow]) {
    let isNear: (FlowZone) -> Bool = { $0.site.map(sites.contains) ?? false }
    return (
      cells.filter { isNear($0.from) || isNear($0.to) },
      flows.filter { isNear($0.from.zone) || isNear($0.to.zone) },
      shadows.filter { isNear($0.zone) || $0.seenBy.contains { sites.contains(inventory.terminals[$0].site) } }
    )
  }
}

extension Flow {
  /// Whether a person must look at it: nobody answers for it, or its other end denies it.
  var isOpen: Bool { (verdict != .authorised && verdict != .unjudged) || echo == .denied }

  /// `3 logins of alice by password`, `1 connection of /usr/bin/ssh`.
  var what: String {
    switch evidence {
    case .login: "\(count.of("login")) of \(detail)"
    case .socket: detail.isEmpty ? count.of("connection") : "\(count.of("connection")) of \(detail)"
    }
  }

  var service: String { port.map { "\($0)/\(layer.rawValue)" } ?? layer.rawValue }
}
