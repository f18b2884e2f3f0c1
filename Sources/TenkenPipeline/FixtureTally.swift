internal import TenkenChecks
internal import TenkenModel

/// What trials of fixtures came to, for people.
package struct FixtureTally: Sendable {
  private(set) package var agreed = 0
  /// Different from what is expected, or without an answer.
  private(set) package var failed = 0
  private(set) package var skipped = 0
  private var reasons: [String: Int] = [:]
  /// The last one that was shown to be different.
  private var last: FixtureTrial?
  /// Of the first column.
  private let width: Int

  package init(of trials: FixtureTrials) {
    width = trials.fixtures.map { "\($0)".count }.max() ?? 0
  }

  /// Counts a trial.
  ///
  /// - Returns: its lines: one, and below it what is different.
  package mutating func add(_ trial: FixtureTrial) -> String {
    switch trial.ending {
    case .asExpected(let milliseconds):
      agreed += 1
      return line("ok", trial, milliseconds.map { "\($0) ms" } ?? "")
    case .different(let differences):
      failed += 1
      if let last, last.fixture == trial.fixture, last.ending == trial.ending {
        return line("FAILED", trial, "as under \(last.shell)")
      }
      last = trial
      return line("FAILED", trial, "") + differences.map(Self.lines(of:)).joined()
    case .broken(let reason):
      failed += 1
      return line("FAILED", trial, reason.escapedForPeople(maxLength: 600))
    case .skipped(let reason):
      skipped += 1
      reasons[reason, default: 0] += 1
      return line("skipped", trial, reason)
    }
  }

  /// The last lines: how many of what, and what was not tried and why.
  package var text: String {
    let skips = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "  \($1.grouped) skipped: \($0)\n" }
    return "\((agreed + failed).grouped) trials, \(agreed.grouped) as expected, \(failed.grouped) not; "
      + "\(skipped.grouped) skipped\n" + skips.joined()
  }

  private func line(_ word: String, _ trial: FixtureTrial, _ rest: String) -> String {
    let head = Self.padded(word, 9) + Self.padded("\(trial.fixture)", width + 2)
    return head + (rest.isEmpty ? trial.shell : Self.padded(trial.shell, 14) + rest) + "\n"
  }

  private static func lines(of difference: FixtureDifference) -> String {
    var lines = difference.expected.map { ("expected", $0) } + difference.got.map { ("got", $0) }
    if difference.expected.isEmpty { lines.insert(("expected", "nothing"), at: 0) }
    if difference.got.isEmpty { lines.append(("got", "nothing")) }
    let hidden = lines.count - mostLines
    let shown = lines.prefix(mostLines).map { label, value in
      "    \(padded(difference.subject, 9))\(padded(label, 10))\(readable(value, difference.subject))\n"
    }
    return shown.joined() + (hidden > 0 ? "    \(padded(difference.subject, 9))and \(hidden) lines more\n" : "")
  }

  /// A fact stands there as `expect` would have it, so its backslashes are those of its own escapes.
  private static func readable(_ value: String, _ subject: String) -> String {
    let text = value.escapedForPeople(maxLength: 300)
    return subject == "fact" ? text.replacing(#"\\"#, with: #"\"#) : text
  }

  private static let mostLines = 40

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
