internal import TenkenCrypto
internal import TenkenModel

/// A key as ssh(1) is given it: its file, or its public half and the agent that signs with it.
struct OpenSSHIdentity: Sendable, Hashable {
  enum Signer: Sendable, Hashable {
    /// The private key's file.
    case file(String)
    /// The socket of an ssh-agent.
    case agent(String)
  }

  let signer: Signer
  let publicKey: HostKey
  /// The file of its certificate, which is shown in place of the key: one attempt a contact leaves no second choice.
  let certificate: String?

  /// For people: `ssh-ed25519 SHA256:...`.
  var name: String { "\(publicKey.type) \(publicKey.fingerprint)" }
}
