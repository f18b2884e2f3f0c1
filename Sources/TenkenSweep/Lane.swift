internal import TenkenModel

/// Terminals of one queue that take the same way: over the same client, and under the ceilings of the same tags.
struct Lane: Sendable {
  /// Which queue, over which client, with which tags.
  struct Key: Sendable, Hashable {
    let queue: Int
    let client: SSHClient
    /// Of the passage map's tag sets.
    let tags: Int
  }

  enum Place: Sendable, Hashable {
    /// Nothing is ready in it.
    case nowhere
    /// In its queue.
    case ready
    /// At a passage.
    case waiting
  }

  let key: Key
  /// What its contacts take a slot of beside those of the site: the system's ssh(1), tags.
  let path: [Int]
  var place = Place.nowhere
  /// Each start gives it a new one; the least is served first.
  var turn: Int
  var terminals = FIFO<Int>()

  /// In its queue: whoever waits for the system's ssh first, where that has room, since it bears few at once.
  var rank: Int { key.client == .openSSH ? turn : turn + Int.max / 2 }
}
