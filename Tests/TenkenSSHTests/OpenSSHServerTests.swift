import Foundation
import TenkenTestSupport
import Testing

extension OverSockets {
  struct OpenSSHServerTests {
    @Test func `the fixture's server answers, logs, and is gone afterwards`() async throws {
      var port: UInt16 = 0
      try await withOpenSSHServer { server in
        port = server.port
        let said = try runTool("/usr/bin/ssh", sshOptions(server) + ["127.0.0.1", "echo", "here"])
        #expect(said == "here\n")
        await server.waitForLog("Accepted publickey")
        #expect(server.log.contains("Accepted publickey for \(server.user)"))
      }
      #expect(try runTool("/usr/bin/ssh-keyscan", "-p", "\(port)", "127.0.0.1").contains("ssh-ed25519") == false)
    }

    @Test func `what a session left running is gone as well`() async throws {
      var sleeper: Int32 = 0
      try await withOpenSSHServer { server in
        let script = "sleep 60 >/dev/null 2>&1 & echo $!"
        let said = try runTool("/usr/bin/ssh", sshOptions(server) + ["127.0.0.1", script])
        sleeper = try #require(Int32(said.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(kill(sleeper, 0) == 0)
      }
      // Killed; who inherited it may not have collected it yet.
      let state = try? String(contentsOfFile: "/proc/\(sleeper)/stat", encoding: .utf8)
      #expect(state == nil || state?.contains(") Z") == true || state?.contains(") X") == true)
    }

    private func sshOptions(_ server: OpenSSHServer) throws -> [String] {
      let known = server.directory.appending(path: "known_hosts")
      try server.knownHosts().write(to: known, atomically: true, encoding: .utf8)
      return ["-F", "none", "-p", "\(server.port)", "-i", server.clientKey, "-o", "UserKnownHostsFile=\(known.path)"]
    }
  }
}
