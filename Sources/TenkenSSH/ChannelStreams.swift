import CLibSSH2
import TenkenTransport

/// The three streams of one command: what is still to be sent, and what has come.
struct ChannelStreams {
  /// Let go of once it is sent: thousands of sessions wait for their answers with it.
  private var stdin: [UInt8]
  private var sent = 0
  private var hasSentEnd = false
  private var isWindowFull = false
  private var stdout: [UInt8] = []
  private var stderr: [UInt8] = []
  /// Bytes of each stream that are kept at most.
  let capacity: Int

  /// One turn's writing: more would only wait in memory.
  private static let turn = 64 * 1024
  /// libssh2 tops the window up whenever three quarters of it and one read are not open: with reads of an eighth of the
  /// window it does so once in 8 KiB, and a terminal that says little never pays for it.
  private static let read = 8 * 1024

  init(stdin: consuming [UInt8], capacity: Int) {
    self.stdin = stdin
    self.capacity = capacity
  }

  /// Whether more came than can be kept: what is there is the beginning.
  var isOverfull: Bool { max(stdout.count, stderr.count) > capacity }

  /// Whether another turn could send more, as far as the server's window goes.
  var canSendMore: Bool { !hasSentEnd && !isWindowFull }

  func execution(_ ending: Execution.Ending) -> Execution {
    Execution(stdout: stdout, stderr: stderr, ending: ending)
  }

  /// Sends some and reads all that is there. 0 when both streams have ended, else a code of libssh2.
  mutating func move(_ channel: OpaquePointer, mayWrite: Bool) -> Int {
    let again = Int(LIBSSH2_ERROR_EAGAIN)
    let results = [
      mayWrite && !hasSentEnd ? send(channel) : again, receive(channel, 0, &stdout),
      receive(channel, SSH_EXTENDED_DATA_STDERR, &stderr),
    ]
    if let failure = results.first(where: { $0 < 0 && $0 != again }) { return failure }
    return libssh2_channel_eof(channel) == 1 ? 0 : again
  }

  private mutating func send(_ channel: OpaquePointer) -> Int {
    isWindowFull = false
    let end = min(stdin.count, sent + Self.turn)
    while sent < end {
      let written = stdin[sent..<end].withUnsafeBytes { bytes in
        libssh2_channel_write_ex(channel, 0, bytes.bindMemory(to: CChar.self).baseAddress, bytes.count)
      }
      isWindowFull = written == 0 || written == Int(LIBSSH2_ERROR_EAGAIN)
      if written <= 0 { return written }
      sent += written
    }
    if sent < stdin.count { return 0 }
    let result = Int(libssh2_channel_send_eof(channel))
    hasSentEnd = result == 0
    if hasSentEnd { stdin = [] }
    return result
  }

  private func receive(_ channel: OpaquePointer, _ stream: Int32, _ output: inout [UInt8]) -> Int {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Self.read) { buffer in
      while output.count <= capacity {
        let count = libssh2_channel_read_ex(channel, stream, buffer.baseAddress, buffer.count)
        if count <= 0 { return count }
        output += UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count])
      }
      return Int(LIBSSH2_ERROR_EAGAIN)
    }
  }
}
