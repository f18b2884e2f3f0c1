internal import TenkenModel

/// How fast something is done, over the last quarter of a minute.
struct Pace: Sendable {
  /// How many were done at some moments of the last `window`; the oldest first.
  private var past: [(time: Duration, done: Int)] = [(.zero, 0)]
  private let window = Duration.seconds(15)

  /// Keeps a moment every quarter of a second, and one from before the window.
  mutating func remember(_ done: Int, at time: Duration) {
    if let last = past.last, time - last.time < .milliseconds(250) { return }
    past.append((time, done))
    while past.count > 2, time - past[1].time > window { past.removeFirst() }
  }

  /// So many a second.
  func rate(of done: Int, at time: Duration) -> Double {
    Double(done - past[0].done) / max(0.25, Double((time - past[0].time).wholeMilliseconds) / 1000)
  }

  /// At the present rate; `nil` where nothing was done lately, or nothing is left.
  func remaining(of planned: Int, done: Int, at time: Duration) -> Duration? {
    let rate = rate(of: done, at: time)
    guard rate > 0, done < planned else { return nil }
    return .seconds(Int64((Double(planned - done) / rate).rounded(.up)))
  }

  /// `45.1/s, about 10 min left`; `nil` as `remaining`.
  func text(of planned: Int, done: Int, at time: Duration) -> String? {
    guard let remaining = remaining(of: planned, done: done, at: time) else { return nil }
    let tenths = Int((rate(of: done, at: time) * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)/s, about \(remaining.forPeople) left"
  }
}
