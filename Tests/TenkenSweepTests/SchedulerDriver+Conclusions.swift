import TenkenModel
import TenkenSweep
import Testing

/// How contacts end, and what the driver makes of what happens to gateways.
extension SchedulerDriver {
  mutating func conclude(_ terminal: Int) {
    guard let start = inFlight[terminal] else { return }
    if start.isProbe, chance.unit() < 0.3 {
      scheduler.gotPast(terminal)
      takeChanges()
      if chance.unit() < 0.5 { return }
    }
    inFlight[terminal] = nil
    let path = fleet.gateways(of: terminal)
    if let gateway = path.first(where: { chance.unit() < fleet.failures[$0, default: 0] }) {
      if start.isFallback { fallShort(terminal, start, path) } else { turnBack(terminal, at: gateway, of: path) }
    } else {
      record(terminal, start)
    }
    takeChanges()
  }

  private mutating func turnBack(_ terminal: Int, at gateway: ID<Gateway>, of path: [ID<Gateway>]) {
    attempts[terminal, default: 0] -= 1
    tries[terminal, default: 0] -= 1
    ready[terminal] = now
    let mayPass = chance.unit() < fleet.patience
    scheduler.turnedBack(terminal, at: gateway, mayPass: mayPass, now: now)
    // Beyond the one that failed nothing was found out.
    for beyond in path.drop(while: { $0 != gateway }).dropFirst() where gates[beyond] == .probed(by: terminal) {
      gates[beyond] = .shut(until: .zero)
    }
  }

  /// Nothing was found out about any gateway, and the attempt counts.
  private mutating func fallShort(_ terminal: Int, _ start: SweepScheduler.Start, _ path: [ID<Gateway>]) {
    for gateway in path where gates[gateway] == .probed(by: terminal) { gates[gateway] = .shut(until: .zero) }
    recorded += 1
    if start.isLastTry || chance.unit() < 0.5 {
      finished.insert(terminal)
      scheduler.recorded(terminal, .end, gotPast: false, at: now)
    } else {
      ready[terminal] = now + Backoff().delay(after: start.attempt, terminal: terminal, seed: fleet.seed)
      budgets[fleet.site(of: terminal).id, default: 0] -= 1
      scheduler.recorded(terminal, .retry, gotPast: false, at: now)
    }
  }

  private mutating func record(_ terminal: Int, _ start: SweepScheduler.Start) {
    let attempt = attempts[terminal, default: 0]
    let isSlow = chance.unit() < 0.2
    recorded += 1
    if start.client == .builtIn, chance.unit() < 0.1 {
      takenOver.insert(terminal)
      // Beside the retries: the one that found out is not counted.
      tries[terminal, default: 0] -= 1
      ready[terminal] = now
      scheduler.recorded(terminal, .openSSH, at: now)
    } else if start.isLastTry || isSlow && start.isLastIfSlow || chance.unit() < 0.6 {
      finished.insert(terminal)
      scheduler.recorded(terminal, .end, at: now)
    } else {
      ready[terminal] = now + Backoff().delay(after: attempt, terminal: terminal, seed: fleet.seed)
      budgets[fleet.site(of: terminal).id, default: 0] -= 1
      if isSlow { slow.insert(terminal) }
      scheduler.recorded(terminal, .retry, isSlow: isSlow, at: now)
    }
  }

  private mutating func takeChanges() {
    for change in scheduler.takeHoldChanges() {
      log.changes.append(change)
      guard case .gateway(let gateway) = change.cause else {
        Issue.record("nothing is wrong with the sites themselves")
        continue
      }
      let gate = gates[gateway]
      switch change.standing {
      case .held(let due):
        #expect(due > now && gate != .givenUp)
        gates[gateway] = .shut(until: due)
      case .released:
        if case .probed? = gate {} else { Issue.record("released, and nobody had tried") }
        gates[gateway] = .open
      case .givenUp:
        #expect(gate != .givenUp, "given up once")
        gates[gateway] = .givenUp
      }
    }
  }
}
