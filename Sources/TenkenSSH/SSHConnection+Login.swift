import CLibSSH2
import Glibc
import NIOCore
import NIOPosix
import TenkenCrypto
import TenkenModel
import TenkenTransport

extension SSHConnection {
  /// Everything from the first packet to a session that is logged in to; returns what was seen on the way.
  func logIn() async throws(ContactFailure) -> ContactEvidence {
    do throws(Interruption) {
      try await connect()
      begin(.awaitingBanner, within: endpoint.limits.loginTimeout)
      noteBanner()
      try await exchangeKeys()
      try proveHostKey()
      phase = .authenticating
      try await authenticate()
      runDeadline = .now() + TimeAmount(endpoint.limits.runTimeout)
      begin(.running, within: endpoint.limits.runTimeout)
      return evidence
    } catch {
      throw contactFailure(error)
    }
  }

  private func connect() async throws(Interruption) {
    begin(.connecting, within: endpoint.limits.connectTimeout)
    var failure = "no address"
    for address in try await addresses() {
      evidence.dialled = Self.text(address)
      guard let reason = try await dial(address) else { return }
      failure = reason
    }
    throw .failed(.unreachable, failure)
  }

  private func addresses() async throws(Interruption) -> [SocketAddress] {
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
    let bootstrap = ClientBootstrap(group: loop)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .connectTimeout(TimeAmount(endpoint.limits.connectTimeout + .seconds(60)))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try self.assumeIsolated { try $0.adopt(channel) }
          try channel.pipeline.syncOperations.addHandler(SSHFeed(self))
        }
      }
    guard case .failure(let error) = try await wait(for: bootstrap.connect(to: address)) else { return nil }
    return Self.reason(error)
  }

  /// A channel that comes when all is over is not taken: its bootstrap closes it.
  private func adopt(_ channel: any Channel) throws(Interruption) {
    if let interruption { throw interruption }
    self.channel = channel
  }

  private static func text(_ address: SocketAddress) -> String {
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
    session = LibSSH2.session(over: io, speaking: algorithms)
    let result = try await drive { Int(libssh2_session_handshake($0, LibSSH2.descriptor)) }
    if result != 0 { throw keyExchangeFailure(Int32(result)) }
  }

  /// Before anything of ours is shown: the key is the one on record, or this is the end.
  private func proveHostKey() throws(Interruption) {
    var length = 0
    var kind: Int32 = 0
    guard let session, let bytes = libssh2_session_hostkey(session, &length, &kind), length > 0,
      let key = HostKey(blob: UnsafeRawBufferPointer(start: bytes, count: length).map { $0 })
    else { throw .failed(.hostile, "the server showed no host key that can be read") }
    let verdict = record.verdict(on: key)
    evidence.hostKey = HostKeyEvidence(type: key.type, fingerprint: key.fingerprint, standing: verdict.standing)
    switch verdict {
    case .recorded: return
    case .unknown(let reason): throw .failed(.hostKeyUnknown, reason)
    case .mismatch(let reason), .revoked(let reason): throw .failed(.hostKeyMismatch, reason)
    }
  }
}

extension HostKeyRecord.Verdict {
  fileprivate var standing: HostKeyEvidence.Standing {
    switch self {
    case .recorded: .recorded
    case .unknown: .unknown
    case .mismatch: .mismatch
    case .revoked: .revoked
    }
  }
}
