package import TenkenModel

extension Capture.Status {
  /// The word of an end frame.
  package var frame: String {
    switch self {
    case .exited(let status): String(status)
    case .expired: "expired"
    case .cut: "cut"
    case .lacksProgram(let program): "lacks:\(program)"
    case .lacksRoot: "root"
    case .otherSystem: "system"
    }
  }

  /// `nil` for a word that no end frame of ours holds.
  package init?(frame word: some StringProtocol) {
    if let status = Int(word) {
      guard (0...255).contains(status) else { return nil }
      self = .exited(status)
    } else if word == "expired" {
      self = .expired
    } else if word == "cut" {
      self = .cut
    } else if word == "system" {
      self = .otherSystem
    } else if word == "root" {
      self = .lacksRoot
    } else if word.hasPrefix("lacks:"), word.utf8.count > 6 {
      self = .lacksProgram(String(word.dropFirst(6)))
    } else {
      return nil
    }
  }
}
