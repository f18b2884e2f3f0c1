import Foundation
import TenkenJournal
import TenkenModel
import TenkenTestSupport
import Testing

/// On a file system of a few megabytes, which only root can mount.
@Suite(.enabled(if: geteuid() == 0, "needs root, to mount a small file system"))
struct FullDiskTests {
  @Test func `a full disk ends the sweep with 74, and it goes on where space is made`() async throws {
    try await withSmallDisk { disk in
      let sweep = try SampleSweep(in: disk, terminals: 200)
      let (recorded, failure) = try await fill(sweep)
      #expect(failure.code == .inputOutput)
      #expect(failure.what == "cannot write the journal \(sweep.file)")
      #expect(failure.why.contains("no space left on the device"))
      #expect(failure.next.contains("`tenken resume \(sweep.manifest.id)`"))
      #expect(recorded > 5 && recorded < 200)
      #expect(try sweep.reader().settled().final.count >= recorded)

      try mount(disk, ["-o", "remount,size=64m"])
      let next = try sweep.open()
      for index in try next.reader.left(of: sweep) { try await next.record(sweep.attempt(index, output: noise(index))) }
      next.close()
      #expect(try sweep.reader().isFinished())
      #expect(try Database.integer(sweep.file, "SELECT count(*) FROM attempt") == 200)
      let isWhole = try sweep.reader().raw("t-3", "check.0")?.stdout == noise(3)
      #expect(isWhole)
    }
  }

  @Test func `a sweep that finds the disk full contacts nobody and leaves nothing`() async throws {
    try await withSmallDisk { disk in
      let sweep = try SampleSweep(in: disk, terminals: 2000)
      let filler = disk.appending(path: "filler").path
      #expect(FileManager.default.createFile(atPath: filler, contents: Data(count: 2_990_000)))
      let failure = #expect(throws: Failure.self) { try sweep.create() }
      #expect(failure?.code == .inputOutput)
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(sweep.state.path)/sweeps").isEmpty)
      try FileManager.default.removeItem(atPath: filler)
      try sweep.create().close()
    }
  }

  @Test func `a journal on a disk that can only be read is read`() async throws {
    try await withSmallDisk { disk in
      let sweep = try SampleSweep(in: disk)
      do {
        let journal = try sweep.create()
        try await journal.record(sweep.attempt(0))
        journal.close()
      }
      try mount(disk, ["-o", "remount,ro"])
      #expect(try sweep.reader().settled().final == ["t-0": .inspected])
      #expect(try sweep.state.sweeps().map(\.standing) == [.unfinished])
      let failure = #expect(throws: Failure.self) { try sweep.open() }
      #expect(failure?.code == .permissions)
    }
  }

  /// Records until nothing more goes in; how many did, and why no more. The handle stays dead, even where a smaller
  /// record would fit.
  private func fill(_ sweep: SampleSweep) async throws -> (Int, Failure) {
    let journal = try sweep.create()
    defer { journal.close() }
    for index in 0..<200 {
      do throws(Failure) {
        try await journal.record(sweep.attempt(index, output: noise(index)))
      } catch {
        let again = await #expect(throws: Failure.self) { try await journal.record(sweep.attempt(199)) }
        #expect(again == error)
        #expect(throws: error) { try journal.finishRun(.failed, at: SampleSweep.now) }
        return (index, error)
      }
    }
    throw Failure(.bug, "the disk never filled", why: "", next: "")
  }

  /// Different for each terminal, so that nothing is saved by storing it once.
  private func noise(_ index: Int) -> [UInt8] { Array("\(index)".utf8) + [UInt8](repeating: 0x2E, count: 60_000) }

  private func withSmallDisk(_ body: (URL) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      try mount(directory, ["-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs"])
      do { try await body(directory) } catch { try unmount(directory); throw error }
      try unmount(directory)
    }
  }

  private func mount(_ directory: URL, _ arguments: [String]) throws {
    try run("/usr/bin/mount", arguments + [directory.path])
  }

  private func unmount(_ directory: URL) throws { try run("/usr/bin/umount", ["-l", directory.path]) }

  private func run(_ program: String, _ arguments: [String]) throws {
    let process = try Process.run(URL(filePath: program), arguments: arguments)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }
}

extension JournalReader {
  /// The indices of the terminals that are still to be done.
  fileprivate func left(of sweep: SampleSweep) throws -> [Int] {
    let settled = try settled()
    return sweep.terminals.indices.filter { settled.final[sweep.terminals[$0]] == nil }
  }
}
