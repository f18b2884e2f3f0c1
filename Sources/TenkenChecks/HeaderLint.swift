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

  /// Techniques change their meaning between versions of the matrix (version 19 revoked T1070.002 and others), so an
  /// id without a version says nothing that lasts.
  private var attack: [InputProblem] {
    check.attack.filter { $0.wholeMatch(of: #/T\d{4}(\.\d{3})?@v\d{1,3}/#) == nil }.map {
      problem(
        "attack", "\"\($0)\" is not a technique of ATT&CK with the version of its matrix", "write T1685.006@v19")
    }
  }

  private func problem(_ key: String, _ what: String, _ fix: String) -> InputProblem {
    let line = lines.firstIndex { $0.hasPrefix("#% \(key):") }.map { $0 + 1 }
    return InputProblem(file: check.file, line: line, what: what, fix: fix)
  }
}
