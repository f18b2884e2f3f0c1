import TenkenModel

/// What a header must say before a check belongs into a catalogue.
struct HeaderLint {
  let check: Check
  let lines: [String]

  var problems: [InputProblem] {
    missing + attack
      + check.notes.filter { $0.value.utf8.count < 10 && Self.mandatory.contains($0.name) }.map {
        problem($0.name, "\($0.name) says nothing", "write it for whoever is called at night")
      }
  }

  private static let mandatory = ["rationale", "false-positives", "remediation"]

  private var missing: [InputProblem] {
    Self.mandatory.filter { key in !check.notes.contains { $0.name == key } }.map {
      InputProblem(
        file: check.file, what: "no \($0) in the header",
        fix: "add `#% \($0): ...`; whoever reads the finding needs it")
    }
  }

  private var attack: [InputProblem] {
    check.attack.filter { AttackTechnique($0) == nil }.map {
      let advice = AttackTechnique.advice(on: $0)
      return problem("attack", advice.what, advice.fix)
    }
  }

  private func problem(_ key: String, _ what: String, _ fix: String) -> InputProblem {
    let line = lines.firstIndex { $0.hasPrefix("#% \(key):") }.map { $0 + 1 }
    return InputProblem(file: check.file, line: line, what: what, fix: fix)
  }
}
