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
    #expect(inFlight.count <= fleetCeiling, "the fleet's ceiling holds")
    for tag in fleet.plan.inventory.terminals[terminal].tags {
      if let ceiling = fleet.ceiling(ofTag: tag) { #expect(busy(with: tag) <= ceiling, "a tag's holds") }
    }
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

  /// The ramp rises with each attempt that has ended.
  private var fleetCeiling: Int {
    let limits = fleet.plan.limits
    return limits.firstWave == 0 ? limits.concurrency : min(limits.concurrency, limits.firstWave + recorded)
  }

  func expectLastTry(_ start: SweepScheduler.Start) {
    let (tries, retries) = (tries[start.terminal, default: 0], fleet.plan.limits.retries)
    let isBroke = budgets[fleet.site(of: start.terminal).id, default: 0] <= 0
    #expect(start.isLastTry == (isBroke || tries > retries))
    #expect(start.isLastIfSlow == (isBroke || tries > (retries + 1) / 2))
  }

  /// Contacts begin within the hours of their site, and not faster than its pace.
  mutating func expectHoursAndPace(at site: Site) {
    #expect(fleet.isOpen(site, at: now), "nobody starts outside the hours of \(site.id)")
    if let pause = pause(at: site) { #expect(pause <= now, "\(site.id) has its pace") }
    lastStart[site.id] = now
  }

  /// Until when the pace of a site lets nobody start.
  private func pause(at site: Site) -> Duration? {
    guard let pace = site.connectsPerSecond, let last = lastStart[site.id] else { return nil }
    return last + .nanoseconds(1_000_000_000 / pace)
  }

  /// Nothing waits while something may start.
  func expectNothingToStart(besides ignored: Set<Int> = []) {
    if inFlight.count >= fleetCeiling { return }
    let openSSHHasRoom = busyOverOpenSSH < fleet.plan.limits.openSSH
    let sites = Set(fleet.plan.inventory.sites.filter(hasRoom).map(\.id))
    for (terminal, due) in ready
    where due <= now && sites.contains(fleet.site(of: terminal).id) && !ignored.contains(terminal) {
      let tags = fleet.plan.inventory.terminals[terminal].tags
      if tags.contains(where: { busy(with: $0) >= fleet.ceiling(ofTag: $0) ?? .max }) { continue }
      if openSSHHasRoom || client(of: terminal) == .builtIn { Issue.record("terminal \(terminal) may start and waits") }
    }
  }

  private func hasRoom(_ site: Site) -> Bool {
    busy(at: site) < fleet.plan.ceiling(of: site) && fleet.isOpen(site, at: now) && pause(at: site) ?? .zero <= now
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
  private func busy(with tag: String) -> Int {
    inFlight.keys.count { fleet.plan.inventory.terminals[$0].tags.contains(tag) }
  }
  private func busy(through gateway: ID<Gateway>) -> Int {
    inFlight.keys.count { fleet.gateways(of: $0).contains(gateway) }
  }
}
