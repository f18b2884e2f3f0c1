/// A script and what its header says of it. `checks/README.md` documents every key.
package struct Check: Sendable, Hashable {
  package enum Class: String, Sendable, Hashable, CaseIterable { case integrity, hardening, inventory }

  /// How the script tells its result.
  package enum ResultProtocol: String, Sendable, Hashable, CaseIterable {
    /// OpenSCAP's Script Check Engine: exit 101 pass, 102 fail, and so on; anything else is an error.
    case sce
    /// Monitoring plugins (Nagios, Icinga): exit 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN, and at least a line of text.
    case nagios
    /// Exit 0 is good, anything else is bad: debsums, and most of what was never meant for a program to read.
    case exit0
    /// A script that was given for this sweep only: whatever it exits with is informational.
    case script
  }

  package enum Privilege: String, Sendable, Hashable, CaseIterable { case none, root }
  package enum Cost: String, Sendable, Hashable, CaseIterable { case light, heavy }

  /// A parameter; reaches the script as `XCCDF_VALUE_<name>`.
  package struct Parameter: Sendable, Hashable {
    package let name: String
    /// `number`, `string` or `boolean`.
    package let type: String
    package var value: String
    package let meaning: String

    package init(name: String, type: String, value: String, meaning: String) {
      self.name = name
      self.type = type
      self.value = value
      self.meaning = meaning
    }
  }

  /// A fact that the script may print, and the columns of its rows.
  package struct FactDeclaration: Sendable, Hashable {
    package let name: String
    package let columns: [String]
    /// `key=value` words after the columns: `stack=site`, `sensitivity=personal`.
    package let attributes: [String: String]

    package init(name: String, columns: [String], attributes: [String: String] = [:]) {
      self.name = name
      self.columns = columns
      self.attributes = attributes
    }
  }

  package let id: ID<Check>
  /// What the script is called: its `$0`. Some run only under their own name.
  package let name: String
  package let version: Int
  package let title: String
  package let severity: Severity
  package let checkClass: Class
  package let resultProtocol: ResultProtocol
  /// `sh`, `bash`, `perl` or `python3`; the terminal's own.
  package let interpreter: String
  /// Platforms that it works on: `linux`. A terminal of another platform is not given it.
  package let platforms: [String]
  /// The distributions of Linux that it is for, each as `ID` or `ID:MAJOR` of os-release(5): `debian`, `rhel:8`; any
  /// where empty. On another one it does not run, and is `not-applicable`.
  package let distributions: [String]
  /// Programs that must be on the terminal's PATH; a missing one makes the result `not-checked`.
  package let requires: [String]
  package let privilege: Privilege
  package let timeout: Duration
  /// Bytes of each of stdout and stderr; one more is an error.
  package let outputLimit: Int
  package let cost: Cost
  package var parameters: [Parameter]
  package let facts: [FactDeclaration]
  /// MITRE ATT&CK techniques, each with the version of the matrix: `T1685.006@v19`.
  package let attack: [String]
  /// The header's remaining keys as they stand, for people: rationale, remediation, false-positives, nist, ...
  package let notes: [Label]
  /// Whether the header stands in a file beside the script: somebody else wrote it, and it runs as it is.
  package let isForeign: Bool
  /// The whole file: what is sent, and what `digest` is of.
  package let script: [UInt8]
  package let digest: Digest
  /// Where it was read from: `checks/log.wtmp/check.sh`.
  package let file: String

  package init(
    id: ID<Check>, name: String? = nil, version: Int, title: String, severity: Severity, checkClass: Class,
    resultProtocol: ResultProtocol = .sce, interpreter: String = "sh", platforms: [String] = ["linux"],
    distributions: [String] = [], requires: [String] = [], privilege: Privilege = .none,
    timeout: Duration = .seconds(60),
    outputLimit: Int = 256 * 1024, cost: Cost = .light, parameters: [Parameter] = [],
    facts: [FactDeclaration] = [], attack: [String] = [], notes: [Label] = [], isForeign: Bool = false, script: [UInt8],
    digest: Digest,
    file: String
  ) {
    self.id = id
    self.name = name ?? id.rawValue
    self.version = version
    self.title = title
    self.severity = severity
    self.checkClass = checkClass
    self.resultProtocol = resultProtocol
    self.interpreter = interpreter
    self.platforms = platforms
    self.distributions = distributions
    self.requires = requires
    self.privilege = privilege
    self.timeout = timeout
    self.outputLimit = outputLimit
    self.cost = cost
    self.parameters = parameters
    self.facts = facts
    self.attack = attack
    self.notes = notes
    self.isForeign = isForeign
    self.script = script
    self.digest = digest
    self.file = file
  }
}
