/// What ended a contact from this side.
enum ClientInterruption: Sendable, Equatable {
  /// A deadline passed; the text is its length: `10s`.
  case expired(String)
  /// More bytes than this.
  case flooded(limit: Int)
  case cancelled
}
