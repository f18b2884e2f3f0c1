import CLibSSH2
import NIOCore
import TenkenCrypto
import TenkenModel
import TenkenTransport

/// The connection to a jump host, once it is logged in: it opens tunnels for contacts.
extension SSHConnection {
  enum Ending {
    /// It was not needed for a while.
    case idle
    /// What it means for those who use it.
    case lost(Interruption)
    /// It opens no further tunnel, which is libssh2's fault; the contact of this request needs another.
    case unusable(TunnelRequest)
  }

  private static let idleTime = Duration.seconds(60)

  /// Opens tunnels, one after the other: libssh2 keeps the state of an opening in its session.
  func serve(_ path: [Hop], of gateways: Gateways) async -> Ending {
    begin(.serving, within: nil)
    let looks = startLooking(every: gateways.bounds.pulse)
    defer { looks.cancel() }
    while interruption == nil, !hasEnded {
      if let request = await gateways.take(path) {
        begin(.serving, within: nil)
        guard await open(request) else { return .unusable(request) }
      } else {
        if tunnels.isEmpty, phase != .idle { begin(.idle, within: Self.idleTime) }
        if !tunnels.isEmpty, phase == .idle { begin(.serving, within: nil) }
        await wait()
      }
    }
    return interruption == .expired ? .idle : .lost(loss)
  }

  /// A jump host can stop while its link stands. Where nothing came since the last look, it is asked for a sign of
  /// life, and after three such looks given up. (libssh2 1.10 never frees the answers, some hundred bytes each: hence
  /// only then.)
  private func startLooking(every pulse: Duration) -> RepeatedTask {
    loop.scheduleRepeatedTask(initialDelay: TimeAmount(pulse), delay: TimeAmount(pulse)) { _ in
      self.assumeIsolated { $0.look(pulse) }
    }
  }

  private func look(_ pulse: Duration) {
    let isSilent = received == silence.received && (!tunnels.isEmpty || opening != nil)
    silence = (isSilent ? silence.looks + 1 : 0, received)
    guard silence.looks > 0, let session else { return }
    if silence.looks > 3 { return interrupt(.closed("silent for \((pulse * 3).text)")) }
    libssh2_keepalive_config(session, 1, 2)
    libssh2_keepalive_send(session, nil)
    flush()
  }

  /// Whether other tunnels can be opened after this one.
  private func open(_ request: TunnelRequest) async -> Bool {
    opening = request.contact
    defer { opening = nil }
    // Whoever was interrupted between its turn and here found nothing to withdraw.
    guard await request.contact.beginConnecting(), opening != nil else {
      request.promise.fail(Interruption.cancelled)
      return true
    }
    do throws(Interruption) {
      return try answer(request, try await drive { openChannel($0, to: request) })
    } catch {
      interrupt(error)
      request.promise.fail(loss)
      return true
    }
  }

  /// The message of a `direct-tcpip` channel (RFC 4254 section 7.2); where the connection came from is nobody's concern.
  /// The result is the channel's address, or else a code of libssh2, which is below zero.
  private func openChannel(_ session: OpaquePointer, to request: TunnelRequest) -> Int {
    var message = WireWriter()
    message.string(request.host.utf8)
    message.uint32(UInt32(request.port))
    message.string("127.0.0.1".utf8)
    message.uint32(0)
    let path = request.contact.endpoint.hops
    io.isCut = opening == nil && gateways.assumeIsolated { $0.isAwaited(path) }
    defer { io.isCut = false }
    let channel = message.bytes.withUnsafeBytes { bytes in
      libssh2_channel_open_ex(
        session, "direct-tcpip", 12, TunnelEnd.window, TunnelEnd.packet,
        bytes.bindMemory(to: CChar.self).baseAddress, UInt32(bytes.count))
    }
    return channel.map { Int(bitPattern: $0) } ?? Int(libssh2_session_last_errno(session))
  }

  private func answer(_ request: TunnelRequest, _ result: Int) throws(Interruption) -> Bool {
    if result > 0, let channel = OpaquePointer(bitPattern: result) {
      if hand(channel, to: request.contact) {
        request.promise.succeed(())
      } else {
        request.promise.fail(Interruption.cancelled)
      }
    } else if opening == nil {
      request.promise.fail(Interruption.cancelled)
    } else if result == Int(LIBSSH2_ERROR_CHANNEL_FAILURE) {
      request.promise.fail(Interruption.failed(.unreachable, notReached(session.map(LibSSH2.lastWords) ?? "")))
    } else if result == Int(LIBSSH2_ERROR_TIMEOUT) {
      // libssh2 waits a minute for the answer to an opening; the connection and its other tunnels are none the worse.
      request.promise.fail(Interruption.failed(.unreachable, notReached("no answer within a minute")))
    } else if result == Int(LIBSSH2_ERROR_SOCKET_NONE) {
      // The answer to an opening that was given up came in between, and libssh2 takes it for the answer to this one.
      return false
    } else {
      throw .closed(session.map(LibSSH2.lastError))
    }
    return true
  }

  /// libssh2 keeps nothing of what the server says but the code of its reason (RFC 4254 section 5.1).
  private func notReached(_ words: String) -> String {
    "not reached from gateway \(gateway.map(\.rawValue) ?? "?"): \(words.prefix(1).lowercased())\(words.dropFirst())"
  }

  /// Gives up the opening for a contact that does not wait any longer, as soon as another contact needs the turn.
  /// libssh2 cannot, except where its link fails: so it is told once that it did.
  func withdraw(_ contact: SSHConnection) {
    guard opening === contact else { return }
    opening = nil
    notice()
  }

  /// What the end of this connection means for those who use it.
  var loss: Interruption {
    let end = interruption ?? linkEnd ?? .closed(nil)
    guard let name = gateway else { return end }
    if case .gateway = end { return end }
    let detail: String? =
      switch end {
      case .closed(let detail): detail
      case .flooded(let limit): "more than \(limit) bytes that are no terminal's"
      default: nil
      }
    return .gateway(GatewayFault(name, .unreachable, "lost\(detail.map { " (\($0))" } ?? "")"))
  }
}
