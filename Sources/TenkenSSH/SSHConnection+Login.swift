import CLibSSH2
import Glibc
import NIOCore
import NIOPosix
import TenkenCrypto
import TenkenModel
import TenkenTransport

extension SSHConnection {
  /// Everything from the first packet to a session that is logged in to; returns what was seen on the way.
  func logIn(as identity: Identity) async throws(ContactFailure) -> ContactEvidence {
    do throws(Interruption) {
      try prove(try await provenKey())
      try demandServer(for: identity)
      phase = .authenticating
      try await authenticate(as: identity)
      runDeadline = .now() + TimeAmount(endpoint.limits.runTimeout)
      begin(.running, within: endpoint.limits.runTimeout)
      return evidence
    } catch {
      throw contactFailure(error)
    }
  }

  /// Everything up to the key that the host proves to have, whichever it is: nothing of ours is shown to it.
  func scan() async throws(ContactFailure) -> HostKey {
    do throws(Interruption) {
      return try await provenKey()
    } catch {
      throw contactFailure(error)
    }
  }

  private func provenKey() async throws(Interruption) -> HostKey {
    try await connect()
    begin(.awaitingBanner, within: endpoint.limits.loginTimeout)
    noteBanner()
    try await exchangeKeys()
    var length = 0
    var kind: Int32 = 0
    guard let session, let bytes = libssh2_session_hostkey(session, &length, &kind), length > 0,
      let key = HostKey(blob: UnsafeRawBufferPointer(start: bytes, count: length).map { $0 })
    else { throw .failed(.hostile, "the server showed no host key that can be read") }
    return key
  }

  private func connect() async throws(Interruption) {
    guard endpoint.hops.isEmpty else { return try await connectByGateway() }
    begin(.connecting, within: endpoint.limits.connectTimeout)
    var failure = "no address"
    for address in try await addresses() {
      evidence.dialled = Self.text(address)
      guard let reason = try await dial(address) else { return }
      failure = reason
    }
    throw .failed(.unreachable, failure)
  }

  /// Those that may be dialled: what a name resolves to is asked for once, and judged before anything is.
  private func addresses() async throws(Interruption) -> [SocketAddress] {
    try AddressPolicy(endpoint.networks).permitted(try await resolvedAddresses(), forGateway: gateway != nil)
  }

  private func resolvedAddresses() async throws(Interruption) -> [SocketAddress] {
    if let literal = NameResolver.literal(endpoint.address, port: endpoint.port) { return [literal] }
    switch try await wait(for: resolver.resolve(endpoint.address, port: endpoint.port, on: loop)) {
    case .success(let addresses): return addresses
    case .failure(let error):
      let reason = (error as? NameResolver.NotFound)?.reason ?? String(describing: error)
      throw .failed(.unreachable, "name not found: \(endpoint.address.escapedForPeople()) (\(reason))")
    }
  }

  /// `nil` when the channel is open, else why it is not.
  private func dial(_ address: SocketAddress) async throws(Interruption) -> String? {
    let bootstrap = (gateway == nil ? ClientBootstrap(group: loop) : lastingBootstrap)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .connectTimeout(TimeAmount(endpoint.limits.connectTimeout + .seconds(60)))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try self.assumeIsolated { try $0.adopt(.socket(channel)) }
          try channel.pipeline.syncOperations.addHandler(SSHFeed(self))
        }
      }
    guard case .failure(let error) = try await wait(for: bootstrap.connect(to: address)) else { return nil }
    return Self.reason(error)
  }

  /// The socket of a connection that may be silent for long: whether the other side is still there is asked after 15
  /// seconds of silence, and what is not acknowledged within 30 is lost (tcp(7)).
  private var lastingBootstrap: ClientBootstrap {
    ClientBootstrap(group: loop)
      .channelOption(.socketOption(.so_keepalive), value: 1)
      .channelOption(.tcpOption(NIOBSDSocket.Option(rawValue: TCP_KEEPIDLE)), value: 15)
      .channelOption(.tcpOption(NIOBSDSocket.Option(rawValue: TCP_KEEPINTVL)), value: 5)
      .channelOption(.tcpOption(NIOBSDSocket.Option(rawValue: TCP_KEEPCNT)), value: 3)
      .channelOption(.tcpOption(NIOBSDSocket.Option(rawValue: TCP_USER_TIMEOUT)), value: 30_000)
  }

  /// A wire that comes when all is over is not taken: who brought it closes it.
  func adopt(_ wire: Wire) throws(Interruption) {
    if let interruption { throw interruption }
    self.wire = wire
  }

  static func text(_ address: SocketAddress) -> String {
    let ip = address.ipAddress ?? "?"
    return "\(ip.contains(":") ? "[\(ip)]" : ip):\(address.port ?? 0)"
  }

  private static func reason(_ error: any Error) -> String {
    guard let error = error as? IOError else { return String(describing: error).escapedForPeople() }
    switch error.errnoCode {
    case ECONNREFUSED: return "connection refused"
    case EHOSTUNREACH: return "no route to the host"
    case ENETUNREACH: return "network unreachable"
    default: return String(cString: strerror(error.errnoCode))
    }
  }

  private func exchangeKeys() async throws(Interruption) {
    guard !algorithms.hostKey.isEmpty else {
      let types = record.types.joined(separator: ",").escapedForPeople(maxLength: 160)
      throw .noAlgorithm("no host key algorithm in common: on record is \(types), which Tenken does not speak")
    }
    session = LibSSH2.session(over: io, speaking: algorithms, isCounted: gateway != nil)
    let result = try await drive { Int(libssh2_session_handshake($0, LibSSH2.descriptor)) }
    if result != 0 { throw keyExchangeFailure(Int32(result)) }
    greeting.forgetOffer()
  }

  /// Before anything of ours is shown: the key is one that may be believed, or this is the end.
  private func prove(_ key: HostKey) throws(Interruption) {
    let verdict = record.verdict(on: key)
    evidence.hostKey = HostKeyEvidence(key, verdict.standing)
    switch verdict {
    case .recorded: return
    case .unknown(let reason):
      guard let newKeys else { throw .failed(.hostKeyUnknown, reason) }
      guard newKeys.accepts(key, of: endpoint.terminal) else {
        evidence.hostKey = HostKeyEvidence(key, .mismatch)
        throw .failed(
          .hostKeyMismatch, "the host shows \(key.type) \(key.fingerprint), another key than it showed before")
      }
    case .mismatch(let reason), .revoked(let reason): throw .failed(.hostKeyMismatch, reason)
    }
  }
}
