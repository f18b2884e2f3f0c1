internal import TenkenModel

/// Reads the cells of one file's rows, under the file's header.
struct TerminalRowReader {
  let columns: TerminalColumns
  private let file: String
  private let sites: SitesFile
  /// The site that the file's name names: `terminals/tokyo.csv`.
  private let fileSite: SitesFile.Lookup

  init(file: String, columns: TerminalColumns, sites: SitesFile) {
    self.file = file
    self.columns = columns
    self.sites = sites
    fileSite = sites.lookup(TerminalFiles.baseName(of: file))
  }

  func id(_ row: CSVRow, _ log: inout ProblemLog) -> String { text(columns.id, "id", row, &log) }

  func address(_ row: CSVRow, _ log: inout ProblemLog) -> String { text(columns.address, "address", row, &log) }

  func traits(_ row: CSVRow, _ log: inout ProblemLog) -> TerminalTraits {
    let site = site(row, &log)
    let defaults = site.map { sites.entries[$0].defaults }
    return TerminalTraits(
      site: site,
      port: filled(columns.port, row) ? value(columns.port, "port", row, &log, Port.number) : defaults?.port,
      platform: filled(columns.platform, row)
        ? value(columns.platform, "platform", row, &log, Platform.name) ?? "" : defaults?.platform ?? "",
      role: text(columns.role, "role", row, &log, else: defaults?.role),
      owner: text(columns.owner, "owner", row, &log, else: defaults?.owner),
      tags: tags(row, &log),
      pinnedKeys: filled(columns.hostKey, row) ? value(columns.hostKey, "host_key", row, &log, HostKey.keys) ?? [] : [],
      root: filled(columns.root, row) ? value(columns.root, "root", row, &log, Self.root) : nil,
      labels: columns.labels.map { Label(name: $0.name, value: row.text($0.position)) })
  }

  private func site(_ row: CSVRow, _ log: inout ProblemLog) -> Int? {
    guard let column = columns.site, !row.isEmpty(column) else { return siteOfFile(row, &log) }
    let before = log.count
    let id = text(column, "site", row, &log)
    guard log.count == before else { return nil }
    switch sites.lookup(id) {
    case .position(let position): return position
    case .unreadable: return nil
    case .unknown:
      let nearest = sites.nearest(to: id).map { "write \($0), or add" } ?? "add"
      log.add(file, row.line, "unknown site \(id.quoted)", fix: "\(nearest) the site to \(SitesFile.path)")
      return nil
    }
  }

  private func siteOfFile(_ row: CSVRow, _ log: inout ProblemLog) -> Int? {
    switch fileSite {
    case .position(let position): return position
    case .unreadable: return nil
    case .unknown:
      log.add(
        file, row.line, "no site, and the file's name is not one",
        fix: "write the site's id into the column site, or name the file for it: terminals/SITE.csv")
      return nil
    }
  }

  /// Words; none twice.
  private func tags(_ row: CSVRow, _ log: inout ProblemLog) -> [String] {
    let words = text(columns.tags, "tags", row, &log, else: nil)
    var tags: [String] = []
    for tag in Array(words.utf8).split(separator: UInt8(ascii: " ")) {
      let tag = String(decoding: tag, as: UTF8.self)
      if !tags.contains(tag) { tags.append(tag) }
    }
    return tags
  }

  private static func root(_ text: String) throws(Malformed) -> String {
    let parts = Array(text.utf8).split(separator: UInt8(ascii: "/"))
    guard text.hasPrefix("/"), !parts.isEmpty, !parts.contains(Array("..".utf8)[...]) else {
      throw Malformed(
        what: "bad root \(text.quoted)",
        fix: "write an absolute path without .., or leave the cell empty to inspect the terminal itself")
    }
    return text
  }

  // MARK: Cells

  private func filled(_ column: Int?, _ row: CSVRow) -> Bool { column.map { !row.isEmpty($0) } ?? false }

  private func text(
    _ column: Int?, _ name: String, _ row: CSVRow, _ log: inout ProblemLog, else value: String?
  ) -> String {
    guard let column, !row.isEmpty(column) else { return value ?? "" }
    return text(column, name, row, &log)
  }

  /// The text of a column that has a meaning. A space at its edge would make it another value for whoever compares it.
  private func text(_ column: Int, _ name: String, _ row: CSVRow, _ log: inout ProblemLog) -> String {
    let text = row.text(column)
    if row.isPadded(column) {
      log.add(file, row.line, "\(name) \(text.quoted) begins or ends with a space", fix: "remove the space")
    } else if row.isBroken(column) {
      log.add(file, row.line, "\(name) \(text.quoted) holds a tab or a line end", fix: "remove it")
    }
    return text
  }

  private func value<Value>(
    _ column: Int?, _ name: String, _ row: CSVRow, _ log: inout ProblemLog,
    _ read: (String) throws(Malformed) -> Value
  ) -> Value? {
    guard let column else { return nil }
    let before = log.count
    let text = text(column, name, row, &log)
    guard log.count == before else { return nil }
    return log.value(of: Located(value: text, file: file, line: row.line), read)
  }
}
