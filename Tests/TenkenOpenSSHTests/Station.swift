import Foundation
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenOpenSSH

/// What a contact in a test needs: limits short enough to wait for, a transport, and what is left of it.
enum Station {
  static let isMissingSomething = OpenSSHServer.executable == nil || (try? program()) == nil

  static let limits = Limits(
    connectTimeout: .seconds(5), loginTimeout: .seconds(10), runTimeout: .seconds(20), bytesBeforeLogin: 256 * 1024,
    bytesPerTerminal: 8 * 1024 * 1024)

  static func program() throws -> SystemProgram {
    try SystemProgram("ssh", searchPath: ProcessInfo.processInfo.environment["PATH"])
  }

  static func endpoint(
    port: UInt16, address: String = "127.0.0.1", pinned: [HostKey] = [], user: String = NSUserName(), key: String,
    networks: [Network] = [.loopback], hops: [Hop] = [], limits: Limits = Self.limits
  ) -> Endpoint {
    Endpoint(
      terminal: "t1", site: "s1", address: address, port: port, pinnedKeys: pinned,
      credential: Credential(name: "default", user: user, identity: .file(key)), networks: networks, hops: hops,
      client: .openSSH, limits: limits)
  }

  static func endpoint(
    _ server: OpenSSHServer, key: String? = nil, hops: [Hop] = [], limits: Limits = Self.limits
  ) -> Endpoint {
    endpoint(port: server.port, key: key ?? server.clientKey, hops: hops, limits: limits)
  }

  /// A jump host as whom the server's own user logs in.
  static func hop(_ id: ID<Gateway>, _ server: OpenSSHServer, port: UInt16? = nil, key: String? = nil) -> Hop {
    Hop(
      gateway: Gateway(id: id, address: "127.0.0.1", port: port ?? server.port),
      credential: Credential(name: "\(id)", user: server.user, identity: .file(key ?? server.clientKey)))
  }

  /// Lends a transport that has these keys and keeps its files in `directory`, where nothing is left of it afterwards.
  static func withTransport<Value: Sendable>(
    knownHosts: String, keys: [String], in directory: URL, newKeys: NewHostKeys? = nil, configuration: String? = nil,
    environment: [String: String] = [:], program: SystemProgram? = nil,
    _ body: (OpenSSHTransport) async throws -> Value
  ) async throws -> Value {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let value = try await withOpenSSHTransport(
      program ?? Self.program(),
      credentials: keys.map { Credential(name: "default", user: "nobody", identity: .file($0)) },
      knownHosts: KnownHosts(Array(knownHosts.utf8), file: "known_hosts"), newKeys: newKeys,
      configuration: configuration,
      environment: environment.merging(["PATH": path, "TMPDIR": directory.path]) { given, _ in given }, body)
    #expect(processes(in: directory) == [])
    let left = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    #expect(!left.contains { $0.hasPrefix("tenken-ssh") })
    return value
  }

  static func withTransport<Value: Sendable>(
    _ server: OpenSSHServer, knownHosts: String? = nil, newKeys: NewHostKeys? = nil, configuration: String? = nil,
    program: SystemProgram? = nil, _ body: (OpenSSHTransport) async throws -> Value
  ) async throws -> Value {
    try await withTransport(
      knownHosts: try knownHosts ?? server.knownHosts(), keys: [server.clientKey], in: server.directory,
      newKeys: newKeys, configuration: configuration, program: program, body)
  }

  /// What became of a contact that was to run a script as a check.
  static func run(
    _ script: String, on endpoint: Endpoint, over transport: OpenSSHTransport
  ) async -> Result<Run, ContactFailure> {
    let program = program([Check.sample("openssh.check", script: script, outputLimit: 4_000_000)])
    do throws(ContactFailure) {
      return .success(
        try await transport.withSession(on: endpoint) { session in
          let execution = await session.execute(program)
          return Run(
            evidence: session.evidence, execution: execution,
            frames: FrameCodec.decode(
              stdout: execution.stdout, stderr: execution.stderr, nonce: program.nonce, expecting: program.checks))
        })
    } catch {
      return .failure(error)
    }
  }

  static let sleeping = program([Check.sample("openssh.sleeping", script: "sleep 600; exit 101")])
  static let empty = program([])

  private static func program(_ checks: [Check]) -> RemoteProgram {
    var generator = SystemRandomNumberGenerator()
    return RemoteProgram(nonce: Nonce(using: &generator), factNonce: Nonce(using: &generator), checks: checks)
  }

  struct Run: Sendable {
    let evidence: ContactEvidence
    let execution: Execution
    let frames: Frames
  }

  /// Every ssh(1) of a contact runs in the contact's directory.
  static func processes(in directory: URL) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.filter { name in
      Int32(name) != nil
        && (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(name)/cwd"))?
          .hasPrefix("\(directory.path)/tenken-ssh") == true
    }
  }
}

extension Result where Success == Station.Run, Failure == ContactFailure {
  var failure: ContactFailure? { if case .failure(let failure) = self { failure } else { nil } }
  var run: Station.Run? { try? get() }
}

/// Tests with real servers and deadlines, one after the other: beside each other they would wait for the machine's few
/// processors, and time what they mean to.
@Suite(
  .serialized, .timeLimit(.minutes(2)),
  .disabled(if: Station.isMissingSomething, "openssh-server or openssh-client is not installed"))
enum OverSockets {}
