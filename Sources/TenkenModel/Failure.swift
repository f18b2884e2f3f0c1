/// Why a command could not do its work: what happened, why, and what to do next. A failed check is not one.
package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
  /// The exit status that the command ends with (sysexits.h).
  package enum Code: Int32, Sendable, Hashable, CaseIterable {
    case usage = 64
    case badInput = 65
    case noSuchInput = 66
    case serviceUnavailable = 69
    case bug = 70
    case cannotCreate = 73
    case inputOutput = 74
    /// Owned by another process, or paused: `tenken resume` goes on later.
    case tryLater = 75
    case permissions = 77
  }

  package let code: Code
  package let what: String
  package let why: String
  package let next: String

  package init(_ code: Code, _ what: String, why: String, next: String) {
    self.code = code
    self.what = what
    self.why = why
    self.next = next
  }

  package var description: String { "\(what): \(why). \(next)" }
}
