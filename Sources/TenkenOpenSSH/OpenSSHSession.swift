internal import Synchronization
internal import TenkenModel
internal import TenkenTransport

/// A terminal that is logged in to through ssh(1), which has begun a shell there that waits for its program. It runs
/// one program.
final class OpenSSHSession: Session {
  let evidence: ContactEvidence
  private let process: ClientProcess
  private let login: ClientState
  private let hasRun = Mutex(false)

  /// - Parameter login: everything up to the login.
  init(_ process: ClientProcess, after login: ClientState, _ evidence: ContactEvidence) {
    self.process = process
    self.login = login
    self.evidence = evidence
  }

  func execute(_ program: RemoteProgram) async -> Execution {
    let isFirst = hasRun.withLock { hasRun in
      defer { hasRun = true }
      return !hasRun
    }
    guard isFirst else {
      return Execution(stdout: [], stderr: [], ending: .refused("a session of ssh(1) runs one program"))
    }
    var state = login
    state.forgetOutput()
    let ending = await serve(program.text, &state)
    await process.finish(&state)
    return Execution(
      stdout: kept(state.stdout), stderr: kept(state.stderr), ending: ending ?? Self.ending(state.terminal))
  }

  /// Feeds and reads ssh(1) until it ends; returns what ended it early.
  private func serve(_ text: [UInt8], _ state: inout ClientState) async -> Execution.Ending? {
    let stage = ClientStage(leg: state.logs.count - 1, step: .run)
    return await withTaskGroup(of: Void.self) { group in
      defer { group.cancelAll() }
      group.addTask { await self.process.write(text) }
      process.arm(stage, in: &group)
      if state.hasEnded { return nil }
      for await event in process.events {
        state.fold(event)
        switch event {
        case .expired(stage): return .expired("\(process.limits.runTimeout.text) (run)")
        case .flooded: return .overBudget("more than \(process.limits.bytesPerTerminal) bytes in ssh(1)'s log")
        default: break
        }
        if state.byteCount > process.limits.bytesPerTerminal {
          return .overBudget("more than \(process.limits.bytesPerTerminal) bytes")
        }
        if state.hasEnded { return nil }
      }
      return .lost("cancelled")
    }
  }

  private func kept(_ bytes: [UInt8]) -> [UInt8] { Array(bytes.prefix(process.limits.bytesPerTerminal)) }

  /// How ssh(1) came to its own end.
  private static func ending(_ log: ClientLog) -> Execution.Ending {
    if let refusal = log.channelRefusal { return .unopened(ClientLog.shown(refusal)) }
    if log.isCommandRefused { return .refused(log.lastWords.map { ClientLog.shown($0) } ?? "") }
    if let loss = log.loss { return .lost("the connection was lost (\(ClientLog.shown(loss)))") }
    if let farewell = log.farewell { return .lost("the connection was lost (it said: \(ClientLog.shown(farewell)))") }
    guard let status = log.exitStatus else {
      return .lost("ssh(1) ended\(log.lastWords.map { ": \(ClientLog.shown($0))" } ?? "")")
    }
    guard log.hasEnding else { return .lost("the connection was lost") }
    return .closed(exitStatus: status < 0 ? nil : status)
  }
}
