/// Why a file is no private key that Tenken can use.
package enum PrivateKeyProblem: Error, Sendable, Hashable {
  /// It needs a passphrase.
  case encrypted
  /// It is the public half.
  case isPublic
  /// A kind of key that cannot log in here: `ssh-dss`, `sk-ssh-ed25519@openssh.com`, X25519.
  case unsupported(String)
  case malformed(String)
}
