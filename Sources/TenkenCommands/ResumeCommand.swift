internal import ArgumentParser
internal import TenkenModel
internal import TenkenPipeline

struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Go on with a sweep that was interrupted, from what it has recorded.",
    discussion: """
      The sweep goes on with the inventory, the checks and the limits that it began with: the journal holds them. Where \
      inventory or checks have changed since, it says what, and goes on only with --amend, by what is there now. \
      What was in flight when it was interrupted is contacted again, host key and all.
      """)

  @Argument(help: "An id, the beginning of one, or a name. By default the newest unfinished sweep.")
  var sweep: String?

  @Option(
    help: "Contact those again that ended so: unreachable,timed-out. Without SWEEP: in the latest sweep.",
    transform: Self.outcomes)
  var retry: Set<Outcome> = []

  @Option(
    name: .customLong("override"),
    help: "Go beyond a limit that pauses: auth-failed, or auth-failed@SITE; may be given several times.",
    transform: Self.limit)
  var overrides: [LimitOverride] = []

  @Flag(help: "Go on with the inventory and the checks as they are now, and record what changed.")
  var amend = false

  @OptionGroup var state: StateOptions
  @OptionGroup var display: DisplayOptions
  @OptionGroup var watch: WatchOptions

  func run() async throws {
    let targets = try watch.opened()
    let conduct = try state.station.resume(sweep, retrying: retry, overriding: Set(overrides), amend: amend)
    defer { conduct.close() }
    try await SweepConductor(
      inventory: conduct.plan.inventory, scope: conduct.scope, state: state, display: display, targets: targets
    ).run { conduct }
  }

  private static func limit(_ text: String) throws -> LimitOverride {
    if let limit = LimitOverride(text: text) { return limit }
    let known = PauseLimits.outcomes.map(\.rawValue).joined(separator: ", ")
    throw ValidationError(
      "\"\(text.escapedForPeople())\" is no limit: write one of \(known), or one of a site, such as auth-failed@bangkok."
    )
  }

  private static func outcomes(_ text: String) throws -> Set<Outcome> {
    Set(
      try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
        if let outcome = Outcome(rawValue: String(word)), Outcome.ofAttempts.contains(outcome) { return outcome }
        let known = Outcome.ofAttempts.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("\"\(String(word).escapedForPeople())\" is no outcome of a contact: there are \(known).")
      })
  }
}
