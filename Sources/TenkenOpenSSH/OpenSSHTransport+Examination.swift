package import TenkenModel

extension OpenSSHTransport {
  /// The key that ssh(1) logs in with for a credential whose file is not encrypted: `ssh-ed25519 SHA256:...`.
  ///
  /// - Throws: why it cannot be used.
  package static func identityName(
    of credential: Credential, environment: [String: String]
  ) async throws(Failure) -> String {
    try await OpenSSHIdentities([credential], held: [], environment: environment)[credential].name
  }
}
