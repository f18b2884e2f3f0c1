package import TenkenModel

/// One way in which the key that a host shows and what is on record of the host can stand to each other, and what must
/// come of it. Every client of SSH is held to this table, on a real server.
package struct HostKeyCase: Sendable, CustomStringConvertible {
  /// What became of it that the login was refused before anything was authenticated.
  package struct Refusal: Sendable {
    package let outcome: Outcome
    /// `nil` where there is no key that both sides could speak of.
    package let standing: HostKeyEvidence.Standing?
    let reason: String

    init(_ outcome: Outcome, _ standing: HostKeyEvidence.Standing?, _ reason: String) {
      (self.outcome, self.standing, self.reason) = (outcome, standing, reason)
    }
  }

  package let description: String
  /// What is dialled.
  package let address: String
  /// The type of the server's only key.
  package let hostKeyType: String
  /// `nil` where the host is believed and logged in to.
  package let refusal: Refusal?
  let record: String
  let isHashed: Bool

  /// - Parameter record: lines of known_hosts: `PORT` stands for the server's port, `KEY` for its key, and `OTHER` for
  ///   a key of nobody's. In a reason `SHOWN` and `RECORDED` stand for the types and fingerprints of these two.
  init(
    _ description: String, _ record: String, address: String = "127.0.0.1", hostKeyType: String = "ed25519",
    isHashed: Bool = false, refusal: Refusal? = nil
  ) {
    self.description = description
    self.record = record
    self.address = address
    self.hostKeyType = hostKeyType
    self.isHashed = isHashed
    self.refusal = refusal
  }

  package static let all = [
    HostKeyCase("the key on record", "[127.0.0.1]:PORT KEY"),
    HostKeyCase("another key", "[127.0.0.1]:PORT OTHER", refusal: another),
    HostKeyCase(
      "another type of key", "[127.0.0.1]:PORT OTHER", hostKeyType: "ecdsa",
      refusal: Refusal(.hostKeyMismatch, nil, "recorded: ssh-ed25519; offered: ecdsa-sha2-nistp256")),
    HostKeyCase("a revoked key", "@revoked * KEY", refusal: revoked),
    HostKeyCase("a revoked key that is on record too", "[127.0.0.1]:PORT KEY\n@revoked * KEY", refusal: revoked),
    HostKeyCase("a hashed name", "[127.0.0.1]:PORT KEY", isHashed: true),
    HostKeyCase("a hashed name with another key", "[127.0.0.1]:PORT OTHER", isHashed: true, refusal: another),
    HostKeyCase("another key on another port", "[127.0.0.1]:1 OTHER\n[127.0.0.1]:PORT KEY"),
    HostKeyCase("the key on another port only", "[127.0.0.1]:1 KEY", refusal: unknown()),
    HostKeyCase("a wildcard", "[127.*.?]:PORT KEY"),
    HostKeyCase("a wildcard with another key", "[127.*.?]:PORT OTHER", refusal: another),
    HostKeyCase("a wildcard but not this host", "[127.*]:PORT,![127.0.0.1]:PORT KEY", refusal: unknown()),
    HostKeyCase("a malformed line before the right one", "[127.0.0.1]:PORT ssh-ed25519 AAAA\n[127.0.0.1]:PORT KEY"),
    HostKeyCase("a malformed line alone", "[127.0.0.1]:PORT ssh-ed25519 AAAA", refusal: unknown()),
    HostKeyCase("a name in other letters", "[LOCALHOST]:PORT KEY", address: "LocalHost"),
    HostKeyCase(
      "a name in other letters with another key", "[LOCALHOST]:PORT OTHER", address: "LocalHost", refusal: another),
    HostKeyCase("an authority", "@cert-authority [127.0.0.1]:PORT OTHER", refusal: unknown(authority)),
    HostKeyCase("an authority with the host's own key", "@cert-authority * KEY", refusal: unknown(authority)),
  ]

  private static let another = Refusal(.hostKeyMismatch, .mismatch, "the host shows SHOWN, on record is RECORDED")
  private static let revoked = Refusal(.hostKeyMismatch, .revoked, "the host key SHOWN is revoked")
  private static let authority = "; a certificate authority is on record, which Tenken does not support"

  private static func unknown(_ more: String = "") -> Refusal {
    Refusal(.hostKeyUnknown, .unknown, "no host key on record; the host shows SHOWN\(more)")
  }
}
