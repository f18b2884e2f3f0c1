internal import TenkenModel
internal import TenkenTransport

/// What happens to gateways is told as the condition of the sites behind them.
extension Sweep {
  /// Makes durable what has happened to gateways since this was asked last, then tells it. That a site is held for
  /// longer is told, and not recorded again.
  func tellConditions(_ state: inout State, holding: Holding, events: (SweepEvent) -> Void) async {
    for change in state.scheduler.takeGatewayChanges() {
      let conditions = conditions(change, cause: state.causes[change.gateway])
      var nextTry: Duration?
      var isNew = true
      switch change.standing {
      case .held(let due):
        isNew = state.held.insert(change.gateway).inserted
        nextTry = due - state.start.duration(to: clock.now)
      case .released, .givenUp: state.held.remove(change.gateway)
      }
      do {
        if isNew { try await holding(conditions) }
        events(.conditions(conditions, nextTry: nextTry))
      } catch {
        state.failure = state.failure ?? error
        state.stop()
      }
    }
  }

  private func conditions(_ change: GatewayChange, cause: ContactFailure?) -> [SiteCondition] {
    let at = now()
    let (standing, failure): (SiteCondition.Standing, ContactFailure?) =
      switch change.standing {
      case .held: (.held, cause)
      case .released: (.released, nil)
      case .givenUp: (.givenUp, cause)
      }
    return change.sites.map { site in
      SiteCondition(
        site: site, standing: standing, gateway: change.gateway, outcome: failure?.gatewayFault?.outcome,
        reason: failure?.gatewayFault?.reason ?? "", hostKey: failure?.gatewayFault?.hostKey, at: at)
    }
  }
}
