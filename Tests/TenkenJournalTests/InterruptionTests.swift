import Foundation
import GRDB
import Synchronization
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenJournal

/// What a process that is killed leaves behind: the files as they are at that instant, taken from under a writer in
/// mid-transaction.
struct InterruptionTests {
  @Test(arguments: 0..<10)
  func `from whatever instant the files are, what was recorded is there and the rest is done again`(
    seed: Int
  ) async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory, terminals: 40)
      try sweep.create().close()
      let remains = directory.appending(path: "remains").path
      let killer = try await record(sweep, seed: seed, copyingTo: remains)
      let left = StateDirectory(path: remains)
      let recorded = killer.recorded.withLock { $0 }

      let reader = try JournalReader(in: left, sweep: sweep.manifest.id)
      #expect(try reader.settled().final.count == recorded)
      #expect(try records(reader).count == 40)

      let next = try Journal.open(in: left, sweep: sweep.manifest.id, at: SampleSweep.now, tool: "1.2.4")
      let settled = try next.reader.settled()
      #expect(Set(settled.final.keys) == Set(sweep.terminals.prefix(recorded)))
      for index in recorded..<40 { try await next.record(sweep.attempt(index)) }
      next.close()
      #expect(try Database.integer("\(remains)/sweeps/\(sweep.manifest.id)/journal.sqlite", doubled) == 0)
      #expect(try JournalReader(in: left, sweep: sweep.manifest.id).isFinished())
    }
  }

  @Test func `a reader reads what a killed owner left, before anyone owns it again`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let journal = try sweep.create()
      try await journal.record(sweep.attempt(0))
      let copy = directory.appending(path: "copy").path
      try FileManager.default.copyItem(atPath: sweep.state.path, toPath: copy)
      for file in ["lock", "journal.sqlite-shm"] {
        try FileManager.default.removeItem(atPath: "\(copy)/sweeps/\(sweep.manifest.id)/\(file)")
      }
      let state = StateDirectory(path: copy)
      let reader = try JournalReader(in: state, sweep: sweep.manifest.id)
      #expect(try reader.settled().final == ["t-0": .inspected])
      #expect(try reader.runs().map(\.ending) == [nil])
      #expect(try state.sweeps().map(\.standing) == [.unfinished])
      #expect(try sweep.state.sweeps().map(\.standing) == [.running(processID: getpid())])
      journal.close()
    }
  }

  @Test func `readers see whole attempts while the owner writes`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory, terminals: 400)
      let journal = try sweep.create()
      let reader = try sweep.reader()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 0..<400 { group.addTask { try await journal.record(sweep.attempt(index)) } }
        group.addTask {
          var last = 0
          // Bounded, so that a writer that fails does not make the reader wait for ever.
          for _ in 0..<2000 where last < 400 {
            let found = try records(reader)
            let inspected = found.count { $0.outcome == .inspected }
            #expect(found.count == 400 && inspected >= last)
            #expect(found.allSatisfy { $0.last == nil || $0.last?.observations.count == 1 })
            last = inspected
            await Task.yield()
          }
          #expect(last == 400)
        }
        try await group.waitForAll()
      }
      journal.close()
    }
  }

  @Test(arguments: ["page", "cut", "text", "empty"])
  func `a journal that was damaged is not gone on with`(how: String) async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory, terminals: 400)
      let journal = try sweep.create()
      try await sweep.record(0..<400, in: journal)
      journal.close()
      try damage(sweep.file, how)
      let failure = #expect(throws: Failure.self) { try sweep.open() }
      #expect(failure?.code == (how == "empty" ? .noSuchInput : .badInput))
      #expect(how == "empty" || failure?.what == "the journal \(sweep.file) does not verify")
      let standing = try #require(try sweep.state.sweeps().first).standing
      if how == "text" {
        guard case .unreadable(let why) = standing else { return #expect(Bool(false), "\(standing)") }
        #expect(why.code == .badInput)
        #expect(throws: Failure.self) { try sweep.state.newestUnfinished() }
      }
      #expect(how != "empty" || standing == .notBegun)
    }
  }

  private let doubled = "SELECT count(*) FROM (SELECT 1 FROM attempt GROUP BY terminal, number HAVING count(*) > 1)"

  /// Records terminal after terminal; copies the files at a change of the seed's choosing.
  private func record(_ sweep: SampleSweep, seed: Int, copyingTo path: String) async throws -> Killer {
    let database = try Connection.owner(sweep.sweepDirectory)
    let commits = try GroupCommit(over: database, sweep)
    var generator = SplitMix64(seed: UInt64(seed))
    let killer = Killer(from: sweep.state.path, to: path, after: Int.random(in: 1...75, using: &generator))
    database.add(transactionObserver: killer)
    // SQLite tells of rows with a rowid only: two an attempt, as each has an output of its own.
    for index in 0..<40 {
      try await commits.add(SealedAttempt(sweep.attempt(index, output: [UInt8(index)]))).get()
    }
    #expect(killer.changes.withLock { $0 } >= 75)
    return killer
  }

  private func damage(_ file: String, _ how: String) throws {
    let handle = try FileHandle(forUpdating: URL(filePath: file))
    defer { try? handle.close() }
    switch how {
    case "page":
      try handle.seek(toOffset: 5 * 8192)
      try handle.write(contentsOf: Data(repeating: 0x5A, count: 8192))
    case "cut": try handle.truncate(atOffset: 6 * 8192)
    case "empty": try handle.truncate(atOffset: 0)
    default: try handle.write(contentsOf: Data("not a database at all\n".utf8))
    }
  }
}

/// Copies a state directory in the middle of a transaction: when a given number of rows has changed.
private final class Killer: TransactionObserver, Sendable {
  let changes = Mutex(0)
  /// Attempts that were committed before the copy was made.
  let recorded = Mutex(0)
  private let from: String
  private let to: String
  private let after: Int

  init(from: String, to: String, after: Int) {
    self.from = from
    self.to = to
    self.after = after
  }

  func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }

  func databaseDidChange(with event: DatabaseEvent) {
    let number = changes.withLock { changes in
      changes += 1
      return changes
    }
    if number == after { #expect(throws: Never.self) { try FileManager.default.copyItem(atPath: from, toPath: to) } }
  }

  func databaseDidCommit(_ db: GRDB.Database) {
    if changes.withLock({ $0 < after }) { recorded.withLock { $0 += 1 } }
  }

  func databaseDidRollback(_ db: GRDB.Database) {}
}
