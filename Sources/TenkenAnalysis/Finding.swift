package import TenkenModel

/// Something that a person must look at, with every terminal behind it.
package struct Finding: Sendable {
  package enum Subject: Hashable, Sendable {
    case check(ID<Check>)
    case contact(ContactFinding)

    /// `check` or `contact`: beside `id` it tells a check that is named like a contact finding from one.
    package var source: String {
      switch self {
      case .check: "check"
      case .contact: "contact"
      }
    }

    package var id: String {
      switch self {
      case .check(let check): check.rawValue
      case .contact(let contact): contact.rawValue
      }
    }
  }

  package struct Sighting: Sendable, Hashable {
    /// Index into the inventory's terminals.
    package let terminal: Int
    package let message: String

    package init(terminal: Int, message: String) {
      self.terminal = terminal
      self.message = message
    }
  }

  package let subject: Subject
  package let severity: Severity
  package let isIntegrity: Bool
  /// In the order of the inventory; never empty.
  package let sightings: [Sighting]

  package init(subject: Subject, severity: Severity, isIntegrity: Bool, sightings: [Sighting]) {
    self.subject = subject
    self.severity = severity
    self.isIntegrity = isIntegrity
    self.sightings = sightings
  }

  package var id: String { subject.id }

  /// High and critical ones make a terminal unsound or suspect.
  package var isSerious: Bool { severity >= .high }
}
