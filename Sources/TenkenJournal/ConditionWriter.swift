internal import Foundation
internal import GRDB
internal import TenkenModel

/// Writes conditions of sites, and limits that a person goes beyond, within a transaction of the caller's. There are few.
struct ConditionWriter {
  private let db: Database
  private let run: Int

  init(_ db: Database, run: Int) {
    self.db = db
    self.run = run
  }

  func write(_ condition: SiteCondition) throws {
    let site = try ordinal(of: condition.site)
    let key = condition.hostKey
    try db.execute(
      sql: """
        INSERT INTO site_condition (site, run, at_ms, standing, gateway, outcome, reason, host_key_type,
          host_key_fingerprint, host_key_standing, host_key_blob, pause)
        VALUES (?, ?, ?, ?, ?, ?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, ?)
        """,
      arguments: [
        site, run, condition.at.milliseconds, condition.standing.rawValue, condition.gateway?.rawValue,
        condition.outcome?.rawValue, JournalText.value(condition.reason), JournalText.value(key?.type),
        JournalText.value(key?.fingerprint), key?.standing.rawValue, key?.blob.map { Data($0) },
        condition.pause?.rawValue,
      ])
  }

  func write(_ limit: LimitOverride) throws {
    try db.execute(
      sql: "INSERT INTO run_override (run, outcome, site) VALUES (?, ?, ?)",
      arguments: [run, limit.outcome.rawValue, try limit.site.map(ordinal)])
  }

  private func ordinal(of site: ID<Site>) throws -> Int64 {
    let ordinal = try Int64.fetchOne(
      db, sql: "SELECT ordinal FROM site WHERE id = ?", arguments: [site.rawValue])
    guard let ordinal else { throw Refusal(why: "the site \(site) is not of this sweep's inventory") }
    return ordinal
  }
}
