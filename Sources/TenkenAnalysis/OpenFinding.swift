package import TenkenModel

/// One finding on one terminal.
package struct OpenFinding: Sendable, Hashable {
  package let subject: Finding.Subject
  package let severity: Severity
  package let isIntegrity: Bool
  /// What was seen, as the terminal sent it: whoever shows it escapes it.
  package let message: String

  package init(_ check: Check, message: String) {
    subject = .check(check.id)
    severity = check.severity
    isIntegrity = check.checkClass == .integrity
    self.message = message
  }

  package init(_ contact: ContactFinding, message: String) {
    subject = .contact(contact)
    severity = contact.severity
    isIntegrity = true
    self.message = message
  }

  package init(_ flow: FlowFinding, severity: Severity, message: String) {
    subject = .flow(flow)
    self.severity = severity
    isIntegrity = true
    self.message = message
  }
}
