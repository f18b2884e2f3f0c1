internal import TenkenModel
internal import TenkenTransport

/// What happens to gateways, sites and limits is told as the condition of the sites concerned.
extension Sweep {
  /// Makes durable what has happened to sites since this was asked last, then tells it. That a site is held for longer
  /// is told, and not recorded again.
  func tellConditions(_ state: inout State, holding: Holding, events: (SweepEvent) -> Void) async {
    for change in state.scheduler.takeHoldChanges() where !change.sites.isEmpty {
      let conditions = conditions(change, state)
      var nextTry: Duration?
      var isNew = true
      switch change.standing {
      case .held(let due):
        isNew = state.held.insert(change.cause).inserted
        nextTry = due - state.start.duration(to: clock.now)
      case .released, .givenUp: state.held.remove(change.cause)
      }
      do {
        if isNew { try await holding(conditions) }
        events(.conditions(conditions, nextTry: nextTry))
      } catch {
        state.failure = state.failure ?? error
        state.stop()
      }
    }
    for change in state.scheduler.takeHoursChanges() {
      let wait = change.opens.map { $0 - state.start.duration(to: clock.now) }
      events(.hours(change.site, opensIn: wait))
    }
  }

  private func conditions(_ change: HoldChange, _ state: State) -> [SiteCondition] {
    let standing: SiteCondition.Standing =
      switch change.standing {
      case .held: .held
      case .released: .released
      case .givenUp: .givenUp
      }
    let blame = Blame(for: change, state)
    let at = now()
    return change.sites.map { site in
      SiteCondition(
        site: site, standing: standing, gateway: blame.gateway, outcome: standing == .released ? nil : blame.outcome,
        reason: standing == .released ? "" : blame.reason, hostKey: standing == .released ? nil : blame.hostKey,
        pause: blame.pause, at: at)
    }
  }

  /// What a change is put down to.
  private struct Blame {
    var gateway: ID<Gateway>?
    var outcome: Outcome?
    var reason: String
    var hostKey: HostKeyEvidence?
    var pause: SiteCondition.Pause?

    init(for change: HoldChange, _ state: State) {
      switch change.cause {
      case .gateway(let gateway):
        let fault = state.causes[gateway]?.gatewayFault
        self.gateway = gateway
        (outcome, reason, hostKey) = (fault?.outcome, fault?.reason ?? "", fault?.hostKey)
      case .silence(let site):
        let last = state.silences[site]
        outcome = last?.outcome ?? .unreachable
        reason = "the site does not answer: \(last?.reason ?? "nobody was reached")"
      case .limit(let crossing, let pause):
        let remedy = LimitOverride(crossing.outcome, at: pause == .site ? change.sites.first : nil)
        self.pause = pause
        outcome = crossing.outcome
        reason = "\(crossing.text): the \(pause.rawValue) is paused; resume --override \(remedy.text) goes on"
      }
    }
  }
}
