/// One thing that holds in every journal that Tenken wrote, as a query for what breaks it.
struct AuditRule: Sendable {
  /// What is wrong with those that the query names.
  let breach: String
  /// One column of text, a row an offender.
  let offenders: String
  /// The version of the schema that has what the query asks about.
  var since = 1
  /// The last version of which it holds.
  var until = Int.max

  static let all = account + order + orphans + amendments

  /// Every terminal has exactly one outcome, and none is missing or too many.
  private static let account = [
    AuditRule(
      breach: "the manifest counts other terminals than there are",
      offenders: """
        SELECT manifest.terminals || ' instead of ' || found.number FROM manifest,
          (SELECT count(*) AS number FROM terminal) AS found WHERE manifest.terminals > found.number
        """),
    AuditRule(
      breach: "there is not one manifest",
      offenders: "SELECT number FROM (SELECT count(*) AS number FROM manifest) WHERE number <> 1"),
    AuditRule(
      breach: "terminals without exactly one outcome",
      offenders: """
        SELECT terminal.id FROM terminal LEFT JOIN terminal_outcome AS outcome ON outcome.ordinal = terminal.ordinal
        GROUP BY terminal.ordinal HAVING count(outcome.outcome) <> 1
        """),
    AuditRule(
      breach: "terminals whose attempts are not numbered from 1 without a gap",
      offenders: """
        SELECT terminal.id FROM attempt JOIN terminal ON terminal.ordinal = attempt.terminal
        GROUP BY attempt.terminal HAVING min(attempt.number) <> 1 OR max(attempt.number) <> count(*)
        """),
    AuditRule(
      breach: "terminals that were never selected and have attempts",
      offenders: """
        SELECT DISTINCT terminal.id FROM terminal JOIN attempt ON attempt.terminal = terminal.ordinal
        WHERE terminal.excluded_reason IS NOT NULL
        """, until: 2),
    AuditRule(
      breach: "terminals that were never selected and have attempts",
      offenders: """
        SELECT DISTINCT terminal.id FROM terminal JOIN attempt ON attempt.terminal = terminal.ordinal
        WHERE terminal.excluded_reason IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM amended_terminal WHERE amended_terminal.terminal = terminal.ordinal)
        """, since: 3),
  ]

  /// Nothing was taken out, from the middle or from the end, and nothing was put in.
  private static let order = [
    gapless("attempt", "id"), gapless("run", "number"), gapless("blob", "id"),
    gapless("site_condition", "id", since: 2),
    gapless("amendment", "number", since: 3), fromZero("terminal"), fromZero("site"), fromZero("catalogue_check"),
    AuditRule(
      breach: "attempts of an earlier run behind those of a later one",
      offenders: """
        SELECT id FROM (SELECT id, run, lag(run) OVER (ORDER BY id) AS earlier FROM attempt) WHERE run < earlier
        """),
    AuditRule(
      breach: "attempts whose observations are not counted from 0 without a gap",
      offenders: "SELECT attempt FROM observation GROUP BY attempt HAVING max(position) + 1 <> count(*)"),
    AuditRule(
      breach: "attempts with a check whose facts are not counted from 0 without a gap",
      offenders: "SELECT attempt FROM fact GROUP BY attempt, catalogue_check HAVING max(position) + 1 <> count(*)"),
  ]

  private static let orphans = [
    AuditRule(
      breach: "outputs that no observation gave",
      offenders: """
        SELECT id FROM blob WHERE id NOT IN (
          SELECT stdout FROM observation WHERE stdout IS NOT NULL
          UNION SELECT stderr FROM observation WHERE stderr IS NOT NULL)
        """)
  ]

  private static let amendments = [
    AuditRule(
      breach: "amendments that count other terminals than they list",
      offenders: """
        SELECT number FROM amendment WHERE terminals > (SELECT count(*) FROM terminal)
        """, since: 3),
    AuditRule(
      breach: "amendments without an inventory or checks",
      offenders: """
        SELECT number FROM amendment WHERE NOT EXISTS (
          SELECT 1 FROM amended_source WHERE amendment = number AND kind = 'inventory')
        """, since: 3),
  ]

  private static func gapless(_ table: String, _ key: String, since: Int = 1) -> AuditRule {
    AuditRule(
      breach: "\(table) rows that are missing, or too many",
      offenders: """
        SELECT highest || ' of which there are ' || number FROM (
          SELECT coalesce(max(\(key)), 0) AS highest, coalesce(min(\(key)), 1) AS lowest, count(*) AS number FROM \(table)
        ) WHERE highest <> number OR lowest <> 1
        """, since: since)
  }

  private static func fromZero(_ table: String) -> AuditRule {
    AuditRule(
      breach: "\(table) rows that are missing, or too many",
      offenders: """
        SELECT highest || ' is the last of ' || number FROM (
          SELECT coalesce(max(ordinal), -1) AS highest, count(*) AS number FROM \(table)
        ) WHERE highest + 1 <> number
        """)
  }
}
