import Foundation
import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import TenkenTransport

@testable import TenkenSSH

/// What a contact in a test needs: limits short enough to wait for, and a transport.
enum Station {
  static let limits = Limits(
    connectTimeout: .seconds(5), loginTimeout: .seconds(10), runTimeout: .seconds(20), bytesBeforeLogin: 256 * 1024,
    bytesPerTerminal: 8 * 1024 * 1024)

  static var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

  static func endpoint(
    port: UInt16, address: String = "127.0.0.1", pinned: [HostKey] = [], user: String = NSUserName(),
    identity: Credential.Identity, networks: [Network] = [.loopback], hops: [Hop] = [], limits: Limits = Self.limits
  ) -> Endpoint {
    Endpoint(
      terminal: "t1", site: "s1", address: address, port: port, pinnedKeys: pinned,
      credential: Credential(name: "default", user: user, identity: identity), networks: networks, hops: hops,
      limits: limits)
  }

  static func endpoint(
    _ server: OpenSSHServer, key: String? = nil, pinned: [HostKey] = [], hops: [Hop] = [],
    limits: Limits = Self.limits
  ) -> Endpoint {
    endpoint(
      port: server.port, pinned: pinned, user: server.user, identity: .file(key ?? server.clientKey), hops: hops,
      limits: limits)
  }

  /// A server as a jump host, logged in to with the key that it knows.
  static func hop(
    _ id: ID<Gateway>, _ server: OpenSSHServer, port: UInt16? = nil, key: String? = nil, pinned: [HostKey] = []
  ) -> Hop {
    Hop(
      gateway: Gateway(id: id, address: "127.0.0.1", port: port ?? server.port, pinnedKeys: pinned),
      credential: Credential(name: "jump", user: server.user, identity: .file(key ?? server.clientKey)))
  }

  /// The same for several servers at once.
  static func withTransport<Value: Sendable>(
    _ servers: [OpenSSHServer], knownHosts: String = "", keys: [String] = [],
    _ body: (SSHTransport) async throws -> Value
  ) async throws -> Value {
    let lines = try servers.map { try $0.knownHosts() }.joined() + knownHosts
    return try await withTransport(
      knownHosts: lines, identities: (servers.map(\.clientKey) + keys).map { .file($0) }, body)
  }

  /// A transport that knows the server's keys, unless other lines are given, and has its client's key.
  static func withTransport<Value: Sendable>(
    _ server: OpenSSHServer, knownHosts: String? = nil, newKeys: NewHostKeys? = nil, keys: [String] = [],
    _ body: (SSHTransport) async throws -> Value
  ) async throws -> Value {
    let lines = try knownHosts ?? server.knownHosts()
    return try await withTransport(
      knownHosts: lines, newKeys: newKeys, identities: ([server.clientKey] + keys).map { .file($0) }, body)
  }

  static func withTransport<Value: Sendable>(
    knownHosts: String, newKeys: NewHostKeys? = nil, identities: [Credential.Identity], held: [HeldKey] = [],
    environment: [String: String] = [:], now: Timestamp = Self.now, _ body: (SSHTransport) async throws -> Value
  ) async throws -> Value {
    try await withSSHTransport(
      credentials: identities.map { Credential(name: "default", user: "nobody", identity: $0) },
      knownHosts: KnownHosts(Array(knownHosts.utf8), file: "known_hosts"), newKeys: newKeys, heldKeys: held,
      environment: environment, now: now, body)
  }

  /// The same with so many connections to a jump host at most.
  static func with<Value: Sendable>(
    _ bounds: Gateways.Bounds, _ transport: SSHTransport, _ body: (SSHTransport) async throws -> Value
  ) async throws -> Value {
    let gateways = Gateways(
      on: transport.executor, transport.knownHosts, transport.identities, transport.resolver, bounds: bounds)
    let other = SSHTransport(
      loop: transport.loop, executor: transport.executor, knownHosts: transport.knownHosts,
      newKeys: transport.newKeys, identities: transport.identities, resolver: transport.resolver, gateways: gateways)
    return try await gateways.held { try await body(other) }
  }

  /// What became of a contact that was to run a command.
  static func run(
    _ command: String, stdin: String = "", capacity: Int = .max, on endpoint: Endpoint, over transport: SSHTransport
  ) async -> Result<Execution, ContactFailure> {
    do throws(ContactFailure) {
      return .success(
        try await transport.withSSHSession(on: endpoint) { session in
          await session.run(command: command, stdin: Array(stdin.utf8), capacity: capacity)
        })
    } catch {
      return .failure(error)
    }
  }
}

extension Execution {
  var output: String { String(decoding: stdout, as: UTF8.self) }
  var errors: String { String(decoding: stderr, as: UTF8.self) }
}

extension Result where Success == Execution, Failure == ContactFailure {
  var output: String? { if case .success(let execution) = self { execution.output } else { nil } }
  var failure: ContactFailure? { if case .failure(let failure) = self { failure } else { nil } }
}
