import TenkenCrypto
import TenkenModel

/// A key to log in with, and who signs with it.
struct Identity: Sendable {
  enum Signer: Sendable {
    case key(PrivateKey)
    /// The key stays in the agent.
    case agent(AgentClient)
  }

  let algorithm: KeyAlgorithm
  /// In the wire encoding, as it is registered with the servers.
  let publicKey: HostKey
  let signer: Signer

  /// The public key as it is sent in a login: libssh2 takes the signature's algorithm from the key's type, so an RSA
  /// key is sent as `rsa-sha2-512`, which OpenSSH understands (measured with 9.2) and Dropbear does not.
  let loginBlob: [UInt8]

  init(_ publicKey: HostKey, _ algorithm: KeyAlgorithm, _ signer: Signer) {
    self.publicKey = publicKey
    self.algorithm = algorithm
    self.signer = signer
    var writer = WireWriter()
    writer.string(algorithm.signatureName.utf8)
    loginBlob = writer.bytes + publicKey.blob.dropFirst(4 + algorithm.keyType.utf8.count)
  }

  /// For people: `ssh-ed25519 SHA256:...`.
  var name: String { "\(algorithm.keyType) \(publicKey.fingerprint)" }
}
