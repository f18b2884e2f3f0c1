import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenOpenSSH

struct SystemProgramTests {
  @Test func `a program is found in the first directory of PATH that has it`() async throws {
    try await withTemporaryDirectory { directory in
      let file = directory.appending(path: "ssh")
      try Data("#!/bin/sh\n".utf8).write(to: file)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
      let found = try SystemProgram("ssh", searchPath: "relative:/nowhere:\(directory.path):/usr/bin")
      #expect(found.path == file.path)
    }
  }

  private func withProgram(_ script: String, _ body: (SystemProgram) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      try writeProgram("#!/bin/sh\n\(script)\n", to: directory.appending(path: "ssh-add").path)
      try await body(try SystemProgram("ssh-add", searchPath: directory.path))
    }
  }

  @Test(.timeLimit(.minutes(1))) func `a program that never ends is killed and said to have given no answer`()
    async throws
  {
    try await withProgram("exec sleep 611") { program in
      let clock = ContinuousClock()
      let begin = clock.now
      let error = await #expect(throws: Failure.self) {
        try await program.run(["-L", "it's"], within: .milliseconds(200))
      }
      #expect(begin.duration(to: clock.now) < .seconds(20))
      #expect(error?.code == .serviceUnavailable)
      #expect(error?.why == "it was killed after 200ms")
      #expect(error?.next == "Run it by hand: \(program.path) -L 'it'\\''s'", "\(error?.next ?? "-")")
    }
  }

  @Test func `a program that ends has both its streams and any exit status`() async throws {
    try await withProgram("echo out; echo err >&2; exit 3") { program in
      let answer = try await program.run([])
      #expect(answer.output == "out\n")
      #expect(answer.errors == "err\n")
    }
  }

  @Test func `a program that is missing is said with what to install`() {
    let error = #expect(throws: Failure.self) { try SystemProgram("ssh", searchPath: "/nowhere") }
    #expect(error?.code == .serviceUnavailable)
    #expect(error?.next.contains("openssh-client") == true)
  }
}
