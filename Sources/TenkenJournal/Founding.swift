internal import Foundation
internal import GRDB
internal import TenkenModel

/// What a journal holds before the first contact: the sweep's manifest, the files it was planned from, its terminals
/// and its checks.
struct Founding {
  let manifest: SweepManifest
  let inventory: Inventory
  let catalogue: Catalogue
  let excluded: [ID<Terminal>: String]

  func write(_ db: Database) throws {
    try writeManifest(db)
    try write(inventory.sources, kind: "inventory", db)
    try write(catalogue.sources, kind: "catalogue", db)
    try writeChecks(db)
    try writeTerminals(db, sites: try writeSites(db))
  }

  private func writeManifest(_ db: Database) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let scope = String(decoding: try encoder.encode(manifest.scope), as: UTF8.self)
    try db.execute(
      sql: "INSERT INTO manifest VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        manifest.id.rawValue, manifest.started.milliseconds, manifest.tool, manifest.inventory,
        inventory.sources.origin, manifest.inventoryDigest.hex, catalogue.sources.origin,
        manifest.catalogueDigest.hex, manifest.terminals, scope,
      ])
  }

  private func write(_ sources: SourceFiles, kind: String, _ db: Database) throws {
    let insert = try db.makeStatement(sql: "INSERT INTO source (kind, path, bytes) VALUES (?, ?, ?)")
    for file in sources.files {
      try insert.execute(arguments: [kind, file.path, Data(file.bytes)])
    }
  }

  private func writeChecks(_ db: Database) throws {
    let insert = try db.makeStatement(
      sql: """
        INSERT INTO catalogue_check (ordinal, id, version, title, severity, class, digest) VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    for (ordinal, check) in catalogue.checks.enumerated() {
      try insert.execute(arguments: [
        ordinal, check.id.rawValue, check.version, check.title, check.severity.rawValue, check.checkClass.rawValue,
        check.digest.hex,
      ])
    }
  }

  private func writeSites(_ db: Database) throws -> [ID<Site>: Int] {
    let insert = try db.makeStatement(sql: "INSERT INTO site (ordinal, id, name, country) VALUES (?, ?, ?, ?)")
    for (ordinal, site) in inventory.sites.enumerated() {
      try insert.execute(arguments: [ordinal, site.id.rawValue, site.name, site.country])
    }
    return Dictionary(uniqueKeysWithValues: inventory.sites.enumerated().map { ($1.id, $0) })
  }

  private func writeTerminals(_ db: Database, sites: [ID<Site>: Int]) throws {
    let insert = try db.makeStatement(
      sql: "INSERT INTO terminal (ordinal, id, site, excluded_reason) VALUES (?, ?, ?, ?)")
    for (ordinal, terminal) in inventory.terminals.enumerated() {
      try insert.execute(arguments: [ordinal, terminal.id.rawValue, sites[terminal.site], excluded[terminal.id]])
    }
    let left = try db.integer("SELECT count(*) FROM terminal WHERE excluded_reason IS NOT NULL")
    guard left == excluded.count, manifest.terminals == inventory.terminals.count else {
      throw Refusal(why: "what is excluded, or counted, is not what the inventory lists")
    }
  }
}
