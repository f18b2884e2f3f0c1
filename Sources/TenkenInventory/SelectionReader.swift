internal import TenkenModel

/// Reads the selections that stand in the files of an inventory, and holds them against its terminals.
struct SelectionReader {
  private let terminals: [Terminal]
  private let sites: [ID<Site>: Site]

  init(terminals: [Terminal], sites: [Site]) {
    self.terminals = terminals
    self.sites = Dictionary(sites.map { ($0.id, $0) }) { first, _ in first }
  }

  /// Everything where there is no text, and where it cannot be read, which is logged.
  func selection(_ text: Located<String>?, _ log: inout ProblemLog) -> Selection {
    guard let text else { return .everything }
    let selection: Selection
    do throws(SelectionError) {
      selection = try Selection(parsing: text.value)
    } catch {
      log.add(text.file, text.line, "the selection \(text.value.quoted) cannot be read, \(error)", fix: "correct it")
      return .everything
    }
    if selection.usesResults || !selection.sweeps.isEmpty {
      log.add(
        text.file, text.line, "the selection \(text.value.quoted) asks for results of a sweep",
        fix: "select by what the inventory says: site, platform, role, tag")
    }
    for vain in selection.vainConditions(among: terminals, sites: sites) {
      log.add(text.file, text.line, "no terminal fulfils \(vain.quoted)", fix: "correct it, or take it out")
    }
    return selection
  }

  /// One terminal, by its id.
  func terminal(_ text: Located<String>, _ log: inout ProblemLog) -> Selection {
    guard terminals.contains(where: { $0.id.rawValue == text.value }) else {
      let nearest = NearestWord.to(text.value, among: terminals.prefix(5000).map(\.id.rawValue))
      log.add(
        text.file, text.line, "no terminal is called \(text.value.quoted)",
        fix: nearest.map { "write \($0)" } ?? "name one of the inventory")
      return .everything
    }
    return selection(Located(value: "id:\(text.value)", file: text.file, line: text.line), &log)
  }
}
