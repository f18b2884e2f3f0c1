import Foundation
import TenkenLocal
import TenkenModel
import TenkenOpenSSH
import TenkenRehearsal
import TenkenSSH
import TenkenTestSupport
import TenkenTransport

/// A transport that the conformance suite holds to the promises of the seam.
enum TransportConformanceSubject: String, CaseIterable, Sendable {
  case rehearsal, local
  /// To a real sshd of this machine.
  case ssh
  /// The same through the system's ssh(1).
  case openssh

  /// What a test wants the terminal to be like. Where scripts run, the scripts of `TransportConformance` do it; a
  /// rehearsal does it by its faults.
  enum Wish: Sendable {
    case passes, fails, complains
    /// Takes longer than a run's deadline of 200 ms.
    case overruns
    /// Takes minutes.
    case isSlow
    /// Cannot be reached at all.
    case isAway
  }

  /// Whether terminals are elsewhere: there is a host key to prove and an address that was dialled, and one may be
  /// away.
  var isRemote: Bool { self != .local }

  /// Whether there is a shell behind it.
  var runsScripts: Bool { self != .rehearsal }

  /// What the check that complains writes on each stream, beside its facts.
  var complaint: (stdout: String, stderr: String) {
    switch self {
    case .rehearsal: ("rehearsed: the check broke\n", "rehearsed: error\n")
    case .local, .ssh, .openssh: (TransportConformance.stdout, TransportConformance.stderr)
    }
  }

  /// Lends the transport and an endpoint of it that is as the test wishes.
  func lend<Value: Sendable>(
    _ wish: Wish, limits: Limits = Limits(), _ body: (any Transport, Endpoint) async throws -> Value
  ) async throws -> Value {
    switch self {
    case .rehearsal: try await body(Self.rehearsal(wish), endpoint(limits: limits))
    case .local: try await body(LocalTransport(), endpoint(limits: limits))
    case .ssh, .openssh: try await lendSSH(wish, limits: limits, body)
    }
  }

  private func lendSSH<Value: Sendable>(
    _ wish: Wish, limits: Limits, _ body: (any Transport, Endpoint) async throws -> Value
  ) async throws -> Value {
    try await withOpenSSHServer { server in
      let credential = Credential(name: "default", user: server.user, identity: .file(server.clientKey))
      let endpoint = Endpoint(
        terminal: "here", site: "here", address: "127.0.0.1", port: wish == .isAway ? try freePort() : server.port,
        credential: credential, networks: [.loopback], limits: limits)
      let knownHosts = KnownHosts(Array(try server.knownHosts().utf8), file: "known_hosts")
      if self == .openssh {
        let environment = ProcessInfo.processInfo.environment.filter { $0.key == "PATH" }
        return try await withOpenSSHTransport(
          SystemProgram("ssh", searchPath: environment["PATH"]), credentials: [credential], knownHosts: knownHosts,
          environment: environment
        ) { try await body($0, endpoint) }
      }
      return try await withSSHTransport(
        credentials: [credential], knownHosts: knownHosts, environment: [:], now: Timestamp(milliseconds: 0)
      ) {
        try await body($0, endpoint)
      }
    }
  }

  private func endpoint(limits: Limits) -> Endpoint {
    Endpoint(
      terminal: "here", site: "here", address: "127.0.0.1", port: 22,
      credential: Credential(name: "none", user: "nobody", identity: .agent), limits: limits)
  }

  private static func rehearsal(_ wish: Wish) -> any Transport {
    let faults =
      switch wish {
      case .passes, .overruns, .isSlow: RehearsalFaults.none
      case .fails: RehearsalFaults(failing: 1)
      case .complains: RehearsalFaults(erring: 1)
      case .isAway: RehearsalFaults(refused: 1)
      }
    let pace: Duration =
      switch wish {
      case .passes, .fails, .complains, .isAway: .zero
      case .overruns: .seconds(1)
      case .isSlow: .seconds(600)
      }
    return RehearsalTransport(seed: 1, faults: faults, pace: pace, clock: ContinuousClock())
  }
}
