internal import TenkenModel

/// Where each terminal id, and each address with its port and the way there, stands first: none may stand twice. Behind
/// different gateways the same address is another terminal's: private networks overlap.
struct FirstSeen {
  private struct Place {
    let file: String
    let line: Int
  }

  private struct Endpoint: Hashable {
    let gateways: [ID<Gateway>]
    let host: TerminalAddress.Host
    let port: UInt16
  }

  private var ids: [String: Place] = [:]
  private var endpoints: [Endpoint: Place] = [:]

  mutating func reserve(_ count: Int) {
    ids.reserveCapacity(ids.count + count)
    endpoints.reserveCapacity(endpoints.count + count)
  }

  /// Logs where the id stands first when it is not new.
  mutating func check(_ id: ID<Terminal>, _ file: String, _ line: Int, _ log: inout ProblemLog) {
    guard let first = ids.updateValue(Place(file: file, line: line), forKey: id.rawValue) else { return }
    ids[id.rawValue] = first
    log.add(
      file, line, "terminal \(id.rawValue.quoted) is here a second time",
      fix: "give it another id, or remove it (the first is at \(log.place(first.file, first.line)))")
  }

  /// Logs what else is at the address and port behind the same gateways.
  mutating func check(
    _ address: TerminalAddress, _ port: UInt16, behind gateways: [ID<Gateway>], _ file: String, _ line: Int,
    _ log: inout ProblemLog
  ) {
    let endpoint = Endpoint(gateways: gateways, host: address.host, port: port)
    guard let first = endpoints.updateValue(Place(file: file, line: line), forKey: endpoint) else { return }
    endpoints[endpoint] = first
    log.add(
      file, line, "address \(address.text) port \(port) is here a second time",
      fix: "correct one of them (the first is at \(log.place(first.file, first.line)))")
  }
}
