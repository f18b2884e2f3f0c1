internal import TenkenAnalysis
internal import TenkenModel

extension Readiness {
  /// In which order they are told: what may be an intruder first, then what a person can put right.
  static let inOrder: [Readiness] =
    [
      .ready, .outcome(.hostKeyMismatch), .outcome(.hostile), .outcome(.hostKeyUnknown), .outcome(.authFailed),
      .withoutRoot, .otherPlatform, .clock, .unanswered, .outcome(.unsupported), .outcome(.partial),
      .outcome(.timedOut), .outcome(.unreachable), .gateway, .outcome(.pending), .outcome(.excluded),
      .outcome(.inspected),
    ]

  /// For a row.
  var word: String {
    switch self {
    case .ready: "ready"
    case .outcome(let outcome): outcome.rawValue
    case .gateway: "gateway"
    case .unanswered: "unanswered"
    case .otherPlatform: "other-platform"
    case .withoutRoot: "no-root"
    case .clock: "clock"
    }
  }

  /// What follows a number of terminals: `3,911 without a key on record`.
  var phrase: String {
    switch self {
    case .ready: "ready"
    case .outcome(let outcome): outcome.phrase
    case .gateway: "behind a gateway that cannot be passed"
    case .unanswered: "logged in to and not answering"
    case .otherPlatform: "of another platform than listed"
    case .withoutRoot: "without sudo"
    case .clock: "with a clock that is off"
    }
  }

  /// Whether somebody may be standing in for the terminal.
  var isAlarming: Bool { self == .outcome(.hostKeyMismatch) || self == .outcome(.hostile) }

  /// Whether the reasons of several terminals tell more together than apart: the keys that are not on record are all
  /// different, and a scan lists them.
  var hasTellingReasons: Bool { self != .outcome(.hostKeyUnknown) }

  /// What to do next.
  func advice(for inventory: Inventory) -> String {
    switch self {
    case .ready: ""
    case .outcome(.hostKeyUnknown):
      "They were not logged in to. `tenken keyscan --inventory \(inventory.sources.origin.shellWord)` collects their "
        + "keys: compare the fingerprints with something that no intruder could write, then put them on record."
    case .outcome(let outcome): outcome.probeAdvice
    case .gateway:
      "They were not contacted. Put the gateway right first, then probe them again: one without a key on record needs "
        + "`tenken keyscan --inventory \(inventory.sources.origin.shellWord)` too."
    case .unanswered:
      "Look at one of them by hand: the login works, but its shell does not answer as a POSIX shell does."
    case .otherPlatform: "Correct the column platform of the inventory: checks are chosen by it."
    case .withoutRoot:
      "Some checks need root and would say not-checked. Let the login run sh under `sudo -n` (or doas), or log in as "
        + "root."
    case .clock:
      "Have the clock set, and keep this offset: until then the times in their logs are off by as much."
    }
  }
}

extension Outcome {
  fileprivate var phrase: String {
    switch self {
    case .hostKeyUnknown: "without a key on record"
    case .hostKeyMismatch: "with another key than on record"
    case .authFailed: "refusing the login"
    case .timedOut: "silent once connected"
    case .partial: "broken off in the middle"
    case .pending: "not contacted"
    case .inspected, .unreachable, .unsupported, .hostile, .excluded: rawValue
    }
  }

  fileprivate var probeAdvice: String {
    switch self {
    case .hostKeyMismatch:
      "Nothing was sent to them. Ask the owner, in person, whether it was reinstalled: if so, put the new key on "
        + "record, if not, take it off the network."
    case .hostile: "Do not log in to them by hand. Look at them from their console, or at their traffic."
    case .authFailed: "Have the inspection key installed for the login that the inventory names."
    case .unsupported: "Tenken's SSH or shell is not theirs: the reason says what they lack."
    case .partial: "Look at their load and their network, and probe them again."
    case .timedOut: "Look at them on the spot: they accept a connection and then say nothing."
    case .unreachable: "Ask the site whether they are switched off, moved or shielded."
    case .pending: "Probe again: the probe ended before their turn came."
    case .inspected, .hostKeyUnknown, .excluded: ""
    }
  }
}
