import Foundation
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// What a real OpenSSH server logs of a login: the requests, one by one.
  struct OneAttemptTests {
    /// The methods that were asked for, in their order. A key is asked for twice in one attempt: whether the server
    /// would take it, and then with the signature (RFC 4252 section 7).
    private func requests(in log: String) -> [String] {
      log.split(whereSeparator: \.isNewline).filter { $0.contains("userauth-request for user") }
        .compactMap { $0.split(separator: " ").drop { $0 != "method" }.dropFirst().first.map(String.init) }
    }

    /// How many of them came with a signature.
    private func signatures(in log: String) -> Int { log.components(separatedBy: "attempting public key").count - 1 }

    private func contact(
      _ lines: [String], key options: [String] = ["-t", "ed25519"], isKnown: Bool = true,
      _ body: (Result<Execution, ContactFailure>, OpenSSHServer, SSHKey) async throws -> Void
    ) async throws {
      try await withTemporaryDirectory { directory in
        let key = try SSHKey("key", in: directory, options)
        var configuration = OpenSSHServer.Configuration()
        configuration.logLevel = "DEBUG2"
        configuration.lines = lines
        configuration.authorizedKeys = isKnown ? [try key.publicLine] : []
        try await withOpenSSHServer(configuration) { server in
          let result = try await Station.withTransport(server, keys: [key.path]) { transport in
            await Station.run("echo in", on: Station.endpoint(server, key: key.path), over: transport)
          }
          await server.waitForLog("do_cleanup")
          try await body(result, server, key)
        }
      }
    }

    @Test func `a login that works asks with the key and nothing else`() async throws {
      try await contact([]) { result, server, key in
        #expect(result.output == "in\n")
        #expect(requests(in: server.log) == ["publickey", "publickey"])
        #expect(signatures(in: server.log) == 1)
        #expect(server.log.contains("Accepted publickey for \(server.user)"))
        let fingerprint = try key.fingerprint
        #expect(server.log.contains(fingerprint))
      }
    }

    @Test func `a refused key is not signed with, and nothing else is tried before the refusal`() async throws {
      try await contact(["PasswordAuthentication yes"], isKnown: false) { result, server, _ in
        #expect(result.failure?.outcome == .authFailed)
        #expect(result.failure?.reason.hasSuffix("; it takes publickey,password") == true, "\(result)")
        // The last asks what the server would have taken.
        #expect(requests(in: server.log) == ["publickey", "none"])
        #expect(signatures(in: server.log) == 0)
      }
    }

    @Test func `one attempt is all that a server need allow`() async throws {
      try await contact(["MaxAuthTries 1"]) { result, _, _ in #expect(result.output == "in\n") }
      try await contact(["MaxAuthTries 1"], isKnown: false) { result, server, _ in
        #expect(result.failure?.outcome == .authFailed)
        #expect(result.failure?.reason.hasPrefix("the server refused user") == true)
        #expect(result.failure?.reason.contains("Too many authentication failures") == true, "\(result)")
        #expect(requests(in: server.log) == ["publickey"])
      }
    }

    @Test(arguments: ["password", "keyboard-interactive"])
    func `a server that wants more than a key is told apart from one that refuses it`(second: String) async throws {
      let lines = [
        "PasswordAuthentication yes", "KbdInteractiveAuthentication yes", "AuthenticationMethods publickey,\(second)",
      ]
      try await contact(lines) { result, server, _ in
        #expect(result.failure?.outcome == .authFailed)
        #expect(result.failure?.reason.contains("wants more than a key: \(second);") == true, "\(result)")
        #expect(requests(in: server.log) == ["publickey", "publickey", "none"])
        #expect(signatures(in: server.log) == 1)
        #expect(server.log.contains("Partial publickey"))
      }
    }

    @Test func `a server that takes no keys is not said to want more than one`() async throws {
      try await contact(["PubkeyAuthentication no", "PasswordAuthentication yes"]) { result, _, _ in
        #expect(result.failure?.reason.hasPrefix("the server refused user") == true, "\(result)")
        #expect(result.failure?.reason.hasSuffix("it takes password") == true, "\(result)")
      }
    }

    @Test func `an RSA key signs with SHA-512`() async throws {
      try await contact(["PubkeyAcceptedAlgorithms rsa-sha2-512"], key: ["-t", "rsa", "-b", "2048"]) {
        result, server, _ in
        #expect(result.output == "in\n")
        #expect(server.log.contains("authenticated 1 pkalg rsa-sha2-512"))
      }
    }

    /// What a server accepts is not told to libssh2 1.10 (RFC 8308), and to try both would be two attempts.
    @Test func `a server that takes RSA by SHA-256 only refuses, and the algorithm is named`() async throws {
      try await contact(["PubkeyAcceptedAlgorithms rsa-sha2-256"], key: ["-t", "rsa", "-b", "2048"]) {
        result, server, _ in
        #expect(result.failure?.outcome == .authFailed)
        #expect(result.failure?.reason.contains(" by rsa-sha2-512; it takes publickey") == true, "\(result)")
        #expect(requests(in: server.log) == ["publickey", "none"])
      }
    }
  }
}
