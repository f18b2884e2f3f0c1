import TenkenCrypto
import TenkenModel

/// The private key file of a credential with what stands beside it, read and found fit before anything is contacted.
struct IdentityFile {
  /// Without `~`.
  let path: String
  /// `nil` where it is encrypted: then a private agent has it.
  let key: PrivateKey?
  /// What stands in `PATH-cert.pub`. Where there is one it is shown instead of the key, as ssh(1) does: one attempt a
  /// contact leaves no second choice.
  let certificate: UserCertificate?

  init(_ path: String, home: String?, now: Timestamp) throws(Failure) {
    self.path = KeyFile.expand(path, home)
    key = try KeyFile.load(self.path)
    certificate = try Self.certificate(at: self.path + "-cert.pub", now)
    if let key { try demandMatch(with: key.publicKey) }
  }

  func demandMatch(with key: HostKey) throws(Failure) {
    guard let certificate, certificate.publicKey != key else { return }
    throw Failure(
      .badInput, "the certificate \(path)-cert.pub is for another key than \(path)",
      why: "it is for \(certificate.publicKey.fingerprint), the key is \(key.fingerprint)",
      next: "Have this key certified, or move the file away.")
  }

  private static func certificate(at path: String, _ now: Timestamp) throws(Failure) -> UserCertificate? {
    guard KeyFile.exists(path) else { return nil }
    guard let file = KeyFile.publicKey(path), let certificate = UserCertificate(blob: file.blob) else {
      throw Failure(
        .badInput, "\(path) is no certificate that can be read", why: "and it stands where the key's certificate would",
        next: "Have it made again (ssh-keygen -s), or move the file away.")
    }
    try certificate.demandUse(path, at: now)
    return certificate
  }
}
