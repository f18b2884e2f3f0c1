import TenkenModel

/// A small fleet to select from, and selections at random.
enum SelectionSpecimens {
  static let japan = Site(id: "tokyo", name: "Tokyo", country: "JP")
  static let thailand = Site(id: "bangkok", name: "Bangkok", country: "TH")

  static let server = Terminal(
    id: "jp-0007", address: "10.0.0.7", site: "tokyo", role: "server", owner: "it", tags: ["dmz", "critical"],
    labels: [Label(name: "rack", value: "A 17"), Label(name: "asset tag", value: "x*y")])
  static let kiosk = Terminal(
    id: "bkk-0401", address: "10.1.0.1", site: "bangkok", platform: "macos", role: "kiosk", owner: "営業部",
    tags: ["kiosk"])
  static let bare = Terminal(id: "jp-0500", address: "10.0.1.1", site: "tokyo")

  static let subjects = [
    Selection.Subject(
      terminal: server, site: japan, outcome: { $0 == nil ? .inspected : $0 == "s1" ? .unreachable : nil },
      state: { $0 == nil ? .unsound : nil }),
    Selection.Subject(terminal: kiosk, site: thailand, outcome: { $0 == nil ? .partial : nil }),
    Selection.Subject(terminal: bare, site: nil),
  ]

  /// The positions in `subjects` of those that match.
  static func matches(_ text: String) throws -> [Int] {
    let selection = try Selection(parsing: text)
    return subjects.indices.filter { selection.matches(subjects[$0]) }
  }

  private static let terms = [
    "site:tokyo", "site:bang*", "tag:kiosk", "tag:\"dmz\"", "role:server", "role:\"\"", "owner:営業部", "owner:*",
    "platform:linux", "country:JP", "id:jp-*", "jp-[0001-0400]", "jp-0500", "\"jp-0500\"", "label.rack:\"A 17\"",
    "label.\"asset tag\":\"x\\*y\"", "label.rack:*17", "outcome:inspected", "outcome:unreachable@s1", "state:unsound",
    "state:sound@\"last night\"", "id:\"and\"", "bkk-[399-402]", "*", "tag:\"a\\\"b\\\\\"", "label.\"a:b\":\"c:d (e)\"",
  ]

  static func expression(_ random: inout SplitMix64, depth: Int = 4) -> String {
    if depth == 0 { return terms[Int.random(in: 0..<terms.count, using: &random)] }
    let inner = { (random: inout SplitMix64) in expression(&random, depth: depth - 1) }
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return "not (\(inner(&random)))"
    case 1: return "(\(inner(&random))) and (\(inner(&random)))"
    case 2: return "(\(inner(&random))) or (\(inner(&random)))"
    case 3: return "\(inner(&random)) and \(inner(&random)) or \(inner(&random))"
    case 4: return "not \(inner(&random))"
    default: return inner(&random)
    }
  }
}
