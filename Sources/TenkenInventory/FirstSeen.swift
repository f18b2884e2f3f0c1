internal import TenkenModel

/// Where each terminal id, and each address with its port, stands first: none may stand twice.
struct FirstSeen {
  private struct Place {
    let file: String
    let line: Int
  }

  private struct Endpoint: Hashable {
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

  /// Logs what else is at the address and port.
  mutating func check(
    _ address: TerminalAddress, _ port: UInt16, _ file: String, _ line: Int, _ log: inout ProblemLog
  ) {
    let endpoint = Endpoint(host: address.host, port: port)
    guard let first = endpoints.updateValue(Place(file: file, line: line), forKey: endpoint) else { return }
    endpoints[endpoint] = first
    log.add(
      file, line, "address \(address.text) port \(port) is here a second time",
      fix: "correct one of them (the first is at \(log.place(first.file, first.line)))")
  }
}
