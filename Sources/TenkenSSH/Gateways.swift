import NIOCore
import TenkenModel
import TenkenTransport

/// The connections to jump hosts, by the path that leads to them: one is opened when a contact first needs it, shared
/// by all, and opened anew after it was lost. While it cannot be opened, all who wait share one failure.
///
/// One connection opens one tunnel after the other, and a target that does not answer holds up those behind it. So
/// where a contact has waited for its turn for a while, a further connection is opened.
actor Gateways {
  private struct Path {
    var waiting: [TunnelRequest] = []
    var connections: [SSHConnection] = []
    var isOpening = false
  }

  struct Bounds: Sendable {
    /// How long a contact waits for its turn before another connection is opened.
    var patience = Duration.seconds(2)
    /// To one jump host at most.
    var connections = 8
    /// How often a connection is looked at for signs of life; the third look that finds none is the last.
    var pulse = Duration.seconds(10)
  }

  private nonisolated let loop: any EventLoop
  private nonisolated let executor: LoopTaskExecutor
  private nonisolated let knownHosts: KnownHosts
  private nonisolated let identities: Identities
  private nonisolated let resolver: NameResolver
  nonisolated let bounds: Bounds
  private nonisolated let openings: AsyncStream<Endpoint>
  private nonisolated let opener: AsyncStream<Endpoint>.Continuation
  private var paths: [[Hop]: Path] = [:]

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

  init(
    on executor: LoopTaskExecutor, _ knownHosts: KnownHosts, _ identities: Identities, _ resolver: NameResolver,
    bounds: Bounds = Bounds()
  ) {
    loop = executor.loop
    self.executor = executor
    self.knownHosts = knownHosts
    self.identities = identities
    self.resolver = resolver
    self.bounds = bounds
    (openings, opener) = AsyncStream.makeStream()
  }

  /// Holds the connections while `body` runs, and closes them then.
  nonisolated func held<Value: Sendable>(_ body: () async throws -> Value) async rethrows -> Value {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        await withDiscardingTaskGroup { connections in
          for await endpoint in self.openings { connections.addTask { await self.keep(endpoint) } }
        }
      }
      defer { group.cancelAll() }
      return try await body()
    }
  }

  // MARK: For the contacts

  func ask(_ request: TunnelRequest) {
    let path = request.contact.endpoint.hops
    paths[path, default: Path()].waiting.append(request)
    for connection in paths[path]?.connections ?? [] { connection.assumeIsolated { $0.notice() } }
    widen(path)
  }

  /// The contact is over and waits no longer.
  func withdraw(_ contact: SSHConnection) {
    let path = contact.endpoint.hops
    for connection in paths[path]?.connections ?? [] { connection.assumeIsolated { $0.withdraw(contact) } }
    if let index = paths[path]?.waiting.firstIndex(where: { $0.contact === contact }) {
      paths[path]?.waiting.remove(at: index).promise.fail(Interruption.cancelled)
    }
  }

  // MARK: For the connections

  func isAwaited(_ path: [Hop]) -> Bool { paths[path]?.waiting.isEmpty == false }

  /// The contact whose turn it is.
  func take(_ path: [Hop]) -> TunnelRequest? {
    guard paths[path]?.waiting.isEmpty == false else { return nil }
    return paths[path]?.waiting.removeFirst()
  }

  // MARK: Opening

  /// Opens the first connection now, and a further one if who waits last is still waiting then.
  private func widen(_ path: [Hop]) {
    guard let state = paths[path], let last = state.waiting.last, !state.isOpening else { return }
    if state.connections.isEmpty { return open(path, for: last) }
    guard state.connections.count < bounds.connections else { return }
    loop.scheduleTask(in: TimeAmount(bounds.patience)) { self.assumeIsolated { $0.lostPatience(path, last) } }
  }

  private func lostPatience(_ path: [Hop], _ request: TunnelRequest) {
    guard let state = paths[path], !state.isOpening, state.connections.count < bounds.connections else { return }
    if state.waiting.contains(where: { $0.contact === request.contact }) { open(path, for: request) }
  }

  private func open(_ path: [Hop], for request: TunnelRequest) {
    paths[path]?.isOpening = true
    opener.yield(request.contact.endpoint)
  }

  /// One connection, from its opening to its end.
  private nonisolated func keep(_ endpoint: Endpoint) async {
    guard let gateway = endpoint.gateway, let hop = endpoint.hops.last else { return }
    let record = knownHosts.record(host: gateway.address, port: gateway.port, pinned: gateway.pinnedKeys)
    let connection = SSHConnection(to: gateway, record, of: hop.gateway.id, by: self, resolver, on: loop)
    do throws(ContactFailure) {
      try await connection.lent(on: executor) { connection throws(ContactFailure) in
        guard let identity = identities[hop.credential.identity] else {
          throw ContactFailure(.authFailed, "the key of credential \(hop.credential.name) was not loaded")
        }
        _ = try await connection.logIn(as: identity)
        await opened(connection, endpoint.hops)
        let ending = await connection.serve(endpoint.hops, of: self)
        await ended(connection, endpoint.hops, ending)
      }
    } catch {
      await failed(endpoint.hops, error.ofGateway(hop.gateway.id))
    }
  }

  private func opened(_ connection: SSHConnection, _ path: [Hop]) {
    paths[path]?.isOpening = false
    paths[path]?.connections.append(connection)
    widen(path)
  }

  private func ended(_ connection: SSHConnection, _ path: [Hop], _ ending: SSHConnection.Ending) {
    paths[path]?.connections.removeAll { $0 === connection }
    switch ending {
    case .idle: widen(path)
    case .unusable(let request):
      paths[path]?.waiting.insert(request, at: 0)
      widen(path)
    case .lost(let loss): failWaiting(path, loss)
    }
    if let state = paths[path], state.connections.isEmpty, state.waiting.isEmpty, !state.isOpening {
      paths[path] = nil
    }
  }

  private func failed(_ path: [Hop], _ reason: Interruption) {
    paths[path]?.isOpening = false
    failWaiting(path, reason)
  }

  /// Where there is another connection, those who wait still have a way.
  private func failWaiting(_ path: [Hop], _ reason: Interruption) {
    guard let state = paths[path], state.connections.isEmpty, !state.isOpening else { return }
    paths[path] = nil
    for request in state.waiting { request.promise.fail(reason) }
  }
}

extension ContactFailure {
  /// What it means for the contacts behind a jump host that the contact with it failed so.
  fileprivate func ofGateway(_ id: ID<Gateway>) -> Interruption {
    .gateway(
      gatewayFault
        ?? GatewayFault(id, outcome, reason, hostKey: evidence.hostKey, didAuthenticate: didAuthenticate))
  }
}
