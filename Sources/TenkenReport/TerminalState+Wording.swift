internal import TenkenModel

extension TerminalState {
  /// A shape beside the colour and the word, so that none of them has to be seen.
  var glyph: String {
    switch self {
    case .suspect: "▲"
    case .unsound: "◆"
    case .undetermined: "○"
    case .excepted: "□"
    case .observations: "●"
    case .sound: "✓"
    }
  }

  var meaning: String {
    switch self {
    case .suspect: "A critical finding of integrity is open: a sign of intrusion until it is explained."
    case .unsound: "A high finding is open, or a critical one that is not about integrity."
    case .undetermined: "Not wholly seen: not reached, cut off, or a check did not answer. Never counted as good."
    case .excepted: "Excepted by name and until a date; it stays in the account."
    case .observations: "Wholly seen; something of low or medium severity is open."
    case .sound: "Wholly seen: every check answered, and nothing is open."
    }
  }
}
