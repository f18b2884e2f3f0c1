internal import TenkenModel
internal import TenkenTransport

/// How a contact ended: the outcome, why, and whether another attempt may end better.
struct Conclusion: Sendable, Hashable {
  let outcome: Outcome
  /// Empty for `inspected` only.
  let reason: String
  /// Whether the cause may pass by itself: nothing answered, a deadline, a link that died. A refused credential, a
  /// wrong key or a hostile peer is the same a minute later. A login that did not succeed is never tried again, not even
  /// where the server withheld its answer: a second one could lock the account.
  let mayPass: Bool
  /// Whether the system's ssh may have the algorithm that Tenken's own client lacks.
  let isForOpenSSH: Bool

  /// There was no session.
  init(of failure: ContactFailure) {
    outcome = failure.outcome
    reason = failure.reason
    let cause = failure.gatewayFault?.outcome ?? failure.outcome
    let isTransient = cause == .unreachable || cause == .timedOut
    mayPass = isTransient && !failure.didAuthenticate
    isForOpenSSH = failure.isForOpenSSH && failure.outcome == .unsupported
  }

  /// There was a session and the program was given to it.
  init(of execution: Execution, holding frames: Frames, expecting count: Int) {
    if let violation = frames.violation {
      self.init(.hostile, "a forged frame: \(violation)")
    } else if frames.isComplete {
      self.init(.inspected, "")
    } else {
      self.init(incomplete: execution, holding: frames, came: "\(frames.captures.count) of \(count) checks came")
    }
  }

  private init(_ outcome: Outcome, _ reason: String, mayPass: Bool = false) {
    self.outcome = outcome
    self.reason = reason
    self.mayPass = mayPass
    isForOpenSSH = false
  }

  private init(incomplete execution: Execution, holding frames: Frames, came: String) {
    switch execution.ending {
    case .lost(let why): self.init(.partial, "link lost: \(why); \(came)", mayPass: true)
    case .expired(let deadline) where frames.hasBegun: self.init(.partial, "no end within \(deadline); \(came)")
    case .expired(let deadline): self.init(.timedOut, "no answer within \(deadline)", mayPass: true)
    case .overBudget(let budget): self.init(.partial, "too much output: \(budget); \(came)")
    case .unopened(let why): self.init(.partial, "the server opens no channel: \(why); \(came)", mayPass: true)
    case .refused(let why): self.init(.unsupported, "the server runs no command: \(why)")
    case .closed(let status) where frames.hasBegun:
      self.init(.partial, "the program ended early (\(Self.text(of: status))); \(came)")
    case .closed(let status):
      let said = Self.line(of: execution).map { ": \($0)" } ?? ""
      self.init(.unsupported, "no POSIX shell answered (\(Self.text(of: status)))\(said)")
    }
  }

  private static func text(of status: Int32?) -> String { status.map { "exit status \($0)" } ?? "no exit status" }

  /// The first line that the terminal said instead, with nothing in it that a screen would obey.
  private static func line(of execution: Execution) -> String? {
    for stream in [execution.stderr, execution.stdout] {
      let lines = stream.prefix(400).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
      if let line = lines.first { return String(escapingForPeople: line, maxLength: 120) }
    }
    return nil
  }
}
