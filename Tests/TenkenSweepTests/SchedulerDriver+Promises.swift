import TenkenModel
import TenkenPlan
import TenkenSweep
import Testing

/// What must hold at every step.
extension SchedulerDriver {
  func client(of terminal: Int) -> SSHClient {
    takenOver.contains(terminal) ? .openSSH : fleet.site(of: terminal).client ?? fleet.client
  }

  /// Never above any ceiling.
  func expectCeilings(around terminal: Int) {
    #expect(inFlight.count <= fleet.plan.limits.concurrency, "the fleet's ceiling holds")
    let site = fleet.site(of: terminal)
    #expect(busy(at: site) <= fleet.plan.ceiling(of: site), "the site's ceiling holds")
    for gateway in site.gateways { #expect(busy(through: gateway) <= fleet.ceiling(of: gateway), "a gateway's holds") }
    #expect(busyOverOpenSSH <= fleet.plan.limits.openSSH, "that of the system's ssh holds")
  }

  /// Nobody passes a gateway that is held, but one that tries it once the wait is over.
  mutating func expectGates(_ start: SweepScheduler.Start) {
    var isProbe = false
    for gateway in fleet.gateways(of: start.terminal) {
      switch gates[gateway] {
      case .shut(let due):
        #expect(due <= now, "a gateway is not tried before its time")
        gates[gateway] = .probed(by: start.terminal)
        isProbe = true
      case .probed, .givenUp, nil: Issue.record("nobody passes \(gateway)")
      case .open: continue
      }
    }
    #expect(start.isProbe == isProbe)
  }

  /// Nothing waits while something may start.
  func expectNothingToStart() {
    if inFlight.count >= fleet.plan.limits.concurrency { return }
    let openSSHHasRoom = busyOverOpenSSH < fleet.plan.limits.openSSH
    let sites = Set(fleet.plan.inventory.sites.filter(hasRoom).map(\.id))
    for (terminal, due) in ready where due <= now && sites.contains(fleet.site(of: terminal).id) {
      if openSSHHasRoom || client(of: terminal) == .builtIn { Issue.record("terminal \(terminal) may start and waits") }
    }
  }

  private func hasRoom(_ site: Site) -> Bool {
    busy(at: site) < fleet.plan.ceiling(of: site)
      && site.gateways.allSatisfy { busy(through: $0) < fleet.ceiling(of: $0) && mayPass($0) }
  }

  private func mayPass(_ gateway: ID<Gateway>) -> Bool {
    switch gates[gateway] {
    case .open: true
    case .shut(let due): due <= now
    case .probed, .givenUp, nil: false
    }
  }

  private var busyOverOpenSSH: Int { inFlight.values.count { $0.client == .openSSH } }
  private func busy(at site: Site) -> Int { inFlight.keys.count { fleet.site(of: $0).id == site.id } }
  private func busy(through gateway: ID<Gateway>) -> Int {
    inFlight.keys.count { fleet.gateways(of: $0).contains(gateway) }
  }
}
