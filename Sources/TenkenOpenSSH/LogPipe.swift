internal import Dispatch
internal import Glibc
internal import Synchronization

/// A named pipe that one ssh(1) writes its log to, told line by line as it comes: nothing of it is kept on a disk.
final class LogPipe: Sendable {
  private struct State {
    var unfinished: [UInt8] = []
    var total = 0
    /// What is still in the pipe is the rest.
    var isEnding = false
    var hasEnded = false
  }

  /// Of all its bytes: a login that goes well writes 4 KiB, at DEBUG2 some 10. More than this is a flood.
  private static let longest = 256 * 1024

  /// Held to the end, so that a pipe that no ssh(1) has open does not seem to be at its end.
  private let writer: Int32
  private let leg: Int
  private let feed: AsyncStream<ClientEvent>.Continuation
  private let state: Mutex<State>

  /// - Parameter leg: whose log it is.
  init(_ path: String, of leg: Int, feed: AsyncStream<ClientEvent>.Continuation) throws(ContactDirectory.NotMade) {
    guard mkfifo(path, 0o600) == 0 else { throw .systemError }
    let reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard reader >= 0 else { throw .systemError }
    let writer = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
    guard writer >= 0 else {
      close(reader)
      throw .systemError
    }
    self.writer = writer
    self.leg = leg
    self.feed = feed
    state = Mutex(State())
    let source = DispatchSource.makeReadSource(fileDescriptor: reader, queue: Self.queue)
    source.setEventHandler { if self.reads(reader) { source.cancel() } }
    source.setCancelHandler {
      close(reader)
      close(writer)
    }
    source.activate()
  }

  private static let queue = DispatchQueue(label: "tenken.openssh.log")

  /// Ends it, and tells so after everything that ssh(1) wrote until now: a NUL, which no line of it holds, follows that.
  func end() {
    state.withLock { state in
      guard !state.hasEnded else { return }
      state.isEnding = true
      // A pipe that is full is read without being told to.
      _ = write(writer, [0], 1)
    }
  }

  /// Tells all that there is; returns whether it is the end. The source may not tell again of what is left unread.
  private func reads(_ descriptor: Int32) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      let isEmpty = count < 0 && errno == EAGAIN
      let (events, isOver) = state.withLock { state in
        if isEmpty, !state.isEnding { return ([ClientEvent](), false) }
        return (take(buffer.prefix(max(0, count)), &state), state.hasEnded)
      }
      for event in events { feed.yield(event) }
      if isOver || isEmpty { return isOver }
    }
  }

  /// The whole lines that are there.
  private func take(_ bytes: ArraySlice<UInt8>, _ state: inout State) -> [ClientEvent] {
    guard !state.hasEnded else { return [] }
    state.total += bytes.count
    state.unfinished += bytes.prefix { $0 != 0 }
    var events: [ClientEvent] = []
    if let end = state.unfinished.lastIndex(of: 0x0A) {
      let lines = state.unfinished[...end].split(separator: 0x0A)
      events = lines.map { .said(leg: leg, String(decoding: $0, as: UTF8.self)) }
      state.unfinished.removeFirst(end + 1)
    }
    let isFlood = state.total > Self.longest
    state.hasEnded = isFlood || bytes.isEmpty || bytes.contains(0)
    return events + (isFlood ? [.flooded] : []) + (state.hasEnded ? [.logEnded] : [])
  }
}
