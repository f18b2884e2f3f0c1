import TenkenModel
import TenkenTransport
import Testing

struct TransportRouterTests {
  /// Refuses everybody, by name.
  private struct Refusing: Transport {
    let name: String

    func withSession<Value: Sendable>(
      on endpoint: Endpoint, _ body: (any Session) async -> Value
    ) async throws(ContactFailure) -> Value {
      throw ContactFailure(.unreachable, name)
    }
  }

  private static func endpoint(_ client: SSHClient) -> Endpoint {
    Endpoint(
      terminal: "here", site: "here", address: "127.0.0.1", port: 22,
      credential: Credential(name: "none", user: "nobody", identity: .agent), client: client, limits: Limits())
  }

  private static func failure(_ router: TransportRouter, _ client: SSHClient) async -> ContactFailure? {
    do throws(ContactFailure) {
      try await router.withSession(on: endpoint(client)) { _ in }
      return nil
    } catch {
      return error
    }
  }

  @Test func `each terminal is contacted through the client that its endpoint names`() async {
    let router = TransportRouter(builtIn: Refusing(name: "built-in"), openSSH: Refusing(name: "OpenSSH"))
    #expect(await Self.failure(router, .builtIn)?.reason == "built-in")
    #expect(await Self.failure(router, .openSSH)?.reason == "OpenSSH")
  }

  @Test func `without ssh(1) its terminals are unsupported, and the others contacted`() async {
    let router = TransportRouter(builtIn: Refusing(name: "built-in"), openSSH: nil)
    #expect(await Self.failure(router, .builtIn)?.reason == "built-in")
    let failure = await Self.failure(router, .openSSH)
    #expect(failure?.outcome == .unsupported)
    #expect(failure?.isForOpenSSH == false)
  }
}
