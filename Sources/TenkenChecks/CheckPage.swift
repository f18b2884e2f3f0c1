package import TenkenModel

/// What `tenken checks show ID` prints: all that a responder needs to know of one check, in 80 columns.
package enum CheckPage {
  package static func text(_ check: Check) -> String {
    var lines = ["\(check.id)  \(check.title)", ""]
    lines += facts(check)
    lines += section("Parameters", check.parameters.map(parameter))
    lines += section("Facts", check.facts.map(fact))
    for note in check.notes { lines += section(heading(note.name), [note.value]) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func facts(_ check: Check) -> [String] {
    let limits = "\(check.timeout.text), \(ByteCount.text(check.outputLimit)) of output; \(check.cost.rawValue)"
    let rows: [(name: String, value: String)] = [
      ("version", "\(check.version)"),
      ("severity", "\(check.severity.rawValue), class \(check.checkClass.rawValue)"),
      ("runs as", check.privilege == .root ? "root" : "whoever logs in"),
      ("runs with", check.interpreter),
      ("needs", check.requires.joined(separator: " ")),
      ("platforms", check.platforms.joined(separator: " ")),
      ("limits", limits),
      ("ATT&CK", check.attack.joined(separator: ", ")),
      ("file", check.file),
      ("digest", check.digest.hex),
    ]
    return rows.filter { !$0.value.isEmpty }.map { "  \($0.name.padded(to: 11))\($0.value)" }
  }

  private static func section(_ heading: String, _ paragraphs: [String]) -> [String] {
    guard !paragraphs.isEmpty else { return [] }
    return ["", heading] + paragraphs.flatMap { wrapped($0, width: 76).map { "  " + $0 } }
  }

  private static func parameter(_ parameter: Check.Parameter) -> String {
    let value = parameter.value.isEmpty ? "empty" : parameter.value
    return "\(parameter.name) (\(parameter.type), \(value)): \(parameter.meaning)"
  }

  private static func fact(_ fact: Check.FactDeclaration) -> String {
    let attributes = fact.attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    return "\(fact.name): \(fact.columns.joined(separator: ", "))\(attributes)"
  }

  private static func heading(_ key: String) -> String {
    switch key {
    case "nist": "NIST SP 800-53"
    case "iso27001": "ISO/IEC 27001:2022, Annex A"
    default: key.prefix(1).uppercased() + key.dropFirst().replacing("-", with: " ")
    }
  }

  /// Breaks at blanks only: a path or an address stays whole, even where it is longer than the line.
  private static func wrapped(_ text: String, width: Int) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
