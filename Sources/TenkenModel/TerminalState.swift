/// What a terminal's outcome and results come to: exactly one, best first.
package enum TerminalState: String, Sendable, Codable, CaseIterable {
  /// Every mandatory check gave a definite result and nothing is open above `info`.
  case sound
  /// Wholly seen; something of severity low or medium is open.
  case observations
  /// Anything not wholly seen. Never better than it looks.
  case undetermined
  /// An open finding of severity high (or critical, but not of class integrity).
  case unsound
  /// An open critical integrity finding.
  case suspect
  /// Excepted by name, until a date, when nothing worse is open.
  case excepted
}
