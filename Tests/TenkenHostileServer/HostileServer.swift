import Foundation
import NIOCore
import NIOPosix
import TenkenCrypto
package import TenkenModel
import TenkenTestSupport

/// An SSH server that speaks the protocol well enough for a client to get anywhere, and breaks it where a test says:
/// it takes any login and runs nothing.
package struct HostileServer: Sendable {
  /// Where in the protocol a server stands when it is about to answer.
  package enum Stage: String, Sendable, CaseIterable {
    case banner, keyOffer, keyReply, service, login, channel, command
    /// The command's standard input has ended, and its answer is due.
    case answer
    /// The answer was said; the end of the streams, the exit status and the close are due.
    case exit
  }

  package enum Trick: Sendable {
    /// Says nothing more, and keeps the connection.
    case hang(Stage)
    /// Does this, and then says nothing more.
    case perform(Stage, @Sendable () -> Void)
    case close(Stage)
    case reset(Stage)
    /// Sends this message for ever.
    case flood(Stage, [UInt8])
    /// Never lets the client send any standard input.
    case noWindow
    /// Answers a byte a second.
    case drip
    /// Opens no channel, and says so with a reason for people.
    case refuseChannels(String)
    /// Opens every channel, and says the first through it once and then the second for ever.
    case tunnel([UInt8], endless: [UInt8]?)
    /// Sends these messages where the exit status is due, and then that status.
    case exit([[UInt8]])
    /// Answers this; the closure is given what came on standard input.
    case answer(@Sendable (String) -> Answer)
  }

  package struct Answer: Sendable {
    package let stdout: String
    package let stderr: String
    package let status: UInt32

    package init(stdout: String = "", stderr: String = "", status: UInt32 = 0) {
      self.stdout = stdout
      self.stderr = stderr
      self.status = status
    }
  }

  let trick: Trick
  let hostKey: PrivateKey

  /// Lends the port of such a server, and its host key.
  package static func with<Value>(_ trick: Trick, _ body: (UInt16, HostKey) async throws -> Value)
    async throws -> Value
  {
    try await withTemporaryDirectory { directory in
      let file = directory.appending(path: "host").path
      try OpenSSHServer.makeKey(file, "-t", "ed25519")
      let server = HostileServer(trick: trick, hostKey: try key(of: file))
      return try await server.listening { try await body($0, server.hostKey.publicKey) }
    }
  }

  private static func key(of file: String) throws -> PrivateKey {
    let bytes = try Data(contentsOf: URL(filePath: file))
    let text = SecretBytes(capacity: bytes.count) { (buffer) throws(Never) in
      buffer.copyBytes(from: bytes)
      return bytes.count
    }
    return try PrivateKey(file: text)
  }

  private func listening<Value>(_ body: (UInt16) async throws -> Value) async throws -> Value {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let listener = try await ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(HostileSession(self))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let result: Result<Value, any Error>
    do { result = .success(try await body(UInt16(listener.localAddress?.port ?? 0))) } catch {
      result = .failure(error)
    }
    try await group.shutdownGracefully()
    return try result.get()
  }
}
