internal import TenkenModel
internal import TenkenTransport

/// What one contact came to.
enum ContactEnd: Sendable {
  case ran(RemoteRun)
  /// A gateway on the way could not be passed: the terminal was not contacted, and there is nothing of it to record.
  case turnedBack(ContactFailure, at: ID<Gateway>)
}
