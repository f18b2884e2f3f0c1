internal import TenkenModel

/// What a scheduler knows of one site beside its queues.
struct SiteState: Sendable {
  /// What each of its contacts takes a slot of, in the order in which it is passed: the site, then its gateways.
  let path: [Int]
  /// Who speaks to its terminals.
  let client: SSHClient
  let hours: SiteHours?
  var pacer: Pacer
  /// Whether its hours let contacts begin.
  var isWithinHours = true
  /// Whether nothing starts here any more in this run.
  var isStopped = false
  /// Terminals without their final attempt.
  var unfinished = 0
  /// Further attempts that are left to it.
  var retries = 0
  var tally = Tally()

  /// Whether anybody may start here, passages and pace apart.
  var takesContacts: Bool { isWithinHours && !isStopped }
}

extension SiteState {
  init(of site: Int, _ map: PassageMap, plan: Plan, client: SSHClient, offset: @escaping SiteHours.Offset) {
    let described = map.sites[site]
    path = map.path(from: site)
    self.client = described?.client ?? client
    let windows = described?.windows ?? []
    hours = windows.isEmpty ? nil : SiteHours(windows, zone: described?.timeZone ?? "UTC", offset: offset)
    pacer = Pacer(
      connectsPerSecond: described?.connectsPerSecond ?? plan.limits.connectsPerSecond,
      bytesPerSecond: described?.bytesPerSecond ?? plan.limits.bytesPerSecond)
  }
}
