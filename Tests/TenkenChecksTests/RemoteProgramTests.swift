import Foundation
import TenkenLocal
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenChecks

/// The whole catalogue as it runs on a terminal: in one remote program, with its frames, deadlines and caps.
struct RemoteProgramTests {
  @Test func `the catalogue tells on a specimen what its fixtures expect`() async throws {
    let checks = try Specimen.catalogue().checks
    let fixtures = Fixture.all(.anyone).filter { $0.name == "shared-uid" || $0.name == "preload-file" }
    try await withTemporaryDirectory { directory in
      let root = directory.appending(path: "root")
      for fixture in fixtures { try plant(fixture, root) }
      let said = try await run(checks, root: root)
      #expect(Set(said.map(\.check)) == Set(checks.map(\.id)) && said.count == checks.count)
      #expect(said.allSatisfy { $0.result != .error }, "\(said.map(\.message))")
      for fixture in fixtures {
        let observation = try #require(said.first { $0.check == fixture.check })
        #expect(observation.result == fixture.result)
        #expect(observation.facts == fixture.facts)
      }
      #expect(said.first { $0.check == "net.listen" }?.result == .notApplicable)
      #expect(said.first { $0.check == "log.wtmp" }?.result == .unknown)
    }
  }

  private func plant(_ fixture: Fixture, _ root: URL) throws {
    let null = open("/dev/null", O_WRONLY)
    defer { close(null) }
    #expect(try ChildProcess("/bin/sh", [fixture.plant, root.path()], output: null).wait() == 0)
  }

  private func run(_ checks: [Check], root: URL) async throws -> [Observation] {
    var random = SplitMix64(seed: 1)
    let program = RemoteProgram(
      nonce: Nonce(using: &random), factNonce: Nonce(using: &random), checks: checks, root: root.path())
    let endpoint = Endpoint(
      terminal: "t", site: "s", address: "localhost", port: 22,
      credential: Credential(name: "c", user: "u", identity: .agent), limits: Limits())
    let execution = try await LocalTransport().withSession(on: endpoint) { await $0.execute(program) }
    let frames = FrameCodec.decode(
      stdout: execution.stdout, stderr: execution.stderr, nonce: program.nonce, expecting: program.checks)
    #expect(frames.isComplete)
    return zip(frames.captures, program.checks).map {
      Judge.observation(of: $0, by: $1, factNonce: program.factNonce.hex)
    }
  }
}
