import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenChecks

/// A check that looks for intruders must not be content where the program that does its looking does not work.
struct BrokenToolTests {
  /// What a program of another make, a damaged one or one that was put in its place may do.
  static let ways = ["exit 0", "exit 1", "echo 'x: unrecognized option' >&2; exit 2"]

  /// Whose silence cannot be taken for an answer.
  static let tools: [(ID<Check>, String)] = [
    ("acct.passwords", "awk"), ("acct.uid0", "awk"), ("file.caps", "find"), ("file.droppers", "find"),
    ("file.droppers", "head"), ("file.timestomp", "find"), ("file.timestomp", "stat"), ("ioc.network", "grep"),
    ("kern.bpf", "ls"), ("kern.modules", "sha256sum"), ("ld.preload", "awk"), ("log.wtmp", "awk"), ("log.wtmp", "od"),
    ("net.listen", "awk"), ("net.listen", "ls"), ("net.listen", "od"), ("net.listen", "tr"), ("net.tunnels", "grep"),
    ("pkg.trust", "sed"), ("pkg.verify-core", "md5sum"), ("pkg.verify-core", "xargs"), ("proc.deleted", "awk"),
    ("proc.deleted", "ls"), ("proc.deleted", "readlink"), ("proc.hidden", "awk"), ("proc.hidden", "find"),
    ("proc.paths", "awk"), ("proc.paths", "grep"), ("proc.paths", "ls"), ("proc.preload", "awk"),
    ("proc.preload", "find"), ("proc.preload", "grep"), ("sec.agent", "ls"), ("ssh.authkeys", "awk"),
    ("ssh.authkeys", "sha256sum"),
  ]

  @Test(arguments: tools)
  func `what passes with sound tools does not pass with a broken one`(id: ID<Check>, tool: String) async throws {
    let check = try #require(try Specimen.catalogue()[id])
    let fixture = try #require(Fixture.all(.anyone).first { $0.check == id && $0.name == "clean" })
    try await withTemporaryDirectory { directory in
      for shell in ShellUnderTest.installed where shell != .onlyBusybox {
        let run = CheckRun(directory: directory, shell: shell)
        try run.plant(fixture)
        for way in Self.ways {
          let tools = try Self.plant(tool, way, in: directory)
          let said = try run.observe(check, root: run.root, parameters: fixture.parameters, tools: tools)
          #expect(![.pass, .notApplicable].contains(said.result), "\(shell), \(way): \(said.message)")
        }
        #expect(try run.observe(check, root: run.root, parameters: fixture.parameters).result == .pass)
      }
    }
  }

  @Test(
    .enabled(if: CheckRun.isRoot && Specimen.program("unshare") != nil, "needs root and unshare"),
    arguments: ["ld.preload", "net.listen", "proc.preload"] as [ID<Check>])
  func `a machine that shows nothing of its processes is no pass`(id: ID<Check>) async throws {
    let check = try #require(try Specimen.catalogue()[id])
    try await withTemporaryDirectory { directory in
      for shell in ShellUnderTest.installed where shell != .onlyBusybox {
        let covered = ["unshare", "-m", "/bin/sh", "-c", #"mount -t tmpfs none /proc && exec "$@""#, "sh"]
        let said = try CheckRun(directory: directory, shell: shell).observe(check, root: nil, wrapper: covered)
        #expect([.error, .unknown, .notChecked].contains(said.result), "\(shell): \(said.message)")
        #expect(said.message.contains("/proc"), "\(shell): \(said.message)")
      }
    }
  }

  private static func plant(_ tool: String, _ way: String, in directory: URL) throws -> URL {
    let tools = directory.appending(path: "broken")
    try FileManager.default.createDirectory(at: tools, withIntermediateDirectories: true)
    let program = tools.appending(path: tool)
    // By another process: a child of this one, forked while the file was open here for writing, would make it busy, and
    // a shell that finds a program busy takes the next one on its path.
    try runTool("/bin/sh", "-c", #"printf '#!/bin/sh\n%s\n' "$1" >"$2"; chmod 755 "$2""#, "sh", way, program.path())
    return tools
  }
}
