import Foundation
import TenkenTestSupport
import Testing

extension EndToEndTests {
  /// A disk that fails at one call in turn, by strace(1): either the sweep says so, or nothing came of it.
  @Suite struct FaultInjectionTests {
    private static let faults = [
      ("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("fdatasync", "EIO"), ("ftruncate", "EIO"), ("pread64", "EIO"),
      ("openat", "EIO"),
    ]

    @Test(
      .enabled("needs strace, to make system calls fail") { await canTrace() }, .timeLimit(.minutes(60)))
    func `whichever call of the journal fails, what was acknowledged is kept, and a resume ends it`() async throws {
      try await Rehearsed.with(terminals: 300) { fleet in
        // The files whose calls are to fail must be known: a sweep that was cut off has them.
        let begun = try await Self.begun(fleet)
        let most = Effort.faults / Self.faults.count
        try await withThrowingTaskGroup(of: Void.self) { group in
          for (number, (call, error)) in Self.faults.enumerated() {
            group.addTask {
              var injected = 0
              for when in 1...most {
                let directory = "\(fleet.directory)/\(number)-\(when)"
                if try await Self.try(begun, directory, call: call, error: error, when: when) { injected += 1 }
              }
              #expect(injected > 0, "no \(call) was made to fail with \(error): nothing was tried")
            }
          }
          try await group.waitForAll()
        }
      }
    }

    /// One that was killed as soon as it had begun.
    private static func begun(_ fleet: Rehearsed) async throws -> Rehearsed {
      let begun = fleet.kept(in: "\(fleet.directory)/begun")
      let sweep = try RunningProgram.start(begun.sweep(["--concurrency", "1"]))
      while try await !Program.tenken(["sweeps", "--state", begun.state]).run().stdout.contains("running") {
        try Task.checkCancellation()
      }
      sweep.send(SIGKILL)
      _ = await sweep.finished()
      guard try await begun.verify().status == 0, try await !begun.list("outcome:pending").isEmpty else {
        throw NeverBegun()
      }
      return begun
    }

    private struct NeverBegun: Error {}

    /// Goes on with a copy of the sweep while the nth such call on its journal fails, in each thread.
    ///
    /// - Returns: whether one was made to fail: there may be fewer of them.
    private static func `try`(
      _ begun: Rehearsed, _ directory: String, call: String, error: String, when: Int
    ) async throws -> Bool {
      let fleet = begun.kept(in: directory)
      // cp(1) copies the socket too that a killed owner left.
      let copy = try await Program(path: "/bin/cp", arguments: ["-a", begun.state, fleet.state]).run()
      try #require(copy.status == 0, "\(copy.stderr)")
      let journal = try fleet.journal
      let resume = fleet.resume(["--json"])
      let trace = "\(directory).trace"
      let run = try await Program(
        path: "/usr/bin/strace",
        arguments: [
          "-f", "--seccomp-bpf", "-o", trace, "-P", journal, "-P", journal + "-wal", "-P", journal + "-shm", "-e",
          "trace=\(call)", "-e", "inject=\(call):error=\(error):when=\(when)", resume.path,
        ] + resume.arguments
      ).run()
      let what: Comment = "\(call) \(error) at \(when): \(run.status) \(run.stderr)"
      // A failure of the disk, of what is read from it, or of what is opened; never a crash, never a mistake of ours.
      #expect((0...3).contains(run.status) || [65, 73, 74, 75, 77].contains(run.status), what)
      let verified = try await fleet.verify()
      #expect(verified.status == 0, "\(what.rawValue)\n\(verified.stderr)")
      #expect(try await run.acknowledged.isDisjoint(with: fleet.list("outcome:pending")), what)
      let end = try await fleet.resume().run()
      #expect(
        (0...3).contains(end.status) || end.status == 66 && (0...3).contains(run.status), "\(what.rawValue)\n\(end)")
      #expect(try await fleet.list("outcome:pending").isEmpty, what)
      return try String(contentsOfFile: trace, encoding: .utf8).contains("(INJECTED)")
    }

    private static func canTrace() async -> Bool {
      let script = "strace -f --seccomp-bpf -o /dev/null -e trace=ftruncate true"
      return (try? await Program(path: "/bin/sh", arguments: ["-c", script]).run().status) == 0
    }
  }
}
