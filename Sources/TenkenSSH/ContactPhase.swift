/// Where a contact stands; each phase has a deadline.
enum ContactPhase: Equatable {
  /// There is no way to the terminal yet: a jump host's connection opens, or others have their turn.
  case awaitingGateway
  case connecting
  /// The link is open; nothing of SSH has come.
  case awaitingBanner
  case exchangingKeys
  case authenticating
  case running
  case closing
  /// A jump host's connection that has tunnels, or opens one.
  case serving
  /// A jump host's connection that nobody needs now.
  case idle

  /// As a reason names it.
  var name: String {
    switch self {
    case .awaitingGateway: "gateway"
    case .connecting: "connect"
    case .awaitingBanner: "banner"
    case .exchangingKeys: "key exchange"
    case .authenticating: "authentication"
    case .running: "run"
    case .closing: "close"
    case .serving: "tunnels"
    case .idle: "idle"
    }
  }
}
