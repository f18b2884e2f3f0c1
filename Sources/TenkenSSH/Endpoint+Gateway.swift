import TenkenModel
import TenkenTransport

extension Endpoint {
  /// The last jump host on the way, which is contacted as a terminal is, under the terminal's deadlines. `nil` where
  /// there is none.
  var gateway: Endpoint? {
    guard let hop = hops.last else { return nil }
    return Endpoint(
      terminal: terminal, site: site, address: hop.gateway.address, port: hop.gateway.port,
      pinnedKeys: hop.gateway.pinnedKeys, credential: hop.credential, networks: networks,
      hops: Array(hops.dropLast()), limits: limits)
  }
}
