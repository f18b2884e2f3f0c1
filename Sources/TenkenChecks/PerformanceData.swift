import TenkenModel

/// The figures that a monitoring plugin writes behind `|`, each as a fact:
/// `'label'=value[unit];[warn];[crit];[min];[max]` (Monitoring Plugins Development Guidelines, "Performance data").
/// Pure.
///
/// The first line has them behind its first `|`; of the further lines all behind the next `|` are figures as well. What
/// is not of that form is left out: the raw output keeps it.
struct PerformanceData {
  static let declaration = Check.FactDeclaration(
    name: "perfdata", columns: ["label", "value", "unit", "warn", "crit", "min", "max"])

  private(set) var facts: [Fact] = []
  /// What is for people: the lines without their figures.
  private(set) var text: [UInt8] = []

  init(_ stdout: [UInt8]) {
    var figures: [ArraySlice<UInt8>] = []
    var isInFigures = false
    for (index, line) in stdout.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      guard !isInFigures else {
        figures.append(line)
        continue
      }
      let bar = line.firstIndex(of: UInt8(ascii: "|")) ?? line.endIndex
      text += line[..<bar] + [0x0A]
      guard bar < line.endIndex else { continue }
      figures.append(line[(bar + 1)...])
      isInFigures = index > 0
    }
    facts = figures.flatMap { Self.items(String(decoding: $0, as: UTF8.self)).compactMap(Self.fact) }
  }

  /// Cut at blanks outside of single quotes; `''` in quotes is one.
  private static func items(_ text: String) -> [String] {
    var items: [String] = []
    var item = ""
    var isQuoted = false
    for character in text {
      if character == "'" { isQuoted.toggle() }
      if character.isWhitespace, !isQuoted {
        items.append(item)
        item = ""
      } else {
        item.append(character)
      }
    }
    return (items + [item]).filter { !$0.isEmpty }
  }

  private static func fact(_ item: String) -> Fact? {
    guard let equals = item.lastIndex(of: "="), equals > item.startIndex else { return nil }
    var label = String(item[..<equals])
    if label.count >= 2, label.hasPrefix("'"), label.hasSuffix("'") {
      label = String(label.dropFirst().dropLast()).replacing("''", with: "'")
    }
    let fields = item[item.index(after: equals)...].split(separator: ";", omittingEmptySubsequences: false)
    guard fields.count <= 5, let first = fields.first,
      let match = first.wholeMatch(of: #/([-+]?[0-9.,]+(?:[eE][-+]?[0-9]+)?|U)([^0-9;'"]*)/#)
    else { return nil }
    let rest = fields.dropFirst().map(String.init)
    return Fact(
      name: declaration.name,
      values: [label, String(match.1), String(match.2)] + rest + Array(repeating: "", count: 4 - rest.count))
  }
}
