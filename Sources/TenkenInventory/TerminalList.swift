internal import TenkenModel

/// The terminals of all rows so far, those that a range stands for one by one.
struct TerminalList {
  private static let mostInRow = 1_000_000

  private(set) var terminals: [Terminal] = []
  private(set) var rows = 0
  /// By site, in the sites' order: whether it has a row.
  private var isUsed: [Bool]
  private let sites: SitesFile
  private var seen = FirstSeen()

  init(sites: SitesFile) {
    self.sites = sites
    isUsed = Array(repeating: false, count: sites.entries.count)
  }

  /// The sites that have a row, in their order.
  var usedSites: [SiteEntry] { sites.entries.indices.filter { isUsed[$0] }.map { sites.entries[$0] } }

  /// Makes room for a file of that size.
  mutating func reserve(bytes: Int) { seen.reserve(bytes / 128) }

  mutating func add(_ row: CSVRow, _ reader: TerminalRowReader, _ file: String, _ log: inout ProblemLog) {
    rows += 1
    let traits = Located(value: reader.traits(row, &log), file: file, line: row.line)
    if let site = traits.value.site { isUsed[site] = true }
    let before = log.count
    let id = reader.id(row, &log)
    let address = reader.address(row, &log)
    guard log.count == before else { return }
    let bracket = UInt8(ascii: "[")
    if row.contains(bracket, in: reader.columns.id) || row.contains(bracket, in: reader.columns.address) {
      addRange(id, address, traits, &log)
    } else {
      _ = add(id, address, traits, &log)
    }
  }

  private mutating func addRange(
    _ id: String, _ address: String, _ traits: Located<TerminalTraits>, _ log: inout ProblemLog
  ) {
    guard let ids = Self.range(id, traits, &log), let addresses = Self.range(address, traits, &log) else { return }
    guard ids.count <= Self.mostInRow, addresses.count <= Self.mostInRow else {
      let most = "\(Self.mostInRow) terminals"
      return log.add(traits.file, traits.line, "the row stands for more than \(most)", fix: "write several rows")
    }
    guard ids.count == addresses.count else {
      return log.add(
        traits.file, traits.line,
        "id \(id.quoted) stands for \(ids.count), address \(address.quoted) for \(addresses.count)",
        fix: "write ranges that stand for the same number")
    }
    // The first that is wrong stands for the rest of its row.
    for position in 0..<ids.count where !add(ids[position], addresses[position], traits, &log) { return }
  }

  private static func range(
    _ text: String, _ traits: Located<TerminalTraits>, _ log: inout ProblemLog
  ) -> IDRange? {
    do {
      return try IDRange(parsing: text)
    } catch {
      log.add(traits.file, traits.line, error.what, fix: error.fix)
      return nil
    }
  }

  /// Whether there was no problem.
  private mutating func add(
    _ idText: String, _ addressText: String, _ traits: Located<TerminalTraits>, _ log: inout ProblemLog
  ) -> Bool {
    let before = log.count
    let id = id(idText, traits, &log)
    let address = address(addressText, traits, &log)
    guard let id, address != nil, let site = traits.value.site, let port = traits.value.port, log.count == before else {
      return log.count == before
    }
    let shared = traits.value
    terminals.append(
      Terminal(
        id: id, address: addressText, port: port, site: sites.entries[site].site.id, platform: shared.platform,
        role: shared.role, owner: shared.owner, tags: shared.tags, pinnedKeys: shared.pinnedKeys, root: shared.root,
        credential: sites.entries[site].defaults.credential, labels: shared.labels))
    return true
  }

  private mutating func id(
    _ text: String, _ traits: Located<TerminalTraits>, _ log: inout ProblemLog
  ) -> ID<Terminal>? {
    guard let id = ID<Terminal>(text) else {
      log.add(traits.file, traits.line, "bad id \(text.quoted)", fix: "write \(ID<Terminal>.rule)")
      return nil
    }
    seen.check(id, traits.file, traits.line, &log)
    return id
  }

  private mutating func address(
    _ text: String, _ traits: Located<TerminalTraits>, _ log: inout ProblemLog
  ) -> TerminalAddress? {
    let located = Located(value: text, file: traits.file, line: traits.line)
    guard let address = log.value(of: located, TerminalAddress.init) else { return nil }
    let site = traits.value.site.map { sites.entries[$0] }
    if let port = traits.value.port {
      seen.check(address, port, behind: site?.site.gateways ?? [], traits.file, traits.line, &log)
    }
    if let objection = site?.objection(to: address) { log.add(traits.file, traits.line, objection) }
    return address
  }
}
