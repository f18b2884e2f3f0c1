internal import TenkenModel
internal import TenkenTransport

/// How a child of a sweep's task group ended.
enum ChildEnd: Sendable {
  /// `gotPast` is false where the client that the terminal fell back to could not pass a gateway.
  case recorded(terminal: Int, Attempt, Cost, gotPast: Bool)
  /// A contact that a gateway on its way did not let through: nothing was recorded.
  case turnedBack(terminal: Int, ContactFailure, at: ID<Gateway>)
  /// A contact that tries a gateway has its session.
  case gotPast(terminal: Int)
  /// A contact that was cancelled before it was recorded.
  case abandoned(terminal: Int)
  /// What a contact brought could not be recorded: the sweep cannot keep its promise any more.
  case failed(terminal: Int, any Error)
  case signal(SweepSignal)
  /// The time that the run may take is over.
  case overdue
  /// Nobody will signal any more.
  case unattended
  /// The time that was waited for has come.
  case woke(Duration)
  /// Nothing was left to tell.
  case quiet
  /// A child that only waits was cancelled.
  case cancelled
}
