internal import TenkenModel

/// The values of one fact over a fleet, the rare ones first: what one terminal of 29,000 has, or lacks, is where to
/// look (least frequency of occurrence). Terminals are compared within their cohort only.
package struct FactStack: Sendable {
  /// Terminals that are expected to be alike.
  package enum Cohort: String, Sendable, Hashable, CaseIterable { case fleet, site, platform, role }

  /// One value in one cohort.
  package struct Row: Sendable, Hashable {
    /// The site, platform or role; empty for the whole fleet.
    package let cohort: String
    /// A cell a column, as the terminals sent them: whoever shows them escapes them. `nil`: the terminal has no row of
    /// this fact at all.
    package let values: [String]?
    /// Indices into the inventory, in its order.
    package let terminals: [Int]
    /// Terminals of the cohort that answered, whatever they answered.
    package let answered: Int

    package init(cohort: String, values: [String]?, terminals: [Int], answered: Int) {
      self.cohort = cohort
      self.values = values
      self.terminals = terminals
      self.answered = answered
    }
  }

  /// The rarest first.
  package let rows: [Row]
  /// Terminals that were asked and gave a definite answer.
  package let answered: Int
  /// Terminals of the inventory that nothing is known of: not asked, or without a definite answer.
  package let silent: Int
}
