internal import TenkenJournal
internal import TenkenModel
internal import TenkenReport

extension Station {
  /// Audits a sweep: its journal against itself, and against the inventory and the checks that it holds.
  ///
  /// - Parameter reference: an id, the beginning of one, a name, or `latest`.
  /// - Returns: a page for a screen, and what is wrong, a line each, to be escaped.
  /// - Throws: where the journal cannot be read at all.
  package func verify(_ reference: String) throws -> (page: String, problems: [String]) {
    let sweep = try state.resolve(reference)
    let journal = try JournalReader(in: state, sweep: sweep)
    var audit = try journal.audit()
    if audit.problems.isEmpty { audit.problems += try Self.problems(journal) }
    return (AuditPage(audit, of: sweep, runs: (try? journal.runs()) ?? []).text, audit.problems)
  }

  /// What the rows of terminals, checks and outcomes say that the files which they were made of do not.
  private static func problems(_ journal: JournalReader) throws -> [String] {
    let archive: SweepArchive
    do {
      archive = try SweepArchive(journal)
    } catch let failure as Failure where failure.code == .badInput {
      return ["\(failure.what): \(failure.why)"]
    }
    let terminals = Dictionary(uniqueKeysWithValues: archive.inventory.terminals.map { ($0.id, $0.site) })
    let checks = (archive.catalogue.checks + archive.retired).map { ($0.id, $0.digest.hex) }
    let outcomes = try journal.counts().values.reduce(0) { $0 + $1.values.reduce(0, +) }
    var problems: [String] = []
    if try journal.listedTerminals() != terminals {
      problems.append("the terminals, or their sites, are not those of the inventory that the journal holds")
    }
    if try journal.checkDigests() != Dictionary(checks, uniquingKeysWith: { _, last in last }) {
      problems.append("the checks, or their digests, are not those of the catalogue that the journal holds")
    }
    if outcomes != terminals.count {
      problems.append("\(outcomes.grouped) outcomes for \(terminals.count.grouped) terminals")
    }
    return problems
  }
}
