internal import TenkenModel

/// What became of some sites for one cause, in a line:
/// `gateway bkk-jump: connection refused; held: bangkok and chiang-mai; next try in 2 s`.
struct ConditionLine {
  private static let most = 3

  private let conditions: [SiteCondition]
  private let nextTry: Duration?

  init(_ conditions: [SiteCondition], nextTry: Duration?) {
    self.conditions = conditions
    self.nextTry = nextTry
  }

  var text: String {
    guard let first = conditions.first else { return "" }
    switch first.standing {
    case .released:
      return "\(first.gateway.map { "gateway \($0) can be passed again" } ?? "it answers again"); going on: \(sites)"
    case .held:
      let wait = nextTry.map { "; next try in \(Duration.seconds(max(1, $0.components.seconds)).forPeople)" } ?? ""
      return "\(cause(first)); held: \(sites)\(wait)"
    case .givenUp where first.gateway == nil: return "\(sites): \(cause(first))"
    case .givenUp: return "\(cause(first)); given up for this run: \(sites)"
    }
  }

  private func cause(_ condition: SiteCondition) -> String { condition.cause.escapedForPeople(maxLength: 200) }

  private var sites: String {
    let names = conditions.prefix(Self.most).map(\.site.rawValue).joined(separator: ", ")
    let rest = conditions.count - min(Self.most, conditions.count)
    return rest > 0 ? "\(names) and \(rest.grouped) more" : names
  }
}
