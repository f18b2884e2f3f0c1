/// Which checks go to which terminals, with which values of their parameters: a named list of rules.
///
/// Every rule whose selection means a terminal speaks of it, in their order: the terminal is given the checks that any
/// of them names, but for those that any takes away; of two values for one parameter the later rule's holds.
package struct Profile: Sendable, Hashable {
  package struct Rule: Sendable, Hashable {
    package let selection: Selection
    /// Ids, beginnings of ids, classes and costs, as `--check` takes them.
    package let checks: [String]
    package let without: [String]
    /// By check, then by the parameter's name.
    package let parameters: [ID<Check>: [String: String]]
    /// Where it stands, for messages: `inventories/example/profiles.yaml:12`.
    package let place: String

    package init(
      selection: Selection = .everything, checks: [String] = [], without: [String] = [],
      parameters: [ID<Check>: [String: String]] = [:], place: String
    ) {
      self.selection = selection
      self.checks = checks
      self.without = without
      self.parameters = parameters
      self.place = place
    }
  }

  package let name: String
  package let rules: [Rule]

  package init(name: String, rules: [Rule]) {
    self.name = name
    self.rules = rules
  }

  /// The one that a sweep follows which names none.
  package static let usual = "light"

  /// Those that there are without a file; one of a file's that has the same name takes the place of it.
  package static let builtIn = [
    Profile(name: "light", rules: [Rule(checks: ["light"], place: "the built-in profile light")]),
    Profile(name: "heavy", rules: [Rule(checks: ["light", "heavy"], place: "the built-in profile heavy")]),
  ]
}
