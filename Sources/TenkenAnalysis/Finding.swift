package import TenkenModel

/// Something that a person must look at, with every terminal behind it.
package struct Finding: Sendable {
  package enum Subject: Hashable, Sendable {
    case check(ID<Check>)
    case contact(ContactFinding)
    /// What the contact with a jump host brought to light: a finding on the sites behind it, and on no terminal.
    case gateway(ID<Gateway>, ContactFinding)
    /// What its connections brought to light, by the flow policy and by what the other end says.
    case flow(FlowFinding)

    /// `check`, `contact`, `gateway` or `flow`: beside `id` it tells a check that is named like a contact finding from one.
    package var source: String {
      switch self {
      case .check: "check"
      case .contact: "contact"
      case .gateway: "gateway"
      case .flow: "flow"
      }
    }

    package var id: String {
      switch self {
      case .check(let check): check.rawValue
      case .contact(let contact): contact.rawValue
      case .gateway(let gateway, let contact): "\(gateway).\(contact.rawValue)"
      case .flow(let flow): flow.rawValue
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

  /// A site behind a gateway that a finding is about.
  package struct Place: Sendable, Hashable {
    package let site: ID<Site>
    /// As the gateway sent it: whoever shows it escapes it.
    package let message: String

    package init(site: ID<Site>, message: String) {
      self.site = site
      self.message = message
    }
  }

  package let subject: Subject
  package let severity: Severity
  package let isIntegrity: Bool
  /// In the order of the inventory; never empty, but for what a gateway brought to light.
  package let sightings: [Sighting]
  /// In the order of the inventory; empty, but for what a gateway brought to light.
  package let places: [Place]

  package init(
    subject: Subject, severity: Severity, isIntegrity: Bool, sightings: [Sighting] = [], places: [Place] = []
  ) {
    self.subject = subject
    self.severity = severity
    self.isIntegrity = isIntegrity
    self.sightings = sightings
    self.places = places
  }

  /// Terminals behind it, or sites where it is on none.
  package var count: Int { sightings.isEmpty ? places.count : sightings.count }

  package var id: String { subject.id }

  /// High and critical ones make a terminal unsound or suspect.
  package var isSerious: Bool { severity >= .high }
}
