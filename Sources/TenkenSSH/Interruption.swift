import TenkenModel
import TenkenTransport

/// Why a contact cannot go on. The first one counts.
enum Interruption: Error, Equatable {
  /// The deadline of the phase.
  case expired
  case cancelled
  /// The terminal, or the network, ended the link; the text may say how.
  case closed(String?)
  /// More bytes than this.
  case flooded(limit: Int)
  /// There is no way to the terminal, or none any more, because of a jump host.
  case gateway(GatewayFault)
  /// The server offers nothing that libssh2 speaks, in a list that the text names; another client may speak it.
  case noAlgorithm(String)
  /// The server, or libssh2, said something that ends the contact for a reason of its own.
  case failed(Outcome, String)
}
