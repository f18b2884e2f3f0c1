internal import TenkenAnalysis
internal import TenkenModel

extension TerminalAssessment.Gap {
  /// In which order they are told: what could hide an intruder first.
  static let inOrder: [TerminalAssessment.Gap] =
    [
      .outcome(.hostile), .outcome(.hostKeyMismatch), .outcome(.partial), .outcome(.timedOut), .outcome(.unreachable),
      .outcome(.authFailed), .outcome(.hostKeyUnknown), .outcome(.unsupported), .unanswered, .noIntegrityCheck,
      .outcome(.pending), .outcome(.excluded),
    ]

  /// `unreachable`, `unanswered`, ...: also the anchor of its terminals on a page.
  var word: String {
    switch self {
    case .outcome(let outcome): outcome.rawValue
    case .unanswered: "unanswered"
    case .noIntegrityCheck: "no-check"
    }
  }

  var meaning: String {
    switch self {
    case .outcome(let outcome): outcome.meaning
    case .unanswered: "inspected, but a check did not answer"
    case .noIntegrityCheck: "inspected, but no integrity check could tell"
    }
  }

  /// What to do about it; `nil` where a finding says so already.
  var advice: String? {
    switch self {
    case .outcome(let outcome): outcome.advice
    case .unanswered: "Give the login the right, or the terminal the program, that the check lacks."
    case .noIntegrityCheck: "Look at them by other means: no check of integrity is made for their platform."
    }
  }
}

extension Outcome {
  fileprivate var meaning: String {
    switch self {
    case .inspected: "inspected"
    case .partial: "the inspection broke off"
    case .unreachable: "no connection"
    case .unsupported: "no SSH or shell that Tenken can use"
    case .hostKeyUnknown: "no host key on record, so not contacted further"
    case .hostKeyMismatch: "not the host key on record, so not contacted further"
    case .authFailed: "the login was refused"
    case .timedOut: "connected, then silent"
    case .hostile: "broke the protocol"
    case .excluded: "left out of this sweep"
    case .pending: "not done yet"
    }
  }

  fileprivate var advice: String? {
    switch self {
    case .inspected, .hostile, .hostKeyMismatch, .pending: nil
    case .partial:
      "Look at their load and their network: they fell silent in the middle of the checks."
    case .timedOut: "Look at them on the spot: they accept a connection and then say nothing."
    case .unreachable: "Ask the site whether they are switched off, moved or shielded."
    case .authFailed: "Have the inspection key installed for the login that the inventory names."
    case .hostKeyUnknown:
      "Collect their host keys (tenken keyscan), compare them with their own consoles, and put them on record."
    case .unsupported: "Have them looked at by other means: their SSH or shell is beyond Tenken."
    case .excluded: "Sweep them too before anything is said of them: they were not selected."
    }
  }

  /// Whether another attempt of the same sweep may end otherwise. With host keys it may not: a resume goes by the
  /// records that the sweep began with.
  var isWorthRetrying: Bool {
    switch self {
    case .partial, .timedOut, .unreachable, .authFailed, .pending: true
    case .inspected, .hostile, .hostKeyUnknown, .hostKeyMismatch, .unsupported, .excluded: false
    }
  }
}
