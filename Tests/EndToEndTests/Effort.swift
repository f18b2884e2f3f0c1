import Foundation

/// How often a test tries its luck: some times by default, more by `scripts/test --full`.
enum Effort {
  static let kills = number("TENKEN_KILLS", 25)
  static let faults = number("TENKEN_FAULTS", 60)
  static let offsets = number("TENKEN_OFFSETS", 5)

  private static func number(_ name: String, _ ordinary: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? ordinary
  }
}
