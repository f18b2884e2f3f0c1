internal import TenkenModel

/// What a contact waits for; each has a deadline.
struct ClientStage: Sendable, Hashable {
  enum Step: Sendable, Hashable {
    /// For a link to the leg's host.
    case link
    /// For its login.
    case login
    /// For the end of the remote program.
    case run
  }

  let leg: Int
  let step: Step

  /// As whoever watches the sweep sees it, where so many hosts are on the way.
  func inFlight(of legs: Int) -> InFlight.Phase {
    switch step {
    case _ where leg < legs - 1: .gateway
    case .link: .connect
    case .login: .login
    case .run: .run
    }
  }

  func limit(_ limits: Limits) -> Duration {
    switch step {
    case .link: limits.connectTimeout
    case .login: limits.loginTimeout
    case .run: limits.runTimeout
    }
  }
}
