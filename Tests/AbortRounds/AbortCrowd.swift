import TenkenModel
import TenkenSSH
import TenkenTransport

/// Contacts that begin together and are aborted together.
struct AbortCrowd {
  let size: Int
  let endpoint: Endpoint
  let transport: SSHTransport
  let arrivals: Arrivals
  let place: AbortPlace
  /// Of the server, where it is in this process.
  let port: UInt16

  private let clock = ContinuousClock()

  init(
    size: Int, endpoint: Endpoint, transport: SSHTransport, arrivals: Arrivals, place: AbortPlace, port: UInt16
  ) {
    self.size = size
    self.endpoint = endpoint
    self.transport = transport
    self.arrivals = arrivals
    self.place = place
    self.port = port
  }

  /// Returns how many did not get as far as they should, once all have ended.
  @discardableResult
  func round() async throws -> Int {
    let open = Traces.descriptors(except: port)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<size { group.addTask { await contact() } }
      let expected = place.arriving(of: size)
      let arrived = await arrivals.wait(for: expected, orEnded: size)
      if expected == 0 { try await wait(from: open) }
      group.cancelAll()
      try await group.waitForAll()
      await arrivals.forget(ended: size)
      return expected - arrived
    }
  }

  /// Nobody tells of those that get nowhere: each of them has its socket, or all wait for one.
  private func wait(from open: Int) async throws {
    if case .connecting = place {
      while Traces.descriptors(except: port) < open + size { try await clock.sleep(for: .milliseconds(2)) }
    } else {
      try await clock.sleep(for: .milliseconds(20))
    }
  }

  private func contact() async {
    _ = try? await transport.withSSHSession(on: endpoint) { session in
      if case .running = place { arrivals.arrived() }
      _ = await session.run(command: "exec sleep 600", stdin: [0x0A])
    }
    arrivals.ended()
  }
}
