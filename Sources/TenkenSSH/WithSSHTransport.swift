import NIOCore
import NIOPosix
package import TenkenModel

/// Loads the keys of these credentials, lends a transport that logs in with them, and ends it with everything that it
/// holds: threads, sockets, keys.
///
/// - Parameter environment: `SSH_AUTH_SOCK` is where the ssh-agent is, `HOME` what `~/` stands for.
/// - Throws: a `Failure` where a key cannot be used, before anything was contacted; and what `body` throws.
package func withSSHTransport<Value: Sendable>(
  credentials: [Credential], knownHosts: KnownHosts, environment: [String: String],
  _ body: (SSHTransport) async throws -> Value
) async throws -> Value {
  let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  let resolver = NameResolver()
  let agent = environment["SSH_AUTH_SOCK"].flatMap { $0.isEmpty ? nil : AgentClient(path: $0, loop: group.next()) }
  let result: Result<Value, any Error>
  do {
    let identities = try await Identities(credentials, agent: agent, home: environment["HOME"])
    let transport = SSHTransport(
      loop: group.next(), knownHosts: knownHosts, identities: identities, resolver: resolver)
    result = .success(try await body(transport))
  } catch {
    result = .failure(error)
  }
  await agent?.close()
  await resolver.shutdown()
  try await group.shutdownGracefully()
  return try result.get()
}
