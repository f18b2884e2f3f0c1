internal import Foundation
internal import GRDB
internal import TenkenModel

/// Writes an amendment, within the transaction that begins the run which makes it.
struct AmendmentWriter {
  private let db: Database
  private let inputs: AmendedInputs
  private let number: Int
  private var sites: [ID<Site>: Int64]

  init(_ db: Database, _ inputs: AmendedInputs) throws {
    self.db = db
    self.inputs = inputs
    number = 1 + (try db.integer("SELECT coalesce(max(number), 0) FROM amendment"))
    sites = try Self.ordinals(db, "site")
  }

  mutating func write(run: Int, at now: Timestamp) throws {
    let (inventory, catalogue) = (inputs.inventory, inputs.catalogue)
    try db.execute(
      sql: "INSERT INTO amendment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        number, run, now.milliseconds, inventory.name, inventory.sources.origin, inventory.digest.hex,
        catalogue.sources.origin, catalogue.digest.hex, inventory.terminals.count,
      ])
    try write(inventory.sources, kind: "inventory")
    try write(catalogue.sources, kind: "catalogue")
    try writeSites()
    try writeTerminals()
    try writeChecks()
  }

  private func write(_ sources: SourceFiles, kind: String) throws {
    let insert = try db.makeStatement(sql: "INSERT INTO amended_source VALUES (?, ?, ?, ?)")
    for file in sources.files { try insert.execute(arguments: [number, kind, file.path, Data(file.bytes)]) }
  }

  /// One that is new; a site that is listed no more stays, as its terminals do.
  private mutating func writeSites() throws {
    for site in inputs.inventory.sites where sites[site.id] == nil {
      let ordinal = Int64(sites.count)
      try db.execute(
        sql: "INSERT INTO site (ordinal, id, name, country) VALUES (?, ?, ?, ?)",
        arguments: [ordinal, site.id.rawValue, site.name, site.country])
      sites[site.id] = ordinal
    }
  }

  private func writeTerminals() throws {
    var ordinals: [ID<Terminal>: Int64] = try Self.ordinals(db, "terminal")
    let list = try db.makeStatement(
      sql: "INSERT INTO terminal (ordinal, id, site, excluded_reason) VALUES (?, ?, ?, NULL)")
    let amend = try db.makeStatement(sql: "INSERT INTO amended_terminal VALUES (?, ?, ?, ?, ?)")
    for change in inputs.terminals {
      guard let site = sites[change.site] else {
        throw Refusal(why: "the site \(change.site) of \(change.terminal) is not of the amended inventory")
      }
      let ordinal = ordinals[change.terminal] ?? Int64(ordinals.count)
      if ordinals.updateValue(ordinal, forKey: change.terminal) == nil {
        try list.execute(arguments: [ordinal, change.terminal.rawValue, site])
      }
      try amend.execute(arguments: [ordinal, number, change.change.rawValue, site, change.excludedReason])
    }
  }

  private func writeChecks() throws {
    var ordinals: [ID<Check>: Int64] = try Self.ordinals(db, "catalogue_check")
    let list = try db.makeStatement(
      sql: """
        INSERT INTO catalogue_check (ordinal, id, version, title, severity, class, digest) VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    let amend = try db.makeStatement(sql: "INSERT INTO amended_check VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    for change in inputs.checks {
      let check = change.check
      let values: StatementArguments = [
        check.version, check.title, check.severity.rawValue, check.checkClass.rawValue, check.digest.hex,
      ]
      let ordinal = ordinals[check.id] ?? Int64(ordinals.count)
      if ordinals.updateValue(ordinal, forKey: check.id) == nil {
        try list.execute(arguments: [ordinal, check.id.rawValue] + values)
      }
      try amend.execute(arguments: [ordinal, number, change.change.rawValue] + values)
    }
  }

  private static func ordinals<Subject>(_ db: Database, _ table: String) throws -> [ID<Subject>: Int64] {
    let rows = try Row.fetchAll(db, sql: "SELECT id, ordinal FROM \(table)")
    return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.id(0), try $0.integer(1)) })
  }
}
