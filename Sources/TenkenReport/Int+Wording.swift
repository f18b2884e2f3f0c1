internal import TenkenModel

extension Int {
  /// `1 terminal`, `29,000 terminals`.
  func of(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }
}
