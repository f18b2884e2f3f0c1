package import TenkenModel

extension TerminalState {
  /// In which order an account names them: what needs a person first comes first.
  package static let worstFirst: [TerminalState] = [
    .suspect, .unsound, .undetermined, .excepted, .observations, .sound,
  ]
}
