import Foundation
import TenkenTestSupport
import Testing

extension EndToEndTests {
  /// Two processes that want the same sweep, and a disk that has no room left.
  @Suite struct OwnedSweepTests {
    @Test(.timeLimit(.minutes(5)))
    func `a sweep that another process owns is left alone`() async throws {
      try await withTemporaryDirectory { directory in
        let (fleet, state) = (directory.path + "/fleet", directory.path + "/state")
        _ = try await Program.tenken(["inventory", "generate", fleet, "--terminals", "5000"]).run()
        let owner = try RunningProgram.start(
          .tenken(["sweep", "--inventory", fleet, "--state", state, "--transport", "rehearsal", "--concurrency", "2"]))
        while try await Program.tenken(["list", "--state", state, "-o", "ids"]).run().status != 0 {}
        let resume = try await Program.tenken(["resume", "latest", "--state", state]).run()
        owner.send(SIGKILL)
        #expect(await owner.finished().status == 128 + SIGKILL)
        #expect(resume.status == 75)
        #expect(resume.stderr.contains("another process"), "\(resume.stderr)")
      }
    }

    /// A small file system of its own, seen by these two commands only.
    @Test(
      .enabled("mounting a small file system needs root, or user namespaces") { await canMount() },
      .timeLimit(.minutes(5)), arguments: offsets)
    func `a full disk ends the sweep with 74, and with room it is resumed`(kibibytes: Int) async throws {
      try await withTemporaryDirectory { directory in
        let (fleet, state) = (directory.path + "/fleet", directory.path + "/state")
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
        _ = try await Program.tenken(["inventory", "generate", fleet, "--terminals", "800"]).run()
        let script = """
          mount -t tmpfs -o size=$4k,mode=700 none "$2" || exit
          "$1" sweep --inventory "$3" --state "$2" --transport rehearsal --no-progress
          echo "first $?"
          mount -o remount,size=200m "$2"
          "$1" resume --state "$2" --no-progress
          echo "second $?"
          "$1" list --state "$2" --select outcome:pending -o ids
          """
        let both = try await Self.mounting(["sh", "-c", script, "sh", Program.tenkenPath, state, fleet, "\(kibibytes)"])
        #expect(both.stdout.contains("first 74\n"), "\(both.stdout)\(both.stderr)")
        #expect(both.stdout.hasSuffix("second 3\n"), "\(both.stdout)\(both.stderr)")
        #expect(both.stderr.contains("tenken resume"), "\(both.stderr)")
      }
    }

    /// In which the journal is full at another place each time.
    private static let offsets = (0..<Effort.offsets).map { 2000 + $0 * 1500 / Effort.offsets }

    private static func mounting(_ command: [String]) async throws -> Finished {
      let options = getuid() == 0 ? ["--mount"] : ["--mount", "--map-root-user"]
      return try await Program(path: "/usr/bin/unshare", arguments: options + command).run()
    }

    private static func canMount() async -> Bool {
      let script = #"mount -t tmpfs -o size=1m none "$1""#
      let tried = try? await mounting(["sh", "-c", script, "sh", FileManager.default.temporaryDirectory.path])
      return tried?.status == 0
    }
  }
}
