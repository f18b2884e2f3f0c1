import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenReport

@Suite struct `A report on a full disk` {
  /// `/dev/full` cannot stand in for it: the file is made anew. A file system of 64 KiB needs the right to mount.
  private static let mayMount: Bool = {
    let probe = FileManager.default.temporaryDirectory.appending(path: "tenken-mount-\(UUID().uuidString)").path
    try? FileManager.default.createDirectory(atPath: probe, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: probe) }
    guard shell("mount -t tmpfs -o size=64k tenken '\(probe)' 2>/dev/null") else { return false }
    return shell("umount '\(probe)'")
  }()

  @Test(.enabled(if: mayMount, "left out: it needs the right to mount a small file system"))
  func `says so, and leaves the earlier report as it was`() async throws {
    try await withTemporaryDirectory { directory in
      #expect(Self.shell("mount -t tmpfs -o size=64k tenken '\(directory.path)'"))
      defer { _ = Self.shell("umount '\(directory.path)'") }
      _ = try ReportWriter().write([.text], of: SampleSweep.fleet.report(), to: directory.path)
      let before = try String(contentsOfFile: "\(directory.path)/report.txt", encoding: .utf8)
      let large = SampleSweep.large(500, checks: 3).report()
      let failure = #expect(throws: Failure.self) {
        try ReportWriter().write([.jsonl], of: large, to: directory.path)
      }
      #expect(failure?.code == .inputOutput)
      #expect(failure?.why == "No space left on device")
      #expect(failure?.next.hasPrefix("Make room") == true)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == [
          ".tenken-report", "SHA256SUMS", "report.txt",
        ])
      #expect(try String(contentsOfFile: "\(directory.path)/report.txt", encoding: .utf8) == before)
    }
  }

  private static func shell(_ command: String) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
