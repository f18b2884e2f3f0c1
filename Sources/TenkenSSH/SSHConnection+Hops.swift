import NIOCore
import TenkenModel
import TenkenTransport

/// The way of a contact through jump hosts.
extension SSHConnection {
  /// Waits until there is a connection to the last jump host, and for the turn to have a tunnel opened there.
  func connectByGateway() async throws(Interruption) {
    begin(.awaitingGateway, within: waitForGateway)
    try judgeAddress()
    let request = TunnelRequest(
      contact: self, host: endpoint.address, port: endpoint.port, promise: loop.makePromise(of: Void.self))
    await gateways.ask(request)
    let result: Result<Void, any Error>
    do throws(Interruption) {
      result = try await wait(for: request.promise.futureResult)
    } catch {
      await gateways.withdraw(self)
      throw error
    }
    if case .failure(let error) = result { throw error as? Interruption ?? .closed(String(describing: error)) }
  }

  /// What the jump host is to dial must be an address where there are networks to hold it against.
  private func judgeAddress() throws(Interruption) {
    let policy = AddressPolicy(endpoint.networks)
    if let address = NameResolver.literal(endpoint.address, port: endpoint.port) {
      _ = try policy.permitted([address], forGateway: gateway != nil)
    } else if !endpoint.networks.isEmpty, gateway == nil {
      let name = endpoint.address.escapedForPeople(maxLength: 100)
      throw .failed(
        .unreachable,
        "not dialled: the gateway would look up \(name), and nothing holds the answer against the networks")
    }
  }

  /// Each jump host has its own deadlines; beyond them, ten others may be before this one that are never answered.
  private var waitForGateway: Duration {
    let limits = endpoint.limits
    return (limits.connectTimeout + limits.loginTimeout) * endpoint.hops.count + limits.connectTimeout * 10
  }

  /// The jump host has begun to dial. False where nobody waits for it any longer.
  func beginConnecting() -> Bool {
    guard interruption == nil else { return false }
    begin(.connecting, within: endpoint.limits.connectTimeout)
    let address = NameResolver.literal(endpoint.address, port: endpoint.port).map(Self.text)
    let hops = endpoint.hops.map(\.gateway.id.rawValue).joined(separator: ", ")
    evidence.dialled = "\(address ?? "\(endpoint.address.escapedForPeople()):\(endpoint.port)") via \(hops)"
    return true
  }
}
