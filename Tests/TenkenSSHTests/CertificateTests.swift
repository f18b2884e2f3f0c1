import Foundation
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// User certificates, against a real OpenSSH server that knows no key, only who certifies them.
  struct CertificateTests {
    /// Lends the server, and a directory with the authority that it trusts.
    private func withServer(_ body: (OpenSSHServer, URL, SSHKey) async throws -> Void) async throws {
      try await withTemporaryDirectory { directory in
        let authority = try SSHKey("authority", in: directory)
        var configuration = OpenSSHServer.Configuration()
        configuration.lines = ["TrustedUserCAKeys \(authority.path).pub"]
        try await withOpenSSHServer(configuration) { try await body($0, directory, authority) }
      }
    }

    private func output(
      _ server: OpenSSHServer, _ identity: Credential.Identity, held: [HeldKey] = [], agent: SSHAgent? = nil
    ) async throws -> String {
      let lines = try server.knownHosts()
      return try await Station.withTransport(
        knownHosts: lines, identities: [identity], held: held,
        environment: agent.map { ["SSH_AUTH_SOCK": $0.socket] } ?? [:]
      ) { transport in
        let endpoint = Station.endpoint(port: server.port, identity: identity)
        return try await Station.run("echo in", on: endpoint, over: transport).get().output
      }
    }

    @Test func `an ECDSA certificate beside the key file logs in`() async throws {
      try await withServer { server, directory, authority in
        for bits in ["256", "384", "521"] {
          let key = try SSHKey("key\(bits)", in: directory, ["-t", "ecdsa", "-b", bits])
          let bare = await #expect(throws: ContactFailure.self) { try await output(server, .file(key.path)) }
          #expect(bare?.outcome == .authFailed)
          try key.certify(by: authority)
          #expect(try await output(server, .file(key.path)) == "in\n", "\(bits)")
        }
        #expect(server.log.contains("ECDSA-CERT"))
      }
    }

    @Test func `a certificate that an agent holds logs in, by agent and by the name of its file`() async throws {
      try await withServer { server, directory, authority in
        let key = try SSHKey("key", in: directory, ["-t", "ecdsa"])
        try key.certify(by: authority)
        try await withSSHAgent(keys: [key.path]) { agent in
          for identity in [Credential.Identity.agent, .file(key.certificate)] {
            let output = try await output(server, identity, agent: agent)
            #expect(output == "in\n", "\(identity)")
          }
          let bare = await #expect(throws: ContactFailure.self) {
            try await output(server, .file(key.path + ".pub"), agent: agent)
          }
          #expect(bare?.outcome == .authFailed)
        }
      }
    }

    @Test func `an encrypted key with a certificate beside it logs in through the agent that holds it`() async throws {
      try await withServer { server, directory, authority in
        let key = try SSHKey("key", in: directory, ["-t", "ecdsa"])
        try await withSSHAgent(keys: [key.path]) { agent in
          try key.encrypt()
          try key.certify(by: authority)
          let held = [HeldKey(file: key.path, socket: agent.socket)]
          #expect(try await output(server, .file(key.path), held: held) == "in\n")
        }
      }
    }

    @Test func `a refused certificate is named in the reason`() async throws {
      try await withServer { server, directory, authority in
        let key = try SSHKey("key", in: directory, ["-t", "ecdsa"])
        try key.certify(by: authority, user: "somebody-else")
        let refused = await #expect(throws: ContactFailure.self) { try await output(server, .file(key.path)) }
        #expect(refused?.outcome == .authFailed)
        #expect(refused?.reason.contains(#"(certificate "a name")"#) == true, "\(refused?.reason ?? "-")")
      }
    }
  }
}
