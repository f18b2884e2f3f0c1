import TenkenModel
import Testing

@testable import TenkenSweep
@testable import TenkenTransport

struct ConclusionTests {
  private enum Seen: CaseIterable { case nothing, some, all }

  private func frames(_ seen: Seen, violation: String? = nil) -> Frames {
    var frames = Frames()
    frames.hasBegun = seen != .nothing
    frames.isComplete = seen == .all
    frames.violation = violation
    return frames
  }

  private func conclusion(_ ending: Execution.Ending, _ seen: Seen, stdout: String = "", stderr: String = "")
    -> Conclusion
  {
    let execution = Execution(stdout: Array(stdout.utf8), stderr: Array(stderr.utf8), ending: ending)
    return Conclusion(of: execution, holding: frames(seen), expecting: 8)
  }

  private static let endings: [Execution.Ending] = [
    .closed(exitStatus: 0), .closed(exitStatus: 127), .closed(exitStatus: nil), .lost("reset"),
    .expired("300s (run)"), .overBudget("8 MiB"), .refused("exec denied"), .unopened("no room"),
  ]

  @Test(arguments: endings)
  func `all frames and the trailer are an inspection, however the channel ended`(ending: Execution.Ending) {
    let conclusion = conclusion(ending, .all)
    #expect(conclusion.outcome == .inspected)
    #expect(conclusion.reason.isEmpty)
    #expect(!conclusion.mayPass)
  }

  @Test(arguments: endings)
  func `a forged frame is hostile, whatever else came`(ending: Execution.Ending) {
    for seen in Seen.allCases {
      let execution = Execution(stdout: [], stderr: [], ending: ending)
      let conclusion = Conclusion(of: execution, holding: frames(seen, violation: "twice"), expecting: 8)
      #expect(conclusion.outcome == .hostile)
      #expect(conclusion.reason.contains("twice"))
      #expect(!conclusion.mayPass)
    }
  }

  @Test(
    arguments: [
      (.lost("reset"), .partial, .partial, true), (.expired("300s (run)"), .timedOut, .partial, true),
      (.overBudget("8 MiB"), .partial, .partial, false), (.refused("exec denied"), .unsupported, .unsupported, false),
      (.unopened("no room"), .partial, .partial, true),
      (.closed(exitStatus: 0), .unsupported, .partial, false),
      (.closed(exitStatus: nil), .unsupported, .partial, false),
      (.closed(exitStatus: 127), .unsupported, .partial, false),
      (.closed(exitStatus: 126), .unsupported, .partial, false),
      (.closed(exitStatus: 9009), .unsupported, .partial, false),
      (.closed(exitStatus: 1), .unsupported, .partial, false),
    ] as [(Execution.Ending, Outcome, Outcome, Bool)])
  func `what is missing has a reason`(ending: Execution.Ending, none: Outcome, some: Outcome, mayPass: Bool) {
    #expect(conclusion(ending, .nothing).outcome == none)
    #expect(conclusion(ending, .some).outcome == some)
    #expect(!conclusion(ending, .nothing).reason.isEmpty)
    #expect(!conclusion(ending, .some).reason.isEmpty)
    #expect(conclusion(ending, .nothing).mayPass == mayPass)
  }

  @Test func `a run that was cut by its deadline is not tried again once it had begun`() {
    #expect(!conclusion(.expired("300s (run)"), .some).mayPass)
    #expect(conclusion(.lost("reset"), .some).mayPass)
  }

  @Test func `what a terminal said instead of a frame is told, without what a screen would obey`() {
    let said = "This account is \u{1B}[31mnot available\u{7}.\nsecond line"
    let reason = conclusion(.closed(exitStatus: 1), .nothing, stderr: said).reason
    #expect(reason == "no POSIX shell answered (exit status 1): This account is \\x1b[31mnot available\\x07.")
  }

  @Test(arguments: [
    ("", "'sh' is not recognized as a command\r\n", "'sh' is not recognized as a command"),
    ("\r\n% Invalid input detected\r\n", "", "% Invalid input detected"),
    ("% Invalid input\n", "\n", "% Invalid input"),
  ])
  func `no shell is known by its silence, whatever it says and its status`(out: String, errors: String, line: String) {
    let conclusion = conclusion(.closed(exitStatus: 0), .nothing, stdout: out, stderr: errors)
    #expect(conclusion.outcome == .unsupported)
    #expect(conclusion.reason == "no POSIX shell answered (exit status 0): \(line)")
  }

  @Test(arguments: [Outcome.unreachable, .timedOut, .authFailed])
  func `a login whose answer never came is not tried again`(outcome: Outcome) {
    let conclusion = Conclusion(of: ContactFailure(outcome, "why", didAuthenticate: true))
    #expect(conclusion.outcome == outcome)
    #expect(!conclusion.mayPass)
  }

  @Test(arguments: Outcome.ofAttempts)
  func `before a login only what may pass by itself is tried again`(outcome: Outcome) {
    let conclusion = Conclusion(of: ContactFailure(outcome, "why"))
    #expect(conclusion.outcome == outcome)
    #expect(conclusion.mayPass == [.unreachable, .timedOut].contains(outcome))
  }
}
