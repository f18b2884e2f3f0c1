package import TenkenModel

/// A change in whether a gateway can be passed.
package struct GatewayChange: Sendable, Hashable {
  package enum Standing: Sendable, Hashable {
    /// Nobody is sent there before then.
    case held(until: Duration)
    case released
    case givenUp
  }

  package let gateway: ID<Gateway>
  package let standing: Standing
  /// The sites behind it that have something left to do.
  package let sites: [ID<Site>]
}

extension SweepScheduler {
  /// What happened to gateways since this was asked last, in order.
  package mutating func takeGatewayChanges() -> [GatewayChange] {
    defer { gatewayChanges = [] }
    return gatewayChanges
  }

  mutating func note(_ passage: Int, _ standing: GatewayChange.Standing) {
    guard let gateway = map.gateway(at: passage) else { return }
    let sites = map.behind[passage].filter { map.sites[$0].unfinished > 0 }
    gatewayChanges.append(
      GatewayChange(gateway: gateway, standing: standing, sites: sites.map { plan.inventory.sites[$0].id }))
  }
}
