/// Where the key of an encrypted file can be used: in a private ssh-agent, which holds it and nothing else but its
/// certificate, and which ends with Tenken.
package struct HeldKey: Sendable, Hashable {
  /// The path of the key file, without `~`.
  package let file: String
  /// What `SSH_AUTH_SOCK` of a program that is to use it would be.
  package let socket: String

  package init(file: String, socket: String) {
    self.file = file
    self.socket = socket
  }
}
