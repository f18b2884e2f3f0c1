internal import TenkenModel
internal import TenkenTransport

/// What one contact came to.
enum ContactEnd: Sendable {
  case ran(RemoteRun, Cost)
  /// The same, over a client that the rest of the site does not need: that one could not pass a gateway, which says
  /// nothing of whether the site's own client can.
  case fellShort(RemoteRun)
  /// A gateway on the way could not be passed: the terminal was not contacted, and there is nothing of it to record.
  case turnedBack(ContactFailure, at: ID<Gateway>)
}
