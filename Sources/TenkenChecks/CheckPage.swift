package import TenkenModel

/// What `tenken checks show ID` prints: all that somebody needs to know of one check who was called at night because it
/// failed, in 80 columns. First what concerns that person now, then how the check works, then where it comes from.
package enum CheckPage {
  package static func text(_ check: Check) -> String {
    var lines = [
      "\(check.id)  \(check.title)",
      "  \(check.severity.rawValue), class \(check.checkClass.rawValue), version \(check.version)",
    ]
    lines += section("Why it looks", note("rationale", of: check))
    lines += section("What a fail means", [check.meaningOfFailure])
    lines += section("What to do next", note("remediation", of: check))
    lines += section("When it fails and nothing is wrong", note("false-positives", of: check))
    lines += section("What it costs", cost(of: check))
    lines += section("What it needs", needs(of: check))
    lines += section("Parameters", check.parameters.map(parameter))
    lines += section("Facts", check.facts.map(fact))
    lines += section("ATT&CK", check.attack.map(technique))
    for (name, heading) in furtherNotes { lines += section(heading, note(name, of: check)) }
    lines += section("File", [check.file, check.digest.hex])
    return lines.joined(separator: "\n") + "\n"
  }

  private static let furtherNotes = [
    ("nist", "NIST SP 800-53"), ("iso27001", "ISO/IEC 27001:2022, Annex A"), ("references", "References"),
    ("licence", "Licence"), ("source", "Source"),
  ]

  private static func note(_ name: String, of check: Check) -> [String] {
    check.notes.filter { $0.name == name }.map(\.value)
  }

  private static func section(_ heading: String, _ paragraphs: [String]) -> [String] {
    guard !paragraphs.isEmpty else { return [] }
    return ["", heading] + paragraphs.flatMap { wrapped($0, width: 76).map { "  " + $0 } }
  }

  private static func cost(of check: Check) -> [String] {
    let when =
      switch check.cost {
      case .light: "light: in every sweep that names no checks"
      case .heavy: "heavy: only in sweeps that name it"
      }
    let effects = note("side-effects", of: check).first.map { ["side effects: \($0)"] } ?? []
    return [
      "\(when); ended after \(check.timeout.text), or with more than \(ByteCount.text(check.outputLimit)) on stdout or stderr"
    ] + effects
  }

  private static func needs(of check: Check) -> [String] {
    let rights =
      switch check.privilege {
      case .none: "the rights of whoever logs in; where those are too few, it says so"
      case .root: "root, by the login itself, sudo or doas; without it the result is not-checked"
      }
    let systems = check.distributions.isEmpty ? check.platforms : check.distributions
    var lines = [rights, "\(systems.joined(separator: ", ")), with \(check.interpreter)"]
    if !check.requires.isEmpty {
      lines.append("\(check.requires.joined(separator: " ")): where one is missing the result is not-checked")
    }
    return lines
  }

  private static func technique(_ text: String) -> String {
    AttackTechnique(text).map { "\(text) \($0.name)" } ?? text
  }

  private static func parameter(_ parameter: Check.Parameter) -> String {
    let value = parameter.value.isEmpty ? "empty" : parameter.value
    return "\(parameter.name) (\(parameter.type), \(value)): \(parameter.meaning)"
  }

  private static func fact(_ fact: Check.FactDeclaration) -> String {
    let attributes = fact.attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    return "\(fact.name): \(fact.columns.joined(separator: ", "))\(attributes)"
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

extension Check {
  /// What a failure does to the state of a terminal, as the assessment has it.
  fileprivate var meaningOfFailure: String {
    if resultProtocol == .script { return "Nothing: whatever the script ends with is informational." }
    switch (severity, checkClass) {
    case (.critical, .integrity):
      return "Somebody may have been here. The terminal is suspect, and its site with it, until a person has explained "
        + "what the message says."
    case (.critical, _), (.high, _):
      return "The terminal is unsound, and its site with it, until that is mended or excepted."
    case (.medium, _), (.low, _): return "The terminal has an observation: to be looked at, not at once."
    case (.info, _): return "It is told and changes nothing: the check collects facts that are compared over the fleet."
    }
  }
}
