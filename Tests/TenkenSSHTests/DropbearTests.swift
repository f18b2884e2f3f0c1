import Foundation
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// Against a real Dropbear.
  @Suite(.enabled(if: DropbearServer.obstacle == nil, "\(DropbearServer.obstacle ?? "")"))
  struct DropbearTests {
    private func contact(
      _ options: [String],
      _ check: (Result<Execution, ContactFailure>, DropbearServer) throws -> Void
    ) async throws {
      try await withTemporaryDirectory { directory in
        let key = try SSHKey("key", in: directory, options)
        try await withDropbear(keys: [key.publicLine]) { server in
          let identity = Credential.Identity.file(key.path)
          let endpoint = Station.endpoint(port: server.port, user: DropbearServer.account.name, identity: identity)
          let result = try await Station.withTransport(knownHosts: server.knownHosts, identities: [identity]) {
            await Station.run("echo in", on: endpoint, over: $0)
          }
          await server.waitForLog("Exit ")
          try check(result, server)
        }
      }
    }

    @Test(arguments: ["ed25519", "ecdsa"])
    func `a key logs in`(type: String) async throws {
      try await contact(["-t", type]) { result, server in
        #expect(result.output == "in\n", "\(result)")
        #expect(server.log.contains("Pubkey auth succeeded for 'kiosk'"))
      }
    }

    @Test func `an RSA key is left to another client, and no attempt is made with it`() async throws {
      try await contact(["-t", "rsa", "-b", "2048"]) { result, server in
        #expect(result.failure?.outcome == .unsupported)
        #expect(result.failure?.isForOpenSSH == true)
        #expect(result.failure?.didAuthenticate == false)
        #expect(result.failure?.evidence.hostKey?.standing == .recorded)
        let reason = result.failure?.reason ?? ""
        #expect(reason.hasPrefix("the server (SSH-2.0-dropbear"), "\(reason)")
        #expect(reason.hasSuffix(") does not know an RSA key by the name rsa-sha2-512, under which libssh2 shows it"))
        // It names whoever tried.
        #expect(server.log.contains("Exit before auth") && !server.log.contains("(user "), "\(server.log)")
      }
    }
  }
}
