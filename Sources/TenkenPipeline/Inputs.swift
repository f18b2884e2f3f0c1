internal import TenkenChecks
internal import TenkenCrypto
internal import TenkenInventory
package import TenkenModel
internal import TenkenReport

/// Reads what people wrote: the inventory and the checks.
package enum Inputs {
  /// - Throws: `Failure` where the directory cannot be read, `InputProblems` where something in it is wrong.
  package static func inventory(at path: String) throws -> Inventory {
    try InventoryReader.parse(try InventoryReader.read(directory: path))
  }

  /// - Throws: `Failure` where a directory or script cannot be read, `InputProblems` where something in one is wrong.
  package static func catalogue(
    directories: [String], scripts: [String] = [], indicators: String? = nil
  ) throws -> Catalogue {
    if let directory = directories.first(where: { $0.contains(",") }) {
      throw Failure(
        .usage, "cannot take checks from \(directory.escapedForPeople())", why: "its name has a comma",
        next: "Rename the directory.")
    }
    return try CatalogueReader.parse(
      try CatalogueReader.read(directories: directories, scripts: scripts, indicators: indicators))
  }

  /// Which list of indicators goes out, for whoever handed it over to compare: `sha256sum case-7.txt` says the same.
  package static func indicatorsLine(of catalogue: Catalogue) -> String? {
    guard let list = catalogue.sources.indicators else { return nil }
    let texts = catalogue.checks.map(\.indicators)
    let count = texts.first { !$0.isEmpty }?.split(separator: "\n").count ?? 0
    return "\(count.grouped) indicators of \(list.path), sha256 \(SHA256.digest(of: list.bytes).hex)"
  }

  /// The files of an inventory of invented terminals, the same for the same seed.
  package static func generated(terminals: Int, seed: UInt64) -> SourceFiles {
    InventoryGenerator.files(terminals: terminals, seed: seed)
  }

  /// What could pass by accident or leave a trace is sent nowhere, by Tenken's own rules; a script that a responder gave
  /// for this sweep only is.
  ///
  /// - Returns: what is wrong with such scripts.
  package static func expectSendable(_ catalogue: Catalogue) throws(InputProblems) -> [InputProblem] {
    let scripts = Set(catalogue.checks.filter { $0.resultProtocol == .script }.map(\.file))
    let problems = Lint.problems(in: catalogue)
    let refused = problems.filter { !scripts.contains($0.file) }
    guard refused.isEmpty else { throw InputProblems(refused) }
    return problems
  }

  /// What is wrong with checks that can be read: mistakes by which one could pass by accident or leave a trace.
  ///
  /// - Returns: the problems, and what was left out of looking for them.
  package static func lint(_ catalogue: Catalogue) throws(Failure) -> (problems: [InputProblem], note: String?) {
    let own = Lint.problems(in: catalogue)
    let foreign = Lint.unread(in: catalogue).count
    var notes = foreign == 0 ? [] : ["\(foreign) with a sidecar: only what that says was read, not the script"]
    switch try ShellCheck.run(catalogue) {
    case .problems(let further): return (own + further, notes.isEmpty ? nil : notes.joined(separator: "\n"))
    case .notInstalled:
      notes.append("shellcheck is not installed: only Tenken's own rules were held against the checks")
      return (own, notes.joined(separator: "\n"))
    }
  }

  /// All checks, a line each.
  package static func table(of catalogue: Catalogue) -> String {
    var table = TextTable(["check", "severity", "class", "cost", "title"])
    for check in catalogue.checks {
      table.add([
        check.id.rawValue, check.severity.rawValue, check.checkClass.rawValue, check.cost.rawValue,
        check.title.escapedForPeople(),
      ])
    }
    return table.text + "\(catalogue.checks.count) checks, digest \(catalogue.digest)\n"
  }

  /// What a responder reads at night.
  package static func page(of check: Check) -> String { CheckPage.text(check) }
}
