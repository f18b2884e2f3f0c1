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

  func limit(_ limits: Limits) -> Duration {
    switch step {
    case .link: limits.connectTimeout
    case .login: limits.loginTimeout
    case .run: limits.runTimeout
    }
  }
}
