internal import Subprocess
internal import TenkenModel

/// A running ssh(1), with the jump hosts' as its children and of its process group.
struct ClientProcess: Sendable {
  typealias Handle = Subprocess.Execution<CustomWriteInput, SequenceOutput, SequenceOutput>

  let handle: Handle
  let events: AsyncStream<ClientEvent>
  let feed: AsyncStream<ClientEvent>.Continuation
  let directory: ContactDirectory
  let limits: Limits
  let clock: any Clock<Duration>

  /// How often the bytes of a login are counted.
  private static let meterPace = Duration.milliseconds(500)

  /// Tells what comes on both streams until they end.
  func addReaders(to group: inout TaskGroup<Void>) {
    group.addTask { await read(handle.standardOutput, ClientEvent.output) }
    group.addTask { await read(handle.standardError, ClientEvent.errors) }
  }

  private func read(_ stream: SubprocessOutputSequence, _ event: ([UInt8]) -> ClientEvent) async {
    var count = 0
    do {
      // One piece more than may come is enough to tell; the rest stays with whoever sent it.
      for try await buffer in stream where count <= limits.bytesPerTerminal {
        count += buffer.count
        feed.yield(event(buffer.withUnsafeBytes { Array($0) }))
        if count > limits.bytesPerTerminal { break }
      }
    } catch {
      // The pipe was closed under us: what came until then stands.
    }
    feed.yield(.streamEnded)
  }

  /// Tells when a deadline has passed.
  func arm(_ stage: ClientStage, in group: inout TaskGroup<Void>) {
    group.addTask {
      do {
        try await clock.sleep(for: stage.limit(limits))
        feed.yield(.expired(stage))
      } catch {
        // No longer waited for.
      }
    }
  }

  /// Tells when more has come than may before a login.
  func meter(in group: inout TaskGroup<Void>) {
    let process = handle.processIdentifier.value
    guard let before = ReceivedBytes.count(of: process) else { return }
    group.addTask {
      do {
        while let now = ReceivedBytes.count(of: process) {
          if now - before > limits.bytesBeforeLogin { return _ = feed.yield(.flooded) }
          try await clock.sleep(for: Self.meterPace)
        }
      } catch {
        // No longer waited for.
      }
    }
  }

  /// Gives it the program; returns when it has taken all, or will take no more.
  func write(_ text: [UInt8]) async {
    // A program that ends before it has read its input is told by its frames, or their lack.
    _ = try? await handle.standardInputWriter.write(text)
    try? await handle.standardInputWriter.finish()
  }

  /// Ends it with all of its group, and waits for what it still said.
  func finish(_ state: inout ClientState) async {
    kill()
    for log in directory.logs { log.end() }
    guard !state.isComplete else { return }
    for await event in events {
      state.fold(event)
      if state.isComplete { return }
    }
  }

  func kill() { try? handle.send(signal: .kill, toProcessGroup: true) }
}
