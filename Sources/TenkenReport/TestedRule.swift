internal import TenkenAnalysis
internal import TenkenModel

/// What formats made for test results know: a rule, which is a check or something that the contact itself shows.
enum TestedRule: Hashable {
  /// Whether the terminal was inspected at all.
  case contact
  case contactFinding(ContactFinding)
  case check(ID<Check>)

  /// No two rules share one: no check is called `contact` or begins so here.
  var name: String {
    switch self {
    case .contact: "contact"
    case .contactFinding(let finding): "contact.\(finding.rawValue)"
    case .check(let id): "check.\(id)"
    }
  }

  /// Those of every terminal, and of every gateway as far as it has any.
  static let ofContact: [TestedRule] = [.contact] + ContactFinding.allCases.map { .contactFinding($0) }
}
