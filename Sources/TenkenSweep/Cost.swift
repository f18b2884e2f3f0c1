/// What a contact took of what others share.
struct Cost: Sendable, Hashable {
  /// Whether it held its slots until a deadline passed, and for nothing.
  let isSlow: Bool
  /// To and from the terminal, once it was logged in to; `nil` where it was not.
  let bytes: Int?
}
