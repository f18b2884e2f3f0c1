internal import TenkenAnalysis
internal import TenkenModel

/// The words for what a jump host brought to light: the whole of what is behind it depends on it.
extension ContactFinding {
  func title(of gateway: ID<Gateway>) -> String {
    switch self {
    case .hostKeyRevoked: "Gateway \(gateway) offered a revoked host key"
    case .hostKeyMismatch: "Gateway \(gateway) shows another host key than the one on record"
    case .hostile: "Gateway \(gateway) broke the protocol"
    case .hostKeyShared, .identityUnproven: "Gateway \(gateway): \(title)"
    }
  }

  var remediationOfGateway: String {
    switch self {
    case .hostKeyRevoked:
      "Take the gateway off the network without switching it off, and find out how it came by this key."
    case .hostKeyMismatch:
      "Ask whoever runs the gateway, in person, whether it was reinstalled. If so, put the new key on record and sweep "
        + "the sites behind it anew; if not, take it off the network."
    case .hostile: "Log in neither to the gateway nor through it: look at it from its console before anything else."
    case .hostKeyShared, .identityUnproven: remediation
    }
  }
}
