/// Who tells when contacts are where they are to be aborted, and when they have ended.
final class Arrivals: Sendable {
  private enum Word: Sendable { case arrived, ended }

  private let (words, voice) = AsyncStream.makeStream(of: Word.self)

  func arrived() { voice.yield(.arrived) }
  func ended() { voice.yield(.ended) }

  /// Returns how many have arrived, once that are `count`, or once so many have ended that more cannot come.
  func wait(for count: Int, orEnded most: Int) async -> Int {
    var (arrived, ended) = (0, 0)
    while arrived < count, ended < most {
      switch await next() {
      case .arrived: arrived += 1
      case .ended: ended += 1
      case nil: return arrived
      }
    }
    for _ in 0..<ended { self.ended() }
    return arrived
  }

  /// Hears the rest of a round.
  func forget(ended count: Int) async {
    var rest = count
    while rest > 0, let word = await next() { if case .ended = word { rest -= 1 } }
  }

  private func next() async -> Word? {
    var iterator = words.makeAsyncIterator()
    return await iterator.next()
  }
}
