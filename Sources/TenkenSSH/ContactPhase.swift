/// Where a contact stands; each phase has a deadline.
enum ContactPhase: Equatable {
  case connecting
  /// The link is open; nothing of SSH has come.
  case awaitingBanner
  case exchangingKeys
  case authenticating
  case running
  case closing

  /// As a reason names it.
  var name: String {
    switch self {
    case .connecting: "connect"
    case .awaitingBanner: "banner"
    case .exchangingKeys: "key exchange"
    case .authenticating: "authentication"
    case .running: "run"
    case .closing: "close"
    }
  }
}
