import CLibSSH2
import NIOCore
import TenkenModel
import TenkenTransport

/// One contact with one terminal or jump host, on one event loop: the wire, libssh2's session, and who waits for them.
///
/// libssh2 is called only from here, never blocks and never sees a socket: `drive` calls it, sends what it wrote, and
/// where it wants more waits for the wire. Deadline, cancellation, flood and the end of the link all come through
/// `interrupt`, which keeps the first reason, closes the wire and wakes whoever waits.
actor SSHConnection {
  nonisolated let loop: any EventLoop
  let endpoint: Endpoint
  let record: HostKeyRecord
  /// Where there are some, a key that is not on record may be taken.
  let newKeys: NewHostKeys?
  /// Which jump host it goes to; `nil` for a terminal.
  let gateway: ID<Gateway>?
  let algorithms: Algorithms
  let gateways: Gateways
  let resolver: NameResolver

  var evidence = ContactEvidence()
  var phase = ContactPhase.connecting {
    didSet { if let phase = phase.inFlight { endpoint.gauge?.enter(phase) } }
  }
  var session: OpaquePointer?
  var wire: Wire?
  let io = SessionIO()
  var greeting = ServerGreeting()
  var isBusy = false
  /// When everything must be over.
  var runDeadline = NIODeadline.distantFuture

  /// Those that go through this connection, where it is a jump host's.
  var tunnels: [TunnelEnd] = []
  var tunnelsMade = 0
  /// The contact for which a tunnel is being opened.
  var opening: SSHConnection?
  /// Bytes that went through tunnels, both ways.
  var moved = 0
  /// How often in a row a look at the connection found nothing new, and what had come by the last one.
  var silence = (looks: 0, received: 0)
  var isPumping = false
  var pumpsAgain = false

  private(set) var interruption: Interruption?
  private(set) var linkEnd: Interruption?
  private(set) var received = 0
  private var waiter: CheckedContinuation<Void, Never>?
  private var signal = false
  private var deadline = NIODeadline.distantFuture
  private var limit = Duration.zero
  private var timer: (task: Scheduled<Void>, at: NIODeadline)?

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

  /// - Parameter preferred: types of host keys that are asked for before others; none leaves Tenken's own order.
  init(
    to endpoint: Endpoint, _ record: HostKeyRecord, preferring preferred: [String] = [], newKeys: NewHostKeys? = nil,
    of gateway: ID<Gateway>? = nil, by gateways: Gateways, _ resolver: NameResolver, on loop: any EventLoop
  ) {
    self.endpoint = endpoint
    self.record = record
    self.newKeys = newKeys
    self.gateway = gateway
    self.gateways = gateways
    self.loop = loop
    self.resolver = resolver
    algorithms = LibSSH2.algorithms.restricted(toHostKeyTypes: record.types).preferring(hostKeyTypes: preferred)
  }

  // MARK: What happens to it

  func received(_ buffer: ByteBuffer) {
    received += buffer.readableBytes
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

  /// What a jump host may say that is no terminal's: its answers, and what libssh2 puts aside.
  static let mostAside = 1024 * 1024

  /// The bytes that may have come until now. A packet around one byte of a tunnel has at most 128.
  private var budget: Int {
    switch phase {
    case .running, .closing: endpoint.limits.bytesPerTerminal
    case .serving, .idle: Self.mostAside + 128 * moved
    default: endpoint.limits.bytesBeforeLogin
    }
  }

  /// The banner may be there before the connection is known to be open.
  func noteBanner() {
    if phase == .awaitingBanner, greeting.identification != nil { phase = .exchangingKeys }
  }

  /// What came before the end is still to be read: nothing is interrupted by it.
  func linkEnded(_ reason: Interruption) {
    if linkEnd == nil { linkEnd = reason }
    wake()
  }

  func interrupt(_ reason: Interruption) {
    guard interruption == nil else { return }
    interruption = reason
    wire?.close()
    wake()
  }

  nonisolated func cancel() {
    loop.execute { self.assumeIsolated { $0.interrupt(.cancelled) } }
  }

  // MARK: Waiting

  func wake() {
    pump()
    if gateway != nil { judgeMemory() }
    notice()
  }

  /// Wakes who waits.
  func notice() {
    signal = true
    guard let waiter else { return }
    self.waiter = nil
    waiter.resume()
  }

  /// Returns when something happened since `signal` was last cleared; who waits looks for itself what it was.
  func wait() async {
    if !signal {
      // Something may happen before the continuation is there: the loop may turn once more until then.
      await withCheckedContinuation { if signal { $0.resume() } else { waiter = $0 } }
    }
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
    guard let bytes = io.takeOutbound(), let wire else { return }
    wire.send(bytes)
  }

  /// Whether the terminal, or the network, ended the link.
  var hasEnded: Bool { linkEnd != nil }

  // MARK: Deadlines

  /// For reasons: `20s`.
  var limitText: String { limit.text }

  /// - Parameter limit: `nil` where the phase has no deadline of its own.
  func begin(_ phase: ContactPhase, within limit: Duration?, until end: NIODeadline = .distantFuture) {
    self.phase = phase
    self.limit = limit ?? .zero
    deadline = limit.map { min(.now() + TimeAmount($0), end) } ?? end
    if let timer, timer.at > deadline { timer.task.cancel() } else if timer != nil { return }
    arm()
  }

  /// One timer a connection: a deadline that moved on is noticed when the timer fires.
  private func arm() {
    guard deadline < .distantFuture else { return }
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
    loseTunnels()
    if let session {
      if interruption == nil, linkEnd == nil {
        _ = libssh2_session_disconnect_ex(session, SSH_DISCONNECT_BY_APPLICATION, "", "")
        flush()
      }
      io.isDead = true
      LibSSH2.free(session)
    }
    session = nil
    if interruption == nil { interruption = .closed(nil) }
    wire?.close()
    wire = nil
  }

  /// Lends it to `body`, on its event loop, and frees it with everything that it holds. Cancelling the task interrupts
  /// it.
  nonisolated func lent<Value: Sendable>(
    on executor: LoopTaskExecutor, to body: (SSHConnection) async throws(ContactFailure) -> Value
  ) async throws(ContactFailure) -> Value {
    let result: Result<Value, ContactFailure> = await withTaskCancellationHandler {
      await withTaskExecutorPreference(executor) {
        let result: Result<Value, ContactFailure>
        do throws(ContactFailure) { result = .success(try await body(self)) } catch { result = .failure(error) }
        await shutdown()
        return result
      }
    } onCancel: {
      cancel()
    }
    return try result.get()
  }
}
