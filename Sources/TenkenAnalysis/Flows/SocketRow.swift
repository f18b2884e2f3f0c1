internal import TenkenModel

/// A row of the fact `net.peers`: one connection as a terminal's kernel has it.
struct SocketRow: Hashable {
  enum Direction: String { case inbound, outbound, unknown }

  let layer: FlowPolicy.Layer
  let local: IPAddress
  let localPort: UInt16?
  let remote: IPAddress
  let remotePort: UInt16?
  let isEstablished: Bool
  let direction: Direction
  let program: String

  static let fact = "net.peers"

  /// `nil` where the row is not of the form that the check declares: whoever sent it is a terminal.
  init?(_ values: [String]) {
    guard values.count == 8, let layer = FlowPolicy.Layer(rawValue: values[0]), let local = IPAddress(values[1]),
      let localPort = Self.port(values[2]), let remote = IPAddress(values[3]), let remotePort = Self.port(values[4]),
      let direction = Direction(rawValue: values[6])
    else { return nil }
    self.layer = layer
    self.local = local.destination
    self.localPort = localPort
    self.remote = remote.destination
    self.remotePort = remotePort
    isEstablished = values[5] == "established"
    self.direction = direction
    program = values[7]
  }

  /// Empty where the check left it out, which is no mistake.
  private static func port(_ text: String) -> UInt16?? {
    if text.isEmpty { return .some(nil) }
    return UInt16(text).map { .some($0) }
  }
}
