import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenChecks

/// Proof by strace(1) that a check creates no file: not even the temporary one of a here-document.
struct ReadOnlyTests {
  static let strace = Specimen.program("strace")
  static let shells = ShellUnderTest.installed.filter { $0 == .dash || $0 == .onlyBusybox }

  /// Whether they run as an ordinary user: some take another way then.
  static let logins = CheckRun.isRoot && CheckRun.canBeOrdinary ? [false, true] : [!CheckRun.isRoot]

  @Test(.enabled(if: strace != nil, "strace is not installed"), arguments: shells, logins)
  func `no check opens anything for writing but null, or creates anything`(
    shell: ShellUnderTest, ordinary: Bool
  ) async throws {
    for check in try Specimen.catalogue().checks where check.cost == .light || !ordinary {
      // Each waits for its programs on this thread: others have their turn in between.
      await Task.yield()
      let fixture = try #require(Fixture.all(.anyone).first { $0.check == check.id && $0.name != "no-tables" })
      try await withTemporaryDirectory { directory in
        let run = CheckRun(directory: directory, shell: shell)
        try ShellUnderTest.link(applets: run.applets)
        try run.plant(fixture)
        // A heavy one reads the whole machine, which takes minutes under strace: the specimen must do.
        if check.cost == .light {
          #expect(try changes(check, run, root: nil, ordinary: ordinary) == [], "\(check.id) on this machine")
        }
        // What a login may do makes a difference on the machine only.
        if !ordinary { #expect(try changes(check, run, root: run.root) == [], "\(check.id) on a specimen") }
      }
    }
  }

  @Test(.enabled(if: strace != nil, "strace is not installed"))
  func `a script that writes is caught`() async throws {
    try await withTemporaryDirectory { directory in
      let run = CheckRun(directory: directory, shell: try #require(ShellUnderTest.installed.first))
      let target = directory.appending(path: "made").path()
      for body in ["echo x >\(target)\n", "mkdir \(target).d\n", "rm \(target)\n", "ln -s a \(target).l\n"] {
        let check = try CheckText.check(CheckText.script(body + "exit 101\n"))
        #expect(try changes(check, run, root: nil).count == 1, "\(body)")
      }
    }
  }

  private static let calls =
    "?open,?openat,?openat2,?creat,?mkdir,?mkdirat,?mknod,?mknodat,?rename,?renameat,?renameat2,?link,?linkat,"
    + "?symlink,?symlinkat,?unlink,?unlinkat,?rmdir,?truncate,?ftruncate,?chmod,?fchmod,?fchmodat,?chown,?fchown,"
    + "?lchown,?fchownat,?utimensat,?utimes,?memfd_create,?setxattr,?lsetxattr,?fsetxattr,?removexattr,?lremovexattr,?fremovexattr,?mount,?init_module,"
    + "?finit_module"

  /// The system calls that changed a file or tried to; opening for reading is none, nor is /dev/null.
  private func changes(
    _ check: Check, _ run: CheckRun, root: URL?, ordinary: Bool = false
  ) throws -> [String] {
    let traces = run.directory.appending(path: "traces-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: traces, withIntermediateDirectories: true)
    let wrapper = [
      try #require(Self.strace), "-ff", "--seccomp-bpf", "-qq", "-e", "signal=none", "-e", "trace=\(Self.calls)", "-o",
      traces.appending(path: "t").path(),
    ]
    _ = try run.observe(check, root: root, wrapper: wrapper, ordinary: ordinary)
    let files = try FileManager.default.contentsOfDirectory(at: traces, includingPropertiesForKeys: nil)
    #expect(!files.isEmpty, "strace wrote no trace")
    return try files.flatMap {
      try String(contentsOf: $0, encoding: .isoLatin1).split(separator: "\n").map(String.init)
    }
    .filter { !$0.hasPrefix("+++") && !Self.isHarmless($0) }
  }

  private static func isHarmless(_ call: String) -> Bool {
    guard call.hasPrefix("open") else { return false }
    let writes = ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_TMPFILE"].contains { call.contains($0) }
    return !writes || call.contains("\"/dev/null\"") || call.contains("\"/dev/tty\"")
  }
}
