/// How fast contacts may begin at one site: not more than so many a second, and not sooner than the link can carry what
/// they bring.
///
/// What a contact will bring is not known before it has ended. Each is charged with what the ones before it brought in
/// the mean, and the difference is settled afterwards: so the rate holds over the sweep, and not in every second of it.
struct Pacer: Sendable {
  private let period: Duration
  private let bytesPerSecond: Int?
  private var free = Duration.zero
  /// Of those that have ended, the later ones counting for more.
  private var mean = 0
  private var charges: [Int: Int] = [:]

  /// - Parameters: at least 1; `nil` for any number.
  init(connectsPerSecond: Int?, bytesPerSecond: Int?) {
    period = connectsPerSecond.map { .nanoseconds(1_000_000_000 / max(1, $0)) } ?? .zero
    self.bytesPerSecond = bytesPerSecond.map { max(1, $0) }
  }

  /// When the next contact may begin, where that is later than now.
  func due(after now: Duration) -> Duration? { free > now ? free : nil }

  /// A contact begins now.
  ///
  /// - Parameter least: bytes that it is certain to take.
  mutating func admit(_ terminal: Int, bringing least: Int, at now: Duration) {
    guard period > .zero || bytesPerSecond != nil else { return }
    let charge = max(least, mean)
    if bytesPerSecond != nil { charges[terminal] = charge }
    free = max(now, free) + max(period, time(for: charge))
  }

  /// A contact has ended.
  ///
  /// - Parameter bytes: to and from the terminal; `nil` where that is not known.
  mutating func settle(_ terminal: Int, bytes: Int?) {
    guard let charge = charges.removeValue(forKey: terminal), let bytes else { return }
    mean = mean == 0 ? bytes : (3 * mean + bytes) / 4
    free += time(for: bytes) - time(for: charge)
  }

  private func time(for bytes: Int) -> Duration {
    bytesPerSecond.map { .seconds(Double(bytes) / Double($0)) } ?? .zero
  }
}
