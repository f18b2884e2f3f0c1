/// An exception that somebody answers for: what a check finds on some terminals is known and accepted, until a date.
///
/// It makes no failure a pass: the terminal is `excepted` where nothing worse is open, and stays in the account. What a
/// contact brings to light (a host key that does not match) is never excepted, nor is what was not seen.
package struct Waiver: Sendable, Hashable {
  /// `nil` for every check.
  package let check: ID<Check>?
  package let selection: Selection
  package let who: String
  package let why: String
  /// The end of its last day, in UTC.
  package let until: Timestamp
  /// Where it stands, for messages: `inventories/example/waivers.yaml:3`.
  package let place: String

  package init(
    check: ID<Check>?, selection: Selection = .everything, who: String, why: String, until: Timestamp, place: String
  ) {
    self.check = check
    self.selection = selection
    self.who = who
    self.why = why
    self.until = until
    self.place = place
  }

  /// Whether it speaks of what `check` found on a terminal at `time`.
  package func covers(_ check: ID<Check>, on terminal: Terminal, of site: Site?, at time: Timestamp) -> Bool {
    time <= until && (self.check ?? check) == check
      && selection.matches(Selection.Subject(terminal: terminal, site: site))
  }
}
