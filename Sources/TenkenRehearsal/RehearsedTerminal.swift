internal import Foundation
internal import TenkenModel
internal import TenkenTransport

/// One terminal of the rehearsed fleet: what it does is drawn from the seed and its id, so it does the same in every
/// rehearsal with that seed, whoever is contacted before it.
struct RehearsedTerminal: Sendable {
  /// What comes of contacting it.
  enum Fate: Sendable, Hashable {
    case answers
    /// The link dies after this fraction of its output.
    case losesLink(after: Double)
    case refuses, hangs, hasUnknownKey, hasOtherKey, deniesLogin
  }

  let fate: Fate
  let hostKey: HostKeyEvidence
  /// Of a contact's time in proportion to the rehearsal's pace: at least 0.5 and below 1.5.
  let slowness: Double
  private let seed: UInt64
  private let id: UInt64
  private let faults: RehearsalFaults

  init(_ endpoint: Endpoint, seed: UInt64, faults: RehearsalFaults) {
    self.seed = seed
    self.faults = faults
    id = Self.hash(endpoint.terminal.rawValue)
    var generator = SplitMix64(seed: seed, id)
    let drawn = Self.fate(at: generator.unit(), faults: faults, lostAfter: generator.unit())
    slowness = 0.5 + generator.unit()
    let isWell = drawn.mayPass && Self.heals(by: endpoint.attempt, seed: seed, id: id, faults: faults)
    fate = isWell ? .answers : drawn
    hostKey = HostKeyEvidence(
      type: "ssh-ed25519", fingerprint: Self.fingerprint(using: &generator), standing: fate.standing)
  }

  /// The stream that its answer to one check is drawn from.
  func stream(for check: ID<Check>) -> SplitMix64 { SplitMix64(seed: seed, id, Self.hash(check.rawValue)) }

  private static func fate(at place: Double, faults: RehearsalFaults, lostAfter: Double) -> Fate {
    let fates: [(share: Double, fate: Fate)] = [
      (faults.refused, .refuses), (faults.timedOut, .hangs), (faults.keyUnknown, .hasUnknownKey),
      (faults.keyMismatch, .hasOtherKey), (faults.authFailed, .deniesLogin),
      (faults.linkLost, .losesLink(after: lostAfter)),
    ]
    var bound = 0.0
    for (share, fate) in fates {
      bound += share
      if place < bound { return fate }
    }
    return .answers
  }

  /// What was well at one attempt stays well.
  private static func heals(by attempt: Int, seed: UInt64, id: UInt64, faults: RehearsalFaults) -> Bool {
    guard attempt > 1 else { return false }
    return (2...attempt).contains { attempt in
      var generator = SplitMix64(seed: seed, id, UInt64(attempt))
      return generator.unit() < faults.healing
    }
  }

  private static func fingerprint(using generator: inout SplitMix64) -> String {
    let digest = (0..<4).flatMap { _ in withUnsafeBytes(of: generator.next().bigEndian, Array.init) }
    return "SHA256:" + Data(digest).base64EncodedString().prefix { $0 != "=" }
  }

  /// FNV-1a, 64 bits (Fowler, Noll, Vo): the same on every machine, as Swift's own hash is not.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}

extension RehearsedTerminal.Fate {
  fileprivate var mayPass: Bool {
    switch self {
    case .refuses, .hangs, .losesLink: true
    case .answers, .hasUnknownKey, .hasOtherKey, .deniesLogin: false
    }
  }

  fileprivate var standing: HostKeyEvidence.Standing {
    switch self {
    case .hasUnknownKey: .unknown
    case .hasOtherKey: .mismatch
    case .answers, .losesLink, .refuses, .hangs, .deniesLogin: .recorded
    }
  }
}
