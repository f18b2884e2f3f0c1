internal import Foundation
internal import TenkenChecks
internal import TenkenCrypto
internal import TenkenInventory
internal import TenkenJournal
internal import TenkenModel

/// How the files that a sweep was planned from differ, where they were read from, from the copy in its journal.
struct InputChanges {
  /// As they are now.
  let inventory: Inventory
  let catalogue: Catalogue
  /// With the terminals of the inventory that the sweep has, and those that are listed now.
  private let terminals: [AmendedInputs.TerminalChange]
  private let checks: [AmendedInputs.CheckChange]
  /// Files that are others now, where no terminal or check says already what is.
  private let files: [String]

  /// `nil` where nothing changed, or nothing is there any more: a sweep goes on with its own copy. So does one of an older
  /// Tenken that kept a relative path: who knows what stands there now.
  ///
  /// - Throws: 65 where something changed and is wrong, 74 or 77 where something is there and cannot be read: it may have
  ///   changed.
  init?(since archive: SweepArchive) throws {
    let (before, checksBefore) = (archive.inventory.sources, archive.catalogue.sources)
    let now = before.origin.isThere ? try InventoryReader.read(directory: before.origin) : before
    let checksNow = try Self.checks(at: checksBefore) ?? checksBefore
    guard now.digest != before.digest || checksNow.digest != checksBefore.digest else { return nil }
    do {
      inventory = now.digest == before.digest ? archive.listed : try InventoryReader.parse(now)
      catalogue = try CatalogueReader.parse(checksNow)
    } catch {
      throw Failure(
        .badInput, "what sweep \(archive.manifest.id) was planned from has changed, and cannot be read",
        why: "\(error.problems.first?.description ?? "") (\(error.problems.count.grouped) problems)",
        next: "Correct it, or put back what was there.")
    }
    let terminals = Self.terminals(archive, inventory)
    checks = Self.checks(archive.catalogue, catalogue)
    self.terminals = terminals
    files =
      now.paths(otherThan: before).filter { !$0.hasPrefix("terminals/") || terminals.isEmpty }
      + (checks.isEmpty ? checksNow.paths(otherThan: checksBefore) : [])
  }

  /// With what was given on the command line for this sweep only, which is not looked for again.
  private static func checks(at before: SourceFiles) throws(Failure) -> SourceFiles? {
    let directories = before.origins
    guard directories.contains(where: \.isThere) else { return nil }
    let now = try CatalogueReader.read(directories: directories, scripts: [])
    // In a directory of checks, every file is in that of a check.
    let given = before.files.filter { $0.path.hasPrefix("script/") || !$0.path.contains("/") }
    return SourceFiles(origin: before.origin, files: now.files + given)
  }

  private static func terminals(_ archive: SweepArchive, _ now: Inventory) -> [AmendedInputs.TerminalChange] {
    let before = Dictionary(uniqueKeysWithValues: archive.listed.terminals.map { ($0.id, $0) })
    let listed = Set(now.terminals.map(\.id))
    let others = now.terminals.compactMap { terminal -> AmendedInputs.TerminalChange? in
      guard before[terminal.id] != terminal else { return nil }
      return AmendedInputs.TerminalChange(
        terminal: terminal.id, change: before[terminal.id] == nil ? .added : .changed, site: terminal.site,
        excludedReason: nil)
    }
    let gone = archive.listed.terminals.filter { !listed.contains($0.id) }.map { terminal in
      AmendedInputs.TerminalChange(
        terminal: terminal.id, change: .removed, site: terminal.site, excludedReason: "removed from the inventory")
    }
    return others + gone
  }

  private static func checks(_ before: Catalogue, _ now: Catalogue) -> [AmendedInputs.CheckChange] {
    let others = now.checks.compactMap { check -> AmendedInputs.CheckChange? in
      guard let old = before[check.id] else { return AmendedInputs.CheckChange(check: check, change: .added) }
      // A sidecar says as much of a check as its script does.
      return old == check ? nil : AmendedInputs.CheckChange(check: check, change: .changed)
    }
    let gone = before.checks.filter { now[$0.id] == nil }
    return others + gone.map { AmendedInputs.CheckChange(check: $0, change: .removed) }
  }

  /// - Parameters:
  ///   - settled: what the sweep has already. What a terminal was left out for, or ended with, stays.
  ///   - isSelected: whether the sweep's selection means a terminal, by its index in the inventory as it is now.
  func inputs(after settled: Settled, isSelected: (Int) -> Bool) -> AmendedInputs {
    let indices = Dictionary(uniqueKeysWithValues: inventory.terminals.enumerated().map { ($1.id, $0) })
    return AmendedInputs(
      inventory: inventory, catalogue: catalogue,
      terminals: terminals.map { change in
        let reason: String? =
          switch change.change {
          case _ where settled.final[change.terminal] != nil: nil
          case .added: indices[change.terminal].map(isSelected) == true ? nil : "not selected"
          case .changed: settled.excluded[change.terminal]
          case .removed: settled.excluded[change.terminal] ?? change.excludedReason
          }
        return AmendedInputs.TerminalChange(
          terminal: change.terminal, change: change.change, site: change.site, excludedReason: reason)
      }, checks: checks)
  }

  /// Whether a terminal is left to contact.
  func leavesWork(by inputs: AmendedInputs, after settled: Settled) -> Bool {
    var excluded = settled.excluded
    for change in inputs.terminals { excluded[change.terminal] = change.excludedReason }
    return inventory.terminals.contains { settled.final[$0.id] == nil && excluded[$0.id] == nil }
  }

  /// `3 terminals added (a, b, c); checks changed: log.wtmp; sites.yaml`.
  var text: String {
    let parts = Amendment.Change.allCases.flatMap { change in
      [
        Self.list("terminals \(change.rawValue)", terminals.filter { $0.change == change }.map(\.terminal.rawValue)),
        Self.list("checks \(change.rawValue)", checks.filter { $0.change == change }.map(\.check.id.rawValue)),
      ]
    }
    return (parts + [Self.list("files changed", files)]).compactMap(\.self).joined(separator: "; ")
  }

  private static func list(_ what: String, _ names: [String]) -> String? {
    guard !names.isEmpty else { return nil }
    let more = names.count > 5 ? " and \((names.count - 5).grouped) more" : ""
    return "\(what): \(names.prefix(5).joined(separator: ", "))\(more)"
  }
}

extension String {
  /// A whole path to what exists; a relative one was kept by an older Tenken, and may mean anything now.
  fileprivate var isThere: Bool { hasPrefix("/") && FileManager.default.fileExists(atPath: self) }
}
