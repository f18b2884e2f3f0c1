internal import TenkenModel

/// `sites.yaml`: the sites, and the gateways on the way to them, in the order of the file.
struct SitesFile {
  static let path = "sites.yaml"

  private(set) var entries: [SiteEntry] = []
  let gateways: GatewayRegister
  /// The positions in `entries` by id; `nil` for an id whose site cannot be read, which was said once.
  private var positions: [String: Int?] = [:]

  /// `nil` where it is missing or says nothing of sites, which is logged.
  init?(_ sources: SourceFiles, fleet: FleetFile?, _ log: inout ProblemLog) {
    let example = "sites: {tokyo: {name: Tokyo, country: JP, time-zone: Asia/Tokyo}}"
    guard let bytes = sources[Self.path] else {
      log.add(Self.path, nil, "missing", fix: "write one with the fleet's sites, such as \(example)")
      return nil
    }
    let file = SourceFiles.File(path: Self.path, bytes: bytes)
    guard let root = YAMLSection(file, known: ["sites", "gateways"], &log) else { return nil }
    let before = log.count
    gateways = GatewayRegister(root, fleet: fleet, &log)
    root.demand("sites", example: example, &log)
    guard let sites = root.section("sites", title: "the sites", known: nil, &log) else { return nil }
    if sites.keys.isEmpty {
      sites.add(sites.line, "there is no site", fix: "add one, such as \(example)", &log)
      return nil
    }
    for key in sites.keys { add(key, of: sites, fleet: fleet, &log) }
    // A site that cannot be read may be the one behind it.
    if log.count == before { gateways.refuseUnused(by: entries.map(\.site), &log) }
  }

  enum Lookup {
    case position(Int)
    /// In the file, but not in a way that it could be read.
    case unreadable
    case unknown
  }

  func lookup(_ id: String) -> Lookup {
    switch positions[id] {
    case .some(.some(let position)): .position(position)
    case .some(.none): .unreadable
    case .none: .unknown
    }
  }

  func nearest(to id: String) -> String? { NearestWord.to(id, among: positions.keys.sorted()) }

  private mutating func add(
    _ key: Located<String>, of sites: YAMLSection, fleet: FleetFile?, _ log: inout ProblemLog
  ) {
    positions[key.value] = .some(.none)
    guard let id = ID<Site>(key.value) else {
      return sites.add(key.line, "bad site id \(key.value.quoted)", fix: "write \(ID<Site>.rule)", &log)
    }
    let title = "site \(key.value.quoted)"
    guard let section = sites.section(key.value, title: title, known: SiteEntry.keys, &log) else { return }
    positions[key.value] = entries.count
    entries.append(SiteEntry(id, section, fleet: fleet, gateways, &log))
  }
}
