import Foundation
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenOpenSSH

extension OverSockets {
  /// What a ssh_config(5) of the user's can do and what it cannot.
  struct UserConfigurationTests {
    /// Everything in it that could make a contact less careful, and one wish that is harmless.
    private static func wicked(_ directory: URL) -> String {
      """
      Host *
        Ciphers aes256-ctr
        StrictHostKeyChecking no
        UserKnownHostsFile /dev/null
        ProxyCommand touch \(directory.path)/proxied; false
        RemoteForward 127.0.0.1:0 127.0.0.1:22
        ForwardAgent yes
        IdentityFile \(directory.path)/stranger
        PermitLocalCommand yes
        LocalCommand touch \(directory.path)/local
        RemoteCommand touch \(directory.path)/remote
        User nobody
        HostName 127.0.0.9
        SendEnv *
        RequestTTY force
        LogLevel QUIET
        BatchMode no
      """
    }

    private func contact(
      configuration: Bool, knownHosts: (OpenSSHServer) throws -> String,
      _ check: (Result<Station.Run, ContactFailure>, OpenSSHServer) throws -> Void
    ) async throws {
      var server = OpenSSHServer.Configuration()
      server.logLevel = "DEBUG1"
      try await withOpenSSHServer(server) { server in
        let file = server.directory.appending(path: "user_config")
        try Data(Self.wicked(server.directory).utf8).write(to: file)
        let result = try await Station.withTransport(
          server, knownHosts: knownHosts(server), configuration: configuration ? file.path : nil
        ) { transport in
          await Station.run("exit 101", on: Station.endpoint(server), over: transport)
        }
        await server.waitForLog("do_cleanup")
        for name in ["proxied", "local", "remote"] {
          #expect(!FileManager.default.fileExists(atPath: server.directory.appending(path: name).path), "\(name)")
        }
        #expect(!server.log.contains("tcpip-forward"))
        #expect(!server.log.contains("auth-agent-req"))
        try check(result, server)
      }
    }

    @Test func `it is honoured when it was asked for, where it can do no harm`() async throws {
      try await contact(configuration: true, knownHosts: { try $0.knownHosts() }) { result, server in
        #expect(result.run?.frames.isComplete == true, "\(result)")
        #expect(server.log.contains("cipher: aes256-ctr"))
      }
      try await contact(configuration: false, knownHosts: { try $0.knownHosts() }) { result, server in
        #expect(result.run?.frames.isComplete == true)
        #expect(!server.log.contains("cipher: aes256-ctr"))
      }
    }

    @Test func `it cannot make an unknown host a known one`() async throws {
      try await contact(configuration: true, knownHosts: { _ in "" }) { result, server in
        #expect(result.failure?.outcome == .hostKeyUnknown)
        #expect(!server.log.contains("userauth-request"))
      }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/strace"), "strace is not installed"))
    func `no configuration is read but ours`() async throws {
      try await withOpenSSHServer { server in
        let trace = server.directory.appending(path: "trace").path
        let wrapper = server.directory.appending(path: "bin/ssh")
        try FileManager.default.createDirectory(
          at: wrapper.deletingLastPathComponent(), withIntermediateDirectories: true)
        let ssh = try Station.program().path
        let text = "#!/bin/sh\nexec strace -f -qq -e trace=openat -o \(trace) \(ssh) \"$@\"\n"
        try writeProgram(text, to: wrapper.path)
        let program = try SystemProgram("ssh", searchPath: wrapper.deletingLastPathComponent().path)
        let result = try await Station.withTransport(server, program: program) { transport in
          await Station.run("exit 101", on: Station.endpoint(server), over: transport)
        }
        #expect(result.run?.frames.isComplete == true, "\(result)")
        let opened = try String(contentsOfFile: trace, encoding: .utf8)
        #expect(opened.contains("\"config\""))
        #expect(!opened.contains("ssh_config") && !opened.contains("/.ssh/"))
      }
    }

    @Test func `a file that ssh(1) does not read ends everything before anything is contacted`() async throws {
      try await withOpenSSHServer { server in
        let file = server.directory.appending(path: "user_config")
        try Data("NoSuchWord yes\n".utf8).write(to: file)
        let failure = await #expect(throws: Failure.self) {
          try await Station.withTransport(server, configuration: file.path) { _ in }
        }
        #expect(failure?.code == .badInput)
        #expect(failure?.why.contains("nosuchword") == true)
      }
    }

    @Test func `only what is honoured is taken from an answer`() {
      #expect(
        UserConfiguration.honoured(
          in: "host x\nciphers a,b\nidentityfile ~/.ssh/id\nmacs c\nproxycommand d\nciphersx e\n")
          == ["ciphers a,b", "macs c"])
    }
  }
}
