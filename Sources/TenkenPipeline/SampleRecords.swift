internal import TenkenCrypto
internal import TenkenModel

/// A fleet and what its terminals would say, to try a journal with.
struct SampleRecords: Sendable {
  static let checks = 40

  let inventory: Inventory
  let catalogue: Catalogue

  init(terminals: Int) throws {
    let site = Site(id: "somewhere", name: "Somewhere")
    let sources = SourceFiles(origin: "none", files: [])
    inventory = Inventory(
      name: "sample", sites: [site],
      terminals: (0..<terminals).compactMap { index in
        ID("t-\(index)").map { Terminal(id: $0, address: "192.0.2.1", site: site.id) }
      }, credentials: [:], limits: Limits(), sources: sources, digest: sources.digest)
    catalogue = Catalogue(
      checks: (0..<Self.checks).compactMap { index in
        ID("check.\(index)").map { id in
          Check(
            id: id, version: 1, title: "Check \(index)", severity: .low, checkClass: .integrity, script: [],
            digest: sources.digest, file: "none")
        }
      }, sources: sources, digest: sources.digest)
  }

  func manifest(_ id: ID<SweepManifest>, at now: Timestamp, tool: String) -> SweepManifest {
    SweepManifest(
      id: id, started: now, tool: tool, inventory: inventory.name, inventoryDigest: inventory.digest,
      catalogueDigest: catalogue.digest, terminals: inventory.terminals.count, scope: Scope())
  }

  func attempt(on index: Int, at now: Timestamp) -> Attempt {
    let terminal = inventory.terminals[index].id
    return Attempt(
      terminal: terminal, number: 1, started: now, ended: now, outcome: .inspected, reason: "", isFinal: true,
      dialled: "192.0.2.1:22",
      observations: catalogue.checks.enumerated().map { number, check in
        let whose = number.isMultiple(of: 2) ? "every terminal" : terminal.rawValue
        let line = "\(check.id) looked at \(whose) and found nothing that should not be there\n"
        return Observation(
          check: check.id, result: .pass, message: "nothing that should not be there", milliseconds: 7,
          stdout: Array((line + line).utf8))
      })
  }
}
