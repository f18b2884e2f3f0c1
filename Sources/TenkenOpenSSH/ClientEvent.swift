/// What happens to a contact over ssh(1), in the order in which it is noticed.
enum ClientEvent: Sendable {
  /// ssh(1) wrote a line into the log of a leg.
  case said(leg: Int, String)
  case logEnded
  case output([UInt8])
  case errors([UInt8])
  /// One of the two streams has ended.
  case streamEnded
  case expired(ClientStage)
  /// More came than may.
  case flooded
}
