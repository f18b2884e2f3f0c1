import NIOCore
import TenkenModel

extension AddressPolicy {
  /// Those of the addresses of one host that may be dialled, in their order; the others are as if they were not there.
  ///
  /// - Throws: why not the first, where none may.
  func permitted(_ addresses: [SocketAddress], forGateway isGateway: Bool = false) throws(Interruption)
    -> [SocketAddress]
  {
    var permitted: [SocketAddress] = []
    var objections: [String] = []
    for address in addresses {
      if let objection = objection(to: address, isGateway: isGateway) {
        objections.append(objection)
      } else {
        permitted.append(address)
      }
    }
    guard permitted.isEmpty, let objection = objections.first else { return permitted }
    throw .failed(.unreachable, "not dialled: \(objection)")
  }

  private func objection(to address: SocketAddress, isGateway: Bool) -> String? {
    guard let address = address.ipAddress.flatMap({ IPAddress($0) }) else { return "it is no IP address" }
    return isGateway ? objection(toGateway: address) : objection(to: address)
  }
}
