import NIOCore

/// A contact that waits for its tunnel. The promise is kept once the contact has it, and fails with the `Interruption`
/// that ends the contact.
struct TunnelRequest: Sendable {
  let contact: SSHConnection
  /// As the jump host dials it: an address, or a name that only the jump host resolves.
  let host: String
  let port: UInt16
  let promise: EventLoopPromise<Void>
}
