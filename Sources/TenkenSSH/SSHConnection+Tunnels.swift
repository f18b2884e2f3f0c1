import CLibSSH2
import NIOCore

/// What the connection to a jump host moves through its tunnels.
extension SSHConnection {
  /// libssh2 reads whatever came, for whichever channel, when it is asked for one: so all are asked whenever something
  /// came, and those that want to send get one packet each in turn.
  func pump() {
    guard !tunnels.isEmpty, session != nil, interruption == nil else { return }
    guard !isPumping else { return pumpsAgain = true }
    isPumping = true
    defer { isPumping = false }
    repeat {
      pumpsAgain = false
      for tunnel in tunnels { account(tunnel.deliver()) }
      while sendInTurn() {}
      tunnels.removeAll { !$0.isUsed && $0.free() }
      flush()
    } while pumpsAgain && interruption == nil
  }

  /// Whether anything was sent. The first to be asked is another one each time.
  private func sendInTurn() -> Bool {
    var sent = 0
    for tunnel in tunnels where tunnel.hasOutbound && wire?.isWritable == true && interruption == nil {
      sent += account(tunnel.write())
      flush()
    }
    if sent > 0 { tunnels.append(tunnels.removeFirst()) }
    return sent > 0
  }

  /// The bytes that were moved; an error of libssh2 is the end of the connection.
  @discardableResult
  private func account(_ result: Int) -> Int {
    if result < 0, result != Int(LIBSSH2_ERROR_EAGAIN) { interrupt(.closed(session.map(LibSSH2.lastError))) }
    moved += max(0, result)
    return max(0, result)
  }

  /// A jump host whose packets stay in memory, because no tunnel takes them, is no honest one.
  func judgeMemory() {
    let limit = Self.mostAside + tunnels.count * (Int(TunnelEnd.window) + Int(TunnelEnd.packet))
    if io.held > limit { interrupt(.flooded(limit: limit)) }
  }

  // MARK: For the contacts

  /// Takes a channel that was opened for a contact; `false` where the contact is over by now.
  func hand(_ channel: OpaquePointer, to contact: SSHConnection) -> Bool {
    tunnelsMade += 1
    let end = TunnelEnd(tunnelsMade, channel, of: contact)
    let wire = Wire.tunnel(Tunnel(gateway: self, number: tunnelsMade))
    tunnels.append(end)
    let isTaken = contact.assumeIsolated { (try? $0.adopt(wire)) != nil }
    if !isTaken { end.leave() }
    pump()
    return isTaken
  }

  func isWritable(_ number: Int) -> Bool { tunnel(number)?.isWritable ?? false }

  func send(_ bytes: ByteBuffer, through number: Int) {
    guard let tunnel = tunnel(number) else { return }
    tunnel.queue(bytes)
    guard !isPumping, io.isDrained, interruption == nil else { return pump() }
    while tunnel.hasOutbound, wire?.isWritable == true, account(tunnel.write()) > 0 { flush() }
  }

  func leave(_ number: Int) {
    tunnel(number)?.leave()
    wake()
  }

  /// All contacts are told that there is no way any more.
  func loseTunnels() {
    let lost = tunnels
    tunnels = []
    for tunnel in lost { tunnel.lose(loss) }
  }

  private func tunnel(_ number: Int) -> TunnelEnd? { tunnels.first { $0.number == number } }
}
