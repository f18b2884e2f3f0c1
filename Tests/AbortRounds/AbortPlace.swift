import Foundation
import TenkenCrypto
import TenkenHostileServer
import TenkenModel
import TenkenTestSupport
import TenkenTransport

/// Where contacts are aborted.
enum AbortPlace: Sendable {
  /// Nothing answers the first packet.
  case connecting
  /// All wait for a jump host that nothing answers for.
  case awaitingGateway
  /// The server has got to this and says nothing more.
  case server(HostileServer.Stage)
  /// The same behind a real jump host.
  case behindGateway(HostileServer.Stage)
  /// A program runs on a real server.
  case running

  static let all: [AbortPlace] =
    [.connecting, .awaitingGateway] + HostileServer.Stage.allCases.map { .server($0) }
    + (OpenSSHServer.executable == nil
      ? [] : [.behindGateway(.banner), .behindGateway(.login), .behindGateway(.answer), .running])

  var name: String {
    switch self {
    case .connecting: "connecting"
    case .awaitingGateway: "waiting for a jump host"
    case .server(let stage): "at \(stage)"
    case .behindGateway(let stage): "behind a jump host, at \(stage)"
    case .running: "a program runs on a real server"
    }
  }

  /// A real server starts a process for each connection.
  var isCheap: Bool { if case .running = self { false } else { true } }

  /// How many of so many contacts say that they are there.
  func arriving(of count: Int) -> Int {
    switch self {
    case .connecting, .awaitingGateway: 0
    case .server, .behindGateway, .running: count
    }
  }

  /// Lends whom to contact, the keys for that, who tells of those that are there, and the port of the server if it is in
  /// this process.
  func lent(to body: (Endpoint, [String], Arrivals, UInt16) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      let key = directory.appending(path: "key").path
      try OpenSSHServer.makeKey(key, "-t", "ed25519")
      let arrivals = Arrivals()
      switch self {
      case .connecting: try await SilentPort.lent { try await body(endpoint($0, key: key), [key], arrivals, 0) }
      case .awaitingGateway:
        try await SilentPort.lent { port in
          try await body(endpoint(9, key: key, hops: [hop(port, key: key)]), [key], arrivals, 0)
        }
      case .server(let stage):
        try await HostileServer.with(.perform(stage) { arrivals.arrived() }) { port, hostKey in
          try await body(endpoint(port, hostKey, key: key), [key], arrivals, port)
        }
      case .behindGateway(let stage):
        try await withOpenSSHServer(Self.quiet) { gateway in
          try await HostileServer.with(.perform(stage) { arrivals.arrived() }) { port, hostKey in
            let hop = hop(gateway.port, try Self.hostKey(of: gateway), key: gateway.clientKey)
            let endpoint = endpoint(port, hostKey, key: key, hops: [hop])
            try await body(endpoint, [key, gateway.clientKey], arrivals, port)
          }
        }
      case .running:
        try await withOpenSSHServer(Self.quiet) { server in
          let endpoint = endpoint(server.port, try Self.hostKey(of: server), key: server.clientKey)
          try await body(endpoint, [server.clientKey], arrivals, 0)
        }
      }
    }
  }

  /// Its log is kept in memory.
  private static let quiet: OpenSSHServer.Configuration = {
    var configuration = OpenSSHServer.Configuration()
    configuration.logLevel = "INFO"
    return configuration
  }()

  private static func hostKey(of server: OpenSSHServer) throws -> HostKey? {
    let words = try server.hostKey().split(separator: " ")
    return HostKey(type: words[0], base64: words[1])
  }

  /// Long enough that nothing expires.
  private static let limits = Limits(
    connectTimeout: .seconds(600), loginTimeout: .seconds(600), runTimeout: .seconds(600))

  private func endpoint(_ port: UInt16, _ hostKey: HostKey? = nil, key: String, hops: [Hop] = []) -> Endpoint {
    Endpoint(
      terminal: "t1", site: "s1", address: "127.0.0.1", port: port, pinnedKeys: hostKey.map { [$0] } ?? [],
      credential: Credential(name: "default", user: NSUserName(), identity: .file(key)), networks: [.loopback],
      hops: hops, limits: Self.limits)
  }

  private func hop(_ port: UInt16, _ hostKey: HostKey? = nil, key: String) -> Hop {
    Hop(
      gateway: Gateway(id: "jump", address: "127.0.0.1", port: port, pinnedKeys: hostKey.map { [$0] } ?? []),
      credential: Credential(name: "default", user: NSUserName(), identity: .file(key)))
  }
}
