import CLibSSH2
import NIOCore
import TenkenModel
import TenkenTransport

/// One contact with one terminal, on one event loop: the channel, libssh2's session, and who waits for them.
///
/// libssh2 is called only from here, never blocks and never sees a socket: `drive` calls it, sends what it wrote, and
/// where it wants more waits for the channel. Deadline, cancellation, flood and the end of the link all come through
/// `interrupt`, which keeps the first reason, closes the channel and wakes whoever waits.
actor SSHConnection {
  nonisolated let loop: any EventLoop
  let endpoint: Endpoint
  let record: HostKeyRecord
  /// Where there are some, a key that is not on record may be taken.
  let newKeys: NewHostKeys?
  let algorithms: Algorithms
  let resolver: NameResolver

  var evidence = ContactEvidence()
  var phase = ContactPhase.connecting
  var session: OpaquePointer?
  var channel: (any Channel)?
  let io = SessionIO()
  var greeting = ServerGreeting()
  var isBusy = false
  /// When everything must be over.
  var runDeadline = NIODeadline.distantFuture

  private(set) var interruption: Interruption?
  private var linkEnd: Interruption?
  private var received = 0
  private var waiter: CheckedContinuation<Void, Never>?
  private var signal = false
  private var deadline = NIODeadline.distantFuture
  private var limit = Duration.zero
  private var timer: (task: Scheduled<Void>, at: NIODeadline)?

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

  init(
    to endpoint: Endpoint, _ record: HostKeyRecord, newKeys: NewHostKeys? = nil, on loop: any EventLoop,
    _ resolver: NameResolver
  ) {
    self.endpoint = endpoint
    self.record = record
    self.newKeys = newKeys
    self.loop = loop
    self.resolver = resolver
    algorithms = LibSSH2.algorithms.restricted(toHostKeyTypes: record.types)
  }

  // MARK: What happens to it

  func received(_ buffer: ByteBuffer) {
    received += buffer.readableBytes
    let limits = endpoint.limits
    let budget = phase == .running || phase == .closing ? limits.bytesPerTerminal : limits.bytesBeforeLogin
    if received > budget { return interrupt(.flooded(limit: budget)) }
    if greeting.isDone { return io.receive(buffer) }
    do throws(ServerGreeting.Rejection) {
      io.receive(try greeting.consume(Array(buffer.readableBytesView)))
      noteBanner()
    } catch {
      switch error {
      case .unsupported(let reason): interrupt(.failed(.unsupported, reason))
      case .hostile(let reason): interrupt(.failed(.hostile, reason))
      }
    }
  }

  /// The banner may be there before the connection is known to be open.
  func noteBanner() {
    if phase == .awaitingBanner, greeting.identification != nil { phase = .exchangingKeys }
  }

  /// What came before the end is still to be read: nothing is interrupted by it.
  func linkEnded(_ reason: String?) {
    if linkEnd == nil { linkEnd = .closed(reason) }
    wake()
  }

  func interrupt(_ reason: Interruption) {
    guard interruption == nil else { return }
    interruption = reason
    channel?.close(promise: nil)
    wake()
  }

  nonisolated func cancel() {
    loop.execute { self.assumeIsolated { $0.interrupt(.cancelled) } }
  }

  // MARK: Waiting

  func wake() {
    signal = true
    guard let waiter else { return }
    self.waiter = nil
    waiter.resume()
  }

  /// Returns when something happened since `signal` was last cleared; who waits looks for itself what it was.
  func wait() async {
    if !signal { await withCheckedContinuation { waiter = $0 } }
    signal = false
  }

  /// Waits until the future is done, or the contact cannot go on.
  func wait<Value: Sendable>(for future: EventLoopFuture<Value>) async throws(Interruption) -> Result<Value, any Error>
  {
    let answer = NIOLoopBoundBox<Result<Value, any Error>?>(nil, eventLoop: loop)
    future.hop(to: loop).whenComplete { result in
      answer.value = result
      self.assumeIsolated { $0.wake() }
    }
    while true {
      if let interruption { throw interruption }
      if let result = answer.value { return result }
      await wait()
    }
  }

  /// Calls libssh2 until it has an answer other than "again".
  func drive(_ operation: (OpaquePointer) -> Int) async throws(Interruption) -> Int {
    while true {
      guard let result = try attempt(operation) else {
        await wait()
        continue
      }
      return result
    }
  }

  /// Calls libssh2 once; `nil` for "again", once everything that came has been looked at.
  func attempt(_ operation: (OpaquePointer) -> Int) throws(Interruption) -> Int? {
    signal = false
    if let interruption { throw interruption }
    guard let session else { throw .closed(nil) }
    let result = operation(session)
    flush()
    if result != Int(LIBSSH2_ERROR_EAGAIN) { return result }
    if let linkEnd, io.isDrained { throw linkEnd }
    return nil
  }

  func flush() {
    guard let bytes = io.takeOutbound(), let channel else { return }
    channel.writeAndFlush(bytes, promise: nil)
  }

  /// Whether the terminal, or the network, ended the link.
  var hasEnded: Bool { linkEnd != nil }

  // MARK: Deadlines

  /// For reasons: `20s`.
  var limitText: String { limit.text }

  func begin(_ phase: ContactPhase, within limit: Duration, until end: NIODeadline = .distantFuture) {
    self.phase = phase
    self.limit = limit
    deadline = min(.now() + TimeAmount(limit), end)
    if let timer, timer.at > deadline { timer.task.cancel() } else if timer != nil { return }
    arm()
  }

  /// One timer a connection: a deadline that moved on is noticed when the timer fires.
  private func arm() {
    timer = (loop.scheduleTask(deadline: deadline) { self.assumeIsolated { $0.timerFired() } }, deadline)
  }

  private func timerFired() {
    timer = nil
    if NIODeadline.now() >= deadline { interrupt(.expired) } else { arm() }
  }

  // MARK: The end

  /// Frees everything; safe to call at any moment, and last.
  func shutdown() {
    timer?.task.cancel()
    timer = nil
    if let session {
      if interruption == nil, linkEnd == nil {
        _ = libssh2_session_disconnect_ex(session, SSH_DISCONNECT_BY_APPLICATION, "", "")
        flush()
      }
      io.isDead = true
      libssh2_session_free(session)
    }
    session = nil
    if interruption == nil { interruption = .closed(nil) }
    channel?.close(promise: nil)
    channel = nil
  }
}
