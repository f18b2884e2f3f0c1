internal import TenkenModel

extension Soundness {
  /// The name of the state whose colour it is shown in.
  var state: TerminalState {
    switch self {
    case .suspect: .suspect
    case .unsound: .unsound
    case .undetermined, .noRating: .undetermined
    case .observations: .observations
    case .sound: .sound
    }
  }

  var word: String { self == .noRating ? "no rating" : rawValue }
}
