import TenkenModel

extension ContactPhase {
  /// As whoever watches the sweep sees it; `nil` for what only a jump host's connection does.
  var inFlight: InFlight.Phase? {
    switch self {
    case .awaitingGateway: .gateway
    case .connecting: .connect
    case .awaitingBanner: .banner
    case .exchangingKeys: .keyExchange
    case .authenticating: .login
    case .running: .run
    case .closing: .close
    case .serving, .idle: nil
    }
  }
}
