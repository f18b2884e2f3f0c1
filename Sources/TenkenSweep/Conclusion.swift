internal import TenkenModel
internal import TenkenTransport

/// How a contact ended: the outcome, why, and whether another attempt may end better.
struct Conclusion: Sendable, Hashable {
  let outcome: Outcome
  /// Empty for `inspected` only.
  let reason: String
  /// Whether the cause may pass by itself: nothing answered, a deadline, a link that died. A refused credential, a
  /// wrong key or a hostile peer is the same a minute later, and a second authentication could lock the account.
  let mayPass: Bool

  /// There was no session.
  init(of failure: ContactFailure) {
    outcome = failure.outcome
    reason = failure.reason
    mayPass = failure.outcome == .unreachable || failure.outcome == .timedOut
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
  }

  private init(incomplete execution: Execution, holding frames: Frames, came: String) {
    switch execution.ending {
    case .lost(let why): self.init(.partial, "link lost: \(why); \(came)", mayPass: true)
    case .expired(let deadline) where frames.hasBegun: self.init(.partial, "no end within \(deadline); \(came)")
    case .expired(let deadline): self.init(.timedOut, "no answer within \(deadline)", mayPass: true)
    case .overBudget(let budget): self.init(.partial, "too much output: \(budget); \(came)")
    case .refused(let why): self.init(.unsupported, "the server runs no program: \(why)")
    case .closed(let status) where frames.hasBegun:
      self.init(.partial, "the program ended early (\(Self.text(of: status))); \(came)")
    case .closed(let status): self.init(silent: status, saying: Self.line(of: execution))
    }
  }

  /// The program ended and not one frame came: it never began.
  private init(silent status: Int32?, saying line: String) {
    let said = line.isEmpty ? "" : ": \(line)"
    if let status, Self.noSuchProgram.contains(status) {
      self.init(.unsupported, "no POSIX shell (\(Self.text(of: status)))\(said)")
    } else {
      self.init(.partial, "no frame came (\(Self.text(of: status)))\(said)")
    }
  }

  /// What a POSIX shell says of a program that it cannot find (127) or not execute (126), and cmd.exe (9009).
  private static let noSuchProgram: Set<Int32> = [126, 127, 9009]

  private static func text(of status: Int32?) -> String { status.map { "exit status \($0)" } ?? "no exit status" }

  /// The first line that the terminal said instead, with nothing in it that a screen would obey.
  private static func line(of execution: Execution) -> String {
    let bytes = execution.stderr.isEmpty ? execution.stdout : execution.stderr
    let line = bytes.prefix(400).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).first ?? []
    return String(escapingForPeople: line, maxLength: 120)
  }
}
