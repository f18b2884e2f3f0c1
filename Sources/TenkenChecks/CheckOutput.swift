import TenkenModel

/// A check's stdout, taken apart: the facts, and what is left for people.
struct CheckOutput {
  private(set) var facts: [Fact] = []
  /// The other lines, joined with `; `, of the first 2,000 bytes.
  private(set) var text = ""
  /// Why the output is not that of a sound check, if it is not.
  private(set) var broken: String?

  private static let textLimit = 2000

  init(_ stdout: [UInt8], nonce: String, declared: [Check.FactDeclaration]) {
    let columns = Dictionary(declared.map { ($0.name, $0.columns.count) }) { first, _ in first }
    var textBytes = 0
    for line in stdout.split(separator: 0x0A) {
      if let row = FactLine.row(of: line, nonce: nonce) {
        take(row, columns)
        if broken != nil { return }
      } else if textBytes < Self.textLimit {
        add(line.prefix(Self.textLimit - textBytes))
        textBytes += line.count + 2
      }
    }
  }

  /// Facts that were told in another way than by lines of their own.
  mutating func add(_ further: [Fact]) {
    facts += further
    if facts.count > Judge.factLimit { broken = "more than \(Judge.factLimit) facts" }
  }

  private mutating func add(_ line: ArraySlice<UInt8>) {
    let line = String(decoding: line, as: UTF8.self).trimmed
    guard !line.isEmpty else { return }
    text += text.isEmpty ? line : "; \(line)"
  }

  private mutating func take(_ row: ArraySlice<UInt8>, _ columns: [String: Int]) {
    guard let fact = FactLine.fact(of: row) else {
      broken = "the check is broken: it told a fact that cannot be read (\(Self.shown(row)))"
      return
    }
    switch columns[fact.name] {
    case nil:
      broken = "the check is broken: its header declares no fact \(Self.shown(row))"
    case let count? where count != fact.values.count:
      broken = "the check is broken: \(fact.name) has \(count) columns, not \(fact.values.count)"
    default:
      facts.append(fact)
      if facts.count > Judge.factLimit { broken = "more than \(Judge.factLimit) facts" }
    }
  }

  private static func shown(_ row: ArraySlice<UInt8>) -> String { String(decoding: row.prefix(80), as: UTF8.self) }
}
