import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenJournal

/// An older copy of a journal, put back where a newer one was.
struct HighWaterMarkTests {
  @Test(arguments: [0, 1, 7]) func `an older copy that is put back is noticed, by whoever opens it`(more: Int)
    async throws
  {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      try await Self.record(sweep, 0..<4)
      let copy = directory.appending(path: "copy").path
      try FileManager.default.copyItem(atPath: sweep.directory, toPath: copy)
      try await Self.record(sweep, 4..<(4 + more))
      try Self.putBack(copy, sweep)
      for failure in [
        #expect(throws: Failure.self) { try sweep.open() }, #expect(throws: Failure.self) { try sweep.reader() },
        #expect(throws: Failure.self) { try sweep.state.newestUnfinished() },
      ] {
        #expect(failure?.code == .badInput)
        #expect(failure?.description.contains("older copy") == true, "\(failure?.description ?? "")")
      }
      let failure = #expect(throws: Failure.self) { try sweep.reader() }
      #expect(failure?.why.contains("it holds 4 attempts in 2 runs, and \(4 + more) attempts in 3 runs") == true)
      #expect(failure?.next.contains("\(sweep.state.path)/high-water/\(sweep.manifest.id)") == true)
    }
  }

  @Test func `whoever has lost the newer one takes the mark away, and what is missing is done again`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      try await Self.record(sweep, 0..<4)
      let copy = directory.appending(path: "copy").path
      try FileManager.default.copyItem(atPath: sweep.directory, toPath: copy)
      try await Self.record(sweep, 4..<12)
      try Self.putBack(copy, sweep)
      try FileManager.default.removeItem(atPath: sweep.sweepDirectory.highWaterMark)
      try await Self.record(sweep, 4..<12)
      #expect(try sweep.reader().isFinished())
      #expect(try sweep.reader().audit().problems == [])
    }
  }

  @Test func `one that went on elsewhere is another history, even where it holds more`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      try await Self.record(sweep, 0..<4)
      let elsewhere = try SampleSweep(in: directory.appending(path: "elsewhere"))
      try FileManager.default.copyItem(atPath: sweep.directory, toPath: elsewhere.directory)
      try await Self.record(sweep, 4..<5)
      let journal = try Journal.open(
        in: elsewhere.state, sweep: sweep.manifest.id, at: Timestamp(milliseconds: 77), tool: "1.2.4")
      try await elsewhere.record(4..<12, in: journal)
      journal.close()
      try Self.putBack(elsewhere.directory, sweep)
      #expect(throws: Failure.self) { try sweep.open() }
    }
  }

  @Test func `a sweep that moves to another station carries no mark, and needs none`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      try await Self.record(sweep, 0..<4)
      let other = try SampleSweep(in: directory.appending(path: "other"))
      try FileManager.default.moveItem(atPath: sweep.directory, toPath: other.directory)
      try await Self.record(other, 4..<12)
      #expect(try other.reader().isFinished())
    }
  }

  @Test(arguments: ["", "1 2 3\n", "nonsense\nnonsense\n", String(repeating: "9", count: 4000)])
  func `a mark that was cut off or overwritten says nothing`(text: String) async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      try await Self.record(sweep, 0..<4)
      try text.write(toFile: sweep.sweepDirectory.highWaterMark, atomically: true, encoding: .utf8)
      try await Self.record(sweep, 4..<12)
      #expect(try sweep.reader().isFinished())
      #expect(HighWaterMark.level(at: sweep.sweepDirectory.highWaterMark)?.attempts == 12)
    }
  }

  private static func record(_ sweep: SampleSweep, _ terminals: Range<Int>) async throws {
    let isNew = !FileManager.default.fileExists(atPath: sweep.file)
    if isNew { try sweep.create().close() }
    let journal = try sweep.open()
    for index in terminals { try await journal.record(sweep.attempt(index)) }
    journal.close()
  }

  private static func putBack(_ copy: String, _ sweep: SampleSweep) throws {
    try FileManager.default.removeItem(atPath: sweep.directory)
    try FileManager.default.copyItem(atPath: copy, toPath: sweep.directory)
  }
}
