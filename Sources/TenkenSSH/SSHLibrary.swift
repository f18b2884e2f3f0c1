internal import CLibSSH2
internal import NIOCore
internal import NIOPosix
internal import Synchronization
package import TenkenModel
internal import TenkenTransport

/// What can be told of SSH on this station before anything is contacted.
package enum SSHLibrary {
  /// The version of the libssh2 that this program runs with: `1.10.0`.
  package static var version: String { libssh2_version(0).map { String(cString: $0) } ?? "unknown" }

  /// Sessions of libssh2 in this process that are not freed: none while nothing is contacted.
  package static var sessions: Int { LibSSH2.sessions.load(ordering: .relaxed) }

  /// The files of these credentials that are encrypted, without `~`, each once: those that a private agent must hold.
  ///
  /// - Parameter others: credentials of another client, which may be of a kind that Tenken's own SSH cannot use.
  /// - Throws: what is wrong with any but the others, and what to do; so nobody is asked for a passphrase in vain.
  package static func encryptedKeyFiles(
    of credentials: [Credential], others: [Credential] = [], environment: [String: String], now: Timestamp
  ) throws(Failure) -> [String] {
    let home = environment["HOME"]
    var paths: [String] = []
    for path in keyFiles(credentials) {
      let file = try IdentityFile(path, home: home, now: now)
      if file.key == nil { paths.append(file.path) }
    }
    for path in keyFiles(others).map({ KeyFile.expand($0, home) }) where KeyFile.isEncrypted(path) {
      paths.append(path)
    }
    return paths.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// A `.pub` file names a key of the user's agent.
  private static func keyFiles(_ credentials: [Credential]) -> [String] {
    credentials.compactMap { credential in
      guard case .file(let path) = credential.identity, !path.hasSuffix(".pub") else { return nil }
      return path
    }
  }

  /// The key that a credential logs in with: `ssh-ed25519 SHA256:...`.
  ///
  /// - Throws: why it cannot.
  package static func identityName(
    of credential: Credential, environment: [String: String], now: Timestamp
  ) async throws -> String {
    try await withSSHTransport(
      credentials: [credential], knownHosts: KnownHosts([], file: ""), environment: environment, now: now
    ) { $0.identities[credential.identity]?.name ?? "none" }
  }
}
