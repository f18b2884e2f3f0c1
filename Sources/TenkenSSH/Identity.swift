import TenkenCrypto
import TenkenModel

/// A key to log in with, and who signs with it.
struct Identity: Sendable {
  enum Signer: Sendable {
    case key(PrivateKey)
    /// The key stays in the agent, which knows it by these bytes: its own, or its certificate.
    case agent(AgentClient, [UInt8])
  }

  let algorithm: KeyAlgorithm
  /// In the wire encoding, as it is registered with the servers.
  let publicKey: HostKey
  let certificate: UserCertificate?
  let signer: Signer

  /// What is shown in a login. libssh2 takes the signature's algorithm from the type in it, so an RSA key is sent as
  /// `rsa-sha2-512`, which OpenSSH understands (measured with 9.2) and Dropbear does not; of an ECDSA certificate it
  /// knows that the key signs.
  let loginBlob: [UInt8]

  init(_ publicKey: HostKey, _ algorithm: KeyAlgorithm, certificate: UserCertificate? = nil, _ signer: Signer) {
    self.publicKey = publicKey
    self.algorithm = algorithm
    self.certificate = certificate
    self.signer = signer
    var writer = WireWriter()
    writer.string(algorithm.signatureName.utf8)
    loginBlob = certificate?.blob ?? writer.bytes + publicKey.blob.dropFirst(4 + algorithm.keyType.utf8.count)
  }

  /// For people: `ssh-ed25519 SHA256:...`.
  var name: String {
    let key = "\(algorithm.keyType) \(publicKey.fingerprint)"
    return certificate.map { "\(key) (certificate \($0.name.quoted))" } ?? key
  }
}
