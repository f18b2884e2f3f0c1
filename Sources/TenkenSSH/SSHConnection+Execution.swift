import CLibSSH2
import NIOCore
import TenkenModel
import TenkenTransport

extension SSHConnection {
  /// Runs a command with these bytes on its standard input, and reads both streams to their end, or until one of them
  /// is longer than `capacity`.
  func run(_ command: String, stdin: consuming [UInt8], capacity: Int) async -> Execution {
    guard !isBusy else {
      return Execution(stdout: [], stderr: [], ending: .refused("the session runs a command already"))
    }
    isBusy = true
    defer { isBusy = false }
    if phase == .closing { begin(.running, within: endpoint.limits.runTimeout, until: runDeadline) }
    var streams = ChannelStreams(stdin: stdin, capacity: capacity)
    do throws(Interruption) {
      let opened = try await open(command)
      guard case .success(let remote) = opened else {
        if case .failure(let refusal) = opened { return streams.execution(refusal.ending) }
        return streams.execution(.lost("no channel"))
      }
      try await transfer(&streams, remote)
      return streams.execution(.closed(exitStatus: await close(remote)))
    } catch {
      return streams.execution(ending(error))
    }
  }

  private struct Refusal: Error { let ending: Execution.Ending }

  /// The window is what a terminal may send ahead: it bounds the memory of a session.
  private static let window: UInt32 = 64 * 1024
  private static let packet: UInt32 = 32 * 1024

  private func open(_ command: String) async throws(Interruption) -> Result<OpaquePointer, Refusal> {
    var remote: OpaquePointer?
    let opened = try await drive { session in
      remote = libssh2_channel_open_ex(session, "session", 7, Self.window, Self.packet, nil, 0)
      return remote == nil ? Int(libssh2_session_last_errno(session)) : 0
    }
    guard opened == 0, let remote else { return try refusal(opened) }
    let length = UInt32(command.utf8.count)
    let started = try await drive { _ in Int(libssh2_channel_process_startup(remote, "exec", 4, command, length)) }
    return started == 0 ? .success(remote) : try refusal(started)
  }

  private func refusal(_ code: Int) throws(Interruption) -> Result<OpaquePointer, Refusal> {
    let words = session.map(LibSSH2.lastError) ?? ""
    switch Int32(code) {
    case LIBSSH2_ERROR_CHANNEL_FAILURE: return .failure(Refusal(ending: .unopened(words)))
    case LIBSSH2_ERROR_CHANNEL_REQUEST_DENIED: return .failure(Refusal(ending: .refused(words)))
    default: throw linkLoss(code)
    }
  }

  /// Writes and reads by turns: neither side ever waits for the other with its window full.
  private func transfer(_ streams: inout ChannelStreams, _ remote: OpaquePointer) async throws(Interruption) {
    while true {
      let isWritable = wire?.isWritable ?? false
      let result = try attempt { _ in streams.move(remote, mayWrite: isWritable) }
      if streams.isOverfull { throw .flooded(limit: streams.capacity) }
      switch result {
      case 0: return
      case .some(let code): throw linkLoss(code)
      case nil: if !isWritable || !streams.canSendMore { await wait() }
      }
    }
  }

  private func linkLoss(_ code: Int) -> Interruption {
    if Int32(code) == LIBSSH2_ERROR_TIMEOUT { return .expired }
    return .closed(io.farewell.map { "it said: \($0)" } ?? session.map(LibSSH2.lastError))
  }

  private func ending(_ interruption: Interruption) -> Execution.Ending {
    switch interruption {
    case .expired: .expired("\(limitText) (\(phase.name))")
    case .cancelled: .lost("cancelled")
    case .flooded(let limit): .overBudget("more than \(limit) bytes")
    case .closed(let detail): .lost("the connection was lost\(detail.map { " (\($0))" } ?? "")")
    case .gateway(let fault): .lost(fault.text)
    case .noAlgorithm(let reason), .failed(_, let reason): .lost(reason)
    }
  }

  private static let closeTimeout = Duration.seconds(5)

  /// Both streams have ended, so a peer that does not close the channel spoils nothing: it is left after a while.
  /// The status is 0, too, where the server said none; libssh2 1.10 does not tell the two apart.
  private func close(_ remote: OpaquePointer) async -> Int32? {
    do throws(Interruption) {
      if try attempt({ _ in Int(libssh2_channel_close(remote)) }) == nil {
        begin(.closing, within: Self.closeTimeout, until: runDeadline)
        _ = try await drive { _ in Int(libssh2_channel_close(remote)) }
      }
      let status = libssh2_channel_get_exit_status(remote)
      _ = try attempt { _ in Int(libssh2_channel_free(remote)) }
      return status
    } catch {
      return nil
    }
  }
}
