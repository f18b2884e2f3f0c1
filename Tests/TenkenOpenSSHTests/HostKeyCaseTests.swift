import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenOpenSSH

extension OverSockets {
  /// What becomes of a host by what is on record of it, and what it is sent: on a real OpenSSH server.
  struct HostKeyCaseTests {
    @Test(arguments: HostKeyCase.all)
    func `what is on record decides, and who is not believed is not authenticated to`(each: HostKeyCase) async throws {
      try await each.withServer { server in
        let endpoint = Station.endpoint(port: server.port, address: each.address, key: server.clientKey)
        let result = try await Station.withTransport(server, knownHosts: each.knownHosts(server)) { transport in
          await Station.run("exit 101", on: endpoint, over: transport)
        }
        await server.waitForLog("do_cleanup")
        // The log tells of messages, or it would prove nothing.
        #expect(server.messages.first == 20)
        #expect(result.failure?.outcome == each.refusal?.outcome, "\(result)")
        #expect(result.failure?.evidence.hostKey?.standing == each.refusal?.standing)
        if each.refusal == nil {
          #expect(result.run?.frames.isComplete == true)
          #expect(server.authentications.contains(50))
        } else {
          let reason = try each.reason(server)
          #expect(result.failure?.reason == reason)
          #expect(result.failure?.didAuthenticate == false)
          #expect(server.authentications == [])
        }
      }
    }
  }
}
