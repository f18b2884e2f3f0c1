internal import TenkenModel

/// Which checks the rules of a profile, or the command line, give to each terminal.
struct ProfileChoice {
  private struct Rule {
    let rule: Profile.Rule
    let chosen: Set<ID<Check>>
    let without: Set<ID<Check>>
  }

  private struct Key: Hashable {
    let platform: String
    let rules: [Int]
  }

  private(set) var sets: [[Check]] = []
  private let checks: [Check]
  private let rules: [Rule]
  /// What the command line named: the rules then give values only.
  private let named: Set<ID<Check>>?
  private let sites: [ID<Site>: Site]
  private var known: [Key: Int] = [:]

  /// - Throws: `usage` for a profile or a check of the command line that there is not, `badInput` for a rule of a check
  ///   or a parameter that there is not, with its place.
  init(_ scope: Scope, _ inventory: Inventory, _ catalogue: Catalogue) throws(Failure) {
    let choice = CheckChoice(from: catalogue)
    checks = catalogue.checks
    named = scope.checks.isEmpty ? nil : Set(try choice.checks(named: scope.checks).map(\.id))
    sites = Dictionary(inventory.sites.map { ($0.id, $0) }) { first, _ in first }
    let profile = try Self.profile(scope.profile ?? Profile.usual, inventory)
    var rules: [Rule] = []
    for rule in profile.rules {
      try Self.refuseValues(rule, catalogue)
      rules.append(
        Rule(
          rule: rule, chosen: try Self.ids(rule.checks, rule, choice), without: try Self.ids(rule.without, rule, choice)
        ))
    }
    self.rules = rules
    guard named == nil, rules.allSatisfy(\.chosen.isEmpty) else { return }
    _ = try choice.checks(named: [])
  }

  /// The index in `sets` of what this terminal is given.
  mutating func index(for terminal: Terminal) -> Int {
    let subject = Selection.Subject(terminal: terminal, site: sites[terminal.site])
    let key = Key(
      platform: terminal.platform, rules: rules.indices.filter { rules[$0].rule.selection.matches(subject) })
    if let index = known[key] { return index }
    let set = set(for: key)
    let index = sets.firstIndex { $0.map(\.id) == set.map(\.id) && $0.map(\.parameters) == set.map(\.parameters) }
    if index == nil { sets.append(set) }
    known[key] = index ?? sets.count - 1
    return index ?? sets.count - 1
  }

  private func set(for key: Key) -> [Check] {
    let rules = key.rules.map { self.rules[$0] }
    var ids = named ?? rules.reduce(into: []) { $0.formUnion($1.chosen) }
    if named == nil { for rule in rules { ids.subtract(rule.without) } }
    return checks.filter { check in
      check.platforms.contains(key.platform) && (ids.contains(check.id) || check.isGiven)
    }.map { check in
      var check = check
      let list = check.indicators
      for rule in rules { check.take(rule.rule.parameters[check.id] ?? [:]) }
      // A list that the sweep was given is never lost to what a profile looks for all the time.
      if !list.isEmpty, check.indicators != list { check.indicators = "\(list)\n\(check.indicators)" }
      return check
    }
  }

  private static func profile(_ name: String, _ inventory: Inventory) throws(Failure) -> Profile {
    let all = inventory.profiles + Profile.builtIn
    if let profile = all.first(where: { $0.name == name }) { return profile }
    throw Failure(
      .usage, "no profile is called \(name.quoted)", why: "\(inventory.sources.origin) does not describe it",
      next: "There are \(Set(all.map(\.name)).sorted().joined(separator: ", ")).")
  }

  private static func ids(
    _ words: [String], _ rule: Profile.Rule, _ choice: CheckChoice
  ) throws(Failure) -> Set<ID<Check>> {
    do throws(Failure) {
      return try choice.ids(named: words)
    } catch {
      throw Failure(.badInput, "\(rule.place): \(error.what)", why: error.why, next: error.next)
    }
  }

  private static func refuseValues(_ rule: Profile.Rule, _ catalogue: Catalogue) throws(Failure) {
    for (id, values) in rule.parameters.sorted(by: { $0.key < $1.key }) {
      guard let check = catalogue[id] else {
        throw Failure(
          .badInput, "\(rule.place): a parameter of \(id)", why: "the catalogue has no such check",
          next: "`tenken checks list` shows what there is.")
      }
      for (name, value) in values.sorted(by: { $0.key < $1.key }) {
        guard let parameter = check.parameters.first(where: { $0.name == name }) else {
          throw Failure(
            .badInput, "\(rule.place): \(id) has no parameter \(name.quoted)", why: "its header declares none",
            next: "`tenken checks show \(id)` shows them.")
        }
        guard Check.Parameter.value(value, fits: parameter.type) else {
          throw Failure(
            .badInput, "\(rule.place): \(name) of \(id) is \(value.quoted)", why: "that is no \(parameter.type)",
            next: "Write a \(parameter.type).")
        }
      }
    }
  }
}

extension Check {
  fileprivate mutating func take(_ values: [String: String]) {
    for index in parameters.indices {
      if let value = values[parameters[index].name] { parameters[index].value = value }
    }
  }
}
