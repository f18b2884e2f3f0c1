internal import TenkenModel

/// Contacts each terminal through the client that its endpoint names.
package struct TransportRouter: Transport {
  private let builtIn: any Transport
  private let openSSH: (any Transport)?

  /// - Parameter openSSH: `nil` where the station has no ssh(1).
  package init(builtIn: any Transport, openSSH: (any Transport)?) {
    self.builtIn = builtIn
    self.openSSH = openSSH
  }

  package func withSession<Value: Sendable>(
    on endpoint: Endpoint, _ body: (any Session) async -> Value
  ) async throws(ContactFailure) -> Value {
    switch endpoint.client {
    case .builtIn: return try await builtIn.withSession(on: endpoint, body)
    case .openSSH:
      guard let openSSH else { throw ContactFailure(.unsupported, "there is no ssh(1) on this station") }
      return try await openSSH.withSession(on: endpoint, body)
    }
  }
}
