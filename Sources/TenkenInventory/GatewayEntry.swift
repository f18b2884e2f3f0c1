internal import TenkenModel

/// A gateway of `sites.yaml`, with where it is.
struct GatewayEntry {
  let gateway: Gateway
  let host: TerminalAddress.Host

  /// `nil` where it lacks what it needs, which is logged.
  init?(_ id: ID<Gateway>, _ section: YAMLSection, fleet: FleetFile?, _ log: inout ProblemLog) {
    section.demand("address", example: "address: IP ADDRESS OR HOST NAME", &log)
    section.demand("credential", example: "credential: NAME, one of fleet.yaml", &log)
    let address = section.value("address", &log, TerminalAddress.init)
    let port = section.value("port", &log, Port.number)
    let keys = section.value("host-key", &log) { text throws(Malformed) in
      try HostKey.keys(text)
    }
    let credential = section.text("credential", &log)
    fleet?.credentials.refuseUnknown(credential, &log)
    let limits = section.section(
      "limits", title: "the limits of gateway \(id.rawValue.quoted)", known: LimitsSection.gatewayKeys, &log)
    let concurrency = LimitsSection.ownConcurrency(limits, &log)
    guard let address, let credential else { return nil }
    host = address.host
    gateway = Gateway(
      id: id, address: address.text, port: port ?? 22, credential: credential.value, pinnedKeys: keys ?? [],
      concurrency: concurrency ?? Gateway.usualConcurrency)
  }
}
