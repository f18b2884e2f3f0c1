internal import TenkenModel

/// What the conditions of sites come to: what holds them up, and what their gateways brought to light.
struct SiteConditions {
  private struct Alarm: Hashable {
    let gateway: ID<Gateway>
    let finding: ContactFinding
  }

  private let holds: [ID<Site>: [SiteHold]]
  private var alarms: [ID<Site>: [Alarm: String]] = [:]

  /// - Parameter conditions: of all runs of the sweep, in the order in which they were recorded.
  init(_ conditions: [SiteCondition]) {
    holds = Dictionary(grouping: SiteHold.open(in: conditions), by: \.site)
    // Released or not: what was seen once stays seen.
    for condition in conditions {
      guard let gateway = condition.gateway, let finding = Self.finding(condition) else { continue }
      alarms[condition.site, default: [:]][Alarm(gateway: gateway, finding: finding)] = Self.message(condition)
    }
  }

  /// What keeps the site from being contacted, the eldest first.
  func holds(of site: ID<Site>) -> [SiteHold] { holds[site] ?? [] }

  /// What gateways brought to light, over these sites, the worst first.
  func findings(at sites: [Site]) -> [Finding] {
    var places: [Alarm: [Finding.Place]] = [:]
    for site in sites {
      for (alarm, message) in alarms[site.id] ?? [:] {
        places[alarm, default: []].append(Finding.Place(site: site.id, message: message))
      }
    }
    return Finding.ordered(
      places.map { alarm, places in
        Finding(
          subject: .gateway(alarm.gateway, alarm.finding), severity: alarm.finding.severity, isIntegrity: true,
          places: places)
      })
  }

  private static func finding(_ condition: SiteCondition) -> ContactFinding? {
    if condition.hostKey?.standing == .revoked { return .hostKeyRevoked }
    if condition.hostKey?.standing == .mismatch || condition.outcome == .hostKeyMismatch { return .hostKeyMismatch }
    return condition.outcome == .hostile ? .hostile : nil
  }

  private static func message(_ condition: SiteCondition) -> String {
    guard let key = condition.hostKey, !condition.reason.contains(key.fingerprint) else { return condition.reason }
    return "\(condition.reason); it offered \(key.type) \(key.fingerprint)"
  }
}
