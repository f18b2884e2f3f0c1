internal import Subprocess
internal import TenkenModel
internal import TenkenTransport

/// One process of this machine in place of a channel.
struct LocalSession: Session {
  let shell: [String]
  let limits: Limits
  let clock: any Clock<Duration>

  var evidence: ContactEvidence { ContactEvidence() }

  /// How one of the children that serve a running process ended.
  private enum Child: Sendable {
    case written
    case output([UInt8], isOver: Bool)
    case errors([UInt8], isOver: Bool)
    case expired
  }

  func execute(_ program: RemoteProgram) async -> TenkenTransport.Execution {
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = []
    do {
      let result = try await run(
        .name("env"), arguments: Arguments(["-i"] + shell + ["-c", RemoteProgram.loader]),
        platformOptions: options, input: .inputWriter, output: .sequence, error: .sequence
      ) { process in
        await serve(process, program.text)
      }
      let ending = result.closureResult.ending ?? .closed(exitStatus: result.terminationStatus.code)
      return Execution(stdout: result.closureResult.stdout, stderr: result.closureResult.stderr, ending: ending)
    } catch {
      return Execution(stdout: [], stderr: [], ending: .refused("\(shell[0]): \(error)"))
    }
  }

  private struct Streams {
    var stdout: [UInt8] = []
    var stderr: [UInt8] = []
    var ending: TenkenTransport.Execution.Ending?
  }

  /// Feeds and reads the process until both streams end. Whatever ends it early kills its process group, so that the
  /// readers come to their end too.
  private func serve(
    _ process: Subprocess.Execution<CustomWriteInput, SequenceOutput, SequenceOutput>, _ text: [UInt8]
  ) async -> Streams {
    await withTaskGroup(of: Child.self) { group in
      group.addTask {
        // A program that ends before it has read its input is told by its frames, or their lack.
        _ = try? await process.standardInputWriter.write(text)
        try? await process.standardInputWriter.finish()
        return .written
      }
      group.addTask { await Self.read(process.standardOutput, limit: limits.bytesPerTerminal, Child.output) }
      group.addTask { await Self.read(process.standardError, limit: limits.bytesPerTerminal, Child.errors) }
      group.addTask {
        try? await clock.sleep(for: limits.runTimeout)
        return .expired
      }
      return await fold(&group, process)
    }
  }

  private func fold(
    _ group: inout TaskGroup<Child>, _ process: Subprocess.Execution<CustomWriteInput, SequenceOutput, SequenceOutput>
  ) async -> Streams {
    var streams = Streams()
    var open = 2
    while open > 0, let child = await group.next() {
      var ending: TenkenTransport.Execution.Ending?
      switch child {
      case .written: continue
      case .output(let bytes, let isOver):
        streams.stdout = bytes
        open -= 1
        if isOver { ending = .overBudget("more than \(limits.bytesPerTerminal) bytes on stdout") }
      case .errors(let bytes, let isOver):
        streams.stderr = bytes
        open -= 1
        if isOver { ending = .overBudget("more than \(limits.bytesPerTerminal) bytes on stderr") }
      case .expired:
        ending = Task.isCancelled ? .lost("cancelled") : .expired("\(limits.runTimeout.text) (run)")
      }
      guard let ending, streams.ending == nil else { continue }
      streams.ending = ending
      try? process.send(signal: .kill, toProcessGroup: true)
    }
    group.cancelAll()
    return streams
  }

  private static func read(
    _ stream: SubprocessOutputSequence, limit: Int, _ child: ([UInt8], Bool) -> Child
  ) async -> Child {
    var bytes: [UInt8] = []
    do {
      for try await buffer in stream {
        buffer.withUnsafeBytes { bytes += $0 }
        if bytes.count > limit { return child(Array(bytes.prefix(limit)), true) }
      }
    } catch {
      // The pipe was closed under us: what came until then stands.
    }
    return child(bytes, false)
  }
}

extension TerminationStatus {
  /// The exit status; `nil` where a signal ended the process.
  fileprivate var code: Int32? {
    if case .exited(let code) = self { Int32(code) } else { nil }
  }
}
