internal import TenkenAnalysis
internal import TenkenModel

extension Report {
  func title(of subject: Finding.Subject) -> String {
    switch subject {
    case .check(let id): check(id)?.title ?? id.rawValue
    case .contact(let contact): contact.title
    case .gateway(let gateway, let contact): contact.title(of: gateway)
    case .flow(let flow): flow.title
    }
  }

  /// A check's title says what is right, so that of a failed one is marked as such.
  func headline(of subject: Finding.Subject) -> String {
    switch subject {
    case .check: "Failed: \(title(of: subject))"
    case .contact, .gateway, .flow: title(of: subject)
    }
  }

  /// Why it matters; empty where the check does not say.
  func rationale(of subject: Finding.Subject) -> String {
    switch subject {
    case .check(let id): note("rationale", of: id) ?? ""
    case .contact(let contact), .gateway(_, let contact): contact.rationale
    case .flow(let flow): flow.rationale
    }
  }

  /// What to do about it.
  func remediation(of subject: Finding.Subject) -> String {
    switch subject {
    case .check(let id):
      note("remediation", of: id) ?? "The check names no remedy: look at what it said of each terminal."
    case .contact(let contact): contact.remediation
    case .gateway(_, let contact): contact.remediationOfGateway
    case .flow(let flow): flow.remediation
    }
  }

  /// `integrity`, `hardening`, `inventory`, or `contact` or `flow` for what no check said.
  func className(of subject: Finding.Subject) -> String {
    switch subject {
    case .check(let id): check(id)?.checkClass.rawValue ?? ""
    case .contact, .gateway: "contact"
    case .flow: "flow"
    }
  }

  /// Techniques of MITRE ATT&CK, each with the version of the matrix.
  func attack(of subject: Finding.Subject) -> [String] {
    switch subject {
    case .check(let id): check(id)?.attack ?? []
    case .contact, .gateway: []
    case .flow: ["T1021@v19"]
    }
  }

  /// A header may say a key on several lines; they are one text.
  private func note(_ name: String, of id: ID<Check>) -> String? {
    let lines = (check(id)?.notes ?? []).filter { $0.name == name && !$0.value.isEmpty }
    return lines.isEmpty ? nil : lines.map(\.value).joined(separator: " ")
  }
}
