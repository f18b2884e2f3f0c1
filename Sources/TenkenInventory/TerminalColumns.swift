internal import TenkenModel

/// The header of a `terminals/*.csv`: where each attribute stands.
struct TerminalColumns {
  private static let known = [
    "id", "address", "port", "site", "platform", "role", "owner", "tags", "host_key", "root",
  ]
  /// What is said elsewhere and would be ignored as a label.
  private static let elsewhere = [
    "credential": "name it in the defaults of the site", "user": "set it in the credentials of fleet.yaml",
    "identity": "set it in the credentials of fleet.yaml", "password": "Tenken logs in with keys: remove it",
    "gateway": "name it in the gateways of the site in sites.yaml",
    "gateways": "name them in the gateways of the site in sites.yaml",
    "jumphost": "name it in the gateways of the site in sites.yaml",
    "transport": "set it for the site in sites.yaml",
    "country": "set it for the site in sites.yaml", "timezone": "set it for the site in sites.yaml",
  ]

  let count: Int
  let id: Int
  let address: Int
  let port: Int?
  let site: Int?
  let platform: Int?
  let role: Int?
  let owner: Int?
  let tags: Int?
  let hostKey: Int?
  let root: Int?
  let labels: [(position: Int, name: String)]

  /// `nil` where rows cannot be read with this header, which is logged.
  init?(_ header: CSVRow, file: String, _ log: inout ProblemLog) {
    let names = (0..<header.count).map { header.text($0) }
    let before = log.count
    for (position, name) in names.enumerated() {
      if let malformed = Self.problem(with: name, at: position, in: names) { log.add(file, header.line, malformed) }
    }
    for name in ["id", "address"] where !names.contains(name) {
      log.add(file, header.line, "no column \(name)", fix: Self.advice(names))
    }
    guard log.count == before, let id = names.firstIndex(of: "id"), let address = names.firstIndex(of: "address") else {
      return nil
    }
    (self.id, self.address, count) = (id, address, names.count)
    port = names.firstIndex(of: "port")
    site = names.firstIndex(of: "site")
    platform = names.firstIndex(of: "platform")
    role = names.firstIndex(of: "role")
    owner = names.firstIndex(of: "owner")
    tags = names.firstIndex(of: "tags")
    hostKey = names.firstIndex(of: "host_key")
    root = names.firstIndex(of: "root")
    labels = names.enumerated().filter { !Self.known.contains($0.element) }.map { ($0.offset, $0.element) }
  }

  /// Why a row cannot be read that has another number of cells.
  func mismatch(_ row: CSVRow) -> Malformed {
    row.count < count
      ? Malformed(
        what: "\(row.count) cells, \(count - row.count) fewer than the header",
        fix: "write every cell, empty ones as well")
      : Malformed(
        what: "\(row.count) cells, \(row.count - count) more than the header",
        fix: "put a cell that holds a comma in quotation marks")
  }

  private static func problem(with name: String, at position: Int, in names: [String]) -> Malformed? {
    if name.allSatisfy(\.isWhitespace) {
      return Malformed(what: "column \(position + 1) has no name", fix: "name it, or remove it from every row")
    }
    if let first = names.firstIndex(of: name), first < position {
      return Malformed(
        what: "column \(name.quoted) stands twice", fix: "rename column \(first + 1) or column \(position + 1)")
    }
    if known.contains(name) { return nil }
    if let meant = misspelt(name) {
      return Malformed(
        what: "column \(name.quoted) would be a label", fix: "write \(meant) if that is meant, or another name")
    }
    return elsewhere[letters(of: name)].map { Malformed(what: "column \(name.quoted) is not read here", fix: $0) }
  }

  /// The known column that a label would be taken for by a person: `Host Key`, `hostkeys`, `adress`. A pinned key that
  /// silently became a label would not be looked at.
  private static func misspelt(_ name: String) -> String? {
    let written = letters(of: name)
    return known.first { column in
      let meant = letters(of: column)
      if written == meant || written == meant + "s" || written + "s" == meant { return true }
      return meant.utf8.count > 6 && NearestWord.changes(from: written, to: meant) == 1
    }
  }

  private static func letters(of name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }

  private static func advice(_ names: [String]) -> String {
    if names.count == 1, let name = names.first, name.contains(where: { $0 == ";" || $0 == "\t" }) {
      return "separate the columns by commas"
    }
    return "begin the file with a line of column names, such as id,address,site"
  }
}
