import Foundation
import NIOCore
import NIOPosix
import TenkenTestSupport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// Against agents that are none.
  struct AgentClientTests {
    /// What becomes of a list that is asked of an agent that does this.
    private func list(from act: FakePeer.Act, within limit: TimeAmount) async throws -> Result<[UInt8], any Error> {
      try await withTemporaryDirectory { directory in
        let socket = directory.appending(path: "agent").path
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        _ = try await ServerBootstrap(group: group)
          .childChannelInitializer { $0.pipeline.addHandler(FakePeer(act)) }
          .bind(unixDomainSocketPath: socket).get()
        let agent = AgentClient(path: socket, loop: group.next())
        let result: Result<[UInt8], any Error>
        do { result = .success(try await agent.list(within: limit).get()) } catch { result = .failure(error) }
        await agent.close()
        try await group.shutdownGracefully()
        return result
      }
    }

    private func reason(_ result: Result<[UInt8], any Error>) -> String? {
      if case .failure(let error) = result { (error as? AgentClient.Unavailable)?.reason } else { nil }
    }

    @Test func `an agent that does not answer is given up in time`() async throws {
      #expect(reason(try await list(from: .say([]), within: .milliseconds(200))) == "no answer in time")
    }

    @Test func `an agent that hangs up, or promises too long an answer, is none`() async throws {
      #expect(reason(try await list(from: .sayAndClose([]), within: .seconds(5))) == "the agent closed the connection")
      let long: [UInt8] = [0x7F, 0xFF, 0xFF, 0xFF, 12]
      #expect(reason(try await list(from: .say(long), within: .seconds(5))) == "closed")
    }

    @Test func `an answer is its payload`() async throws {
      let result = try await list(from: .say([0, 0, 0, 5, 12, 0, 0, 0, 0]), within: .seconds(5))
      #expect(try result.get() == [12, 0, 0, 0, 0])
    }
  }
}
