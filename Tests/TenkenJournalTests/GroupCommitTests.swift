import Dispatch
import GRDB
import Synchronization
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenJournal

struct GroupCommitTests {
  @Test func `a thousand records at once are all there, once each, in far fewer transactions`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory, terminals: 1000)
      try sweep.create().close()
      let database = try Connection.owner(sweep.sweepDirectory)
      let commits = try GroupCommit(over: database, sweep)
      let counter = CommitCounter()
      database.add(transactionObserver: counter)
      // The disk is busy until all of them wait: what a slow machine does in between changes nothing.
      let arrivals = Arrivals()
      let release = DispatchSemaphore(value: 0)
      database.asyncWriteWithoutTransaction { _ in release.wait() }
      let answers = await withTaskGroup(of: Bool.self) { group in
        for index in 0..<1000 {
          let attempt = SealedAttempt(sweep.attempt(index))
          group.addTask {
            if arrivals.count.withLock({
              $0 += 1; return $0
            }) == 1000 {
              release.signal()
            }
            return (try? await commits.add(attempt).get()) != nil
          }
        }
        return await group.reduce(into: [true: 0, false: 0]) { $0[$1]! += 1 }
      }
      #expect(answers == [true: 1000, false: 0])
      #expect(counter.count.withLock { $0 } <= 10)
      #expect(try Database.integer(sweep.file, "SELECT count(*) FROM attempt") == 1000)
      #expect(try Database.integer(sweep.file, "SELECT count(DISTINCT terminal) FROM attempt") == 1000)
    }
  }

  @Test func `after a write that failed nothing is written any more`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      try sweep.create().close()
      let database = try Connection.owner(sweep.sweepDirectory)
      let commits = try GroupCommit(over: database, sweep)
      // SQLite says SQLITE_FULL when a database may not grow, as it does when the disk is full.
      try await database.writeWithoutTransaction { db in
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count")!
        try db.execute(sql: "PRAGMA max_page_count = \(pages)")
      }
      // Nothing that could be packed.
      var generator = SplitMix64(seed: 1)
      let noise = (0..<100_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let large = sweep.attempt(0, output: noise)
      let first = await commits.add(SealedAttempt(large))
      #expect(first.failure?.code == .inputOutput)
      try await database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
      let second = await commits.add(SealedAttempt(sweep.attempt(1)))
      #expect(second.failure == first.failure)
      #expect(try Database.integer(sweep.file, "SELECT count(*) FROM attempt") == 0)
    }
  }
}

/// How many have come to add their record.
private final class Arrivals: Sendable {
  let count = Mutex(0)
}

extension GroupCommit {
  convenience init(over database: DatabaseQueue, _ sweep: SampleSweep) throws {
    let checks = Dictionary(
      uniqueKeysWithValues: sweep.catalogue.checks.enumerated().map { ($1.id, Int64($0)) })
    self.init(
      database, directory: sweep.sweepDirectory, run: 1, mark: try HighWaterMark(sweep.sweepDirectory), checks: checks,
      known: KnownOutputs())
  }
}

extension Result {
  fileprivate var failure: Failure? {
    if case .failure(let failure) = self { failure } else { nil }
  }
}

private final class CommitCounter: TransactionObserver, Sendable {
  let count = Mutex(0)

  func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
  func databaseDidChange(with event: DatabaseEvent) {}
  func databaseDidCommit(_ db: GRDB.Database) { count.withLock { $0 += 1 } }
  func databaseDidRollback(_ db: GRDB.Database) {}
}
