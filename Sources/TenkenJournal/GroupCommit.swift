internal import GRDB
internal import Synchronization
internal import TenkenModel

/// Makes one transaction of the attempts that gather while the disk is busy with the one before: a commit costs an
/// fdatasync, whether it holds one attempt or a hundred. No timer is needed; an attempt that finds the disk idle is
/// committed at once.
///
/// Callers wait in a continuation; the blocking work is done on the connection's own queue, so that no thread of the
/// cooperative pool ever waits for a disk. Nothing here looks at cancellation: a caller that was cancelled still hears
/// whether its attempt was recorded, and it takes no others down with it.
final class GroupCommit: Sendable {
  typealias Answer = Result<Void, Failure>

  /// What is written whole or not at all.
  enum Record: Sendable {
    case attempt(SealedAttempt)
    case conditions([SiteCondition])
  }

  private struct Entry: Sendable {
    let record: Record
    let waiting: CheckedContinuation<Answer, Never>
  }

  private struct State {
    var pending: [Entry] = []
    /// A turn on the connection's queue is coming that will take what is pending.
    var isComing = false
    /// Set once; from then on nothing is written any more.
    var stopped: Failure?
    /// Lent to the transaction that runs, and given back only when it was committed: a row that was rolled back is
    /// known to nobody.
    var known = KnownOutputs()
  }

  /// Attempts in one transaction at most, so that the first caller does not wait for all of a burst.
  private static let limit = 256

  private let database: DatabaseQueue
  private let directory: SweepDirectory
  private let run: Int
  private let mark: HighWaterMark
  private let checks: [ID<Check>: Int64]
  private let state = Mutex(State())

  init(
    _ database: DatabaseQueue, directory: SweepDirectory, run: Int, mark: HighWaterMark, checks: [ID<Check>: Int64],
    known: KnownOutputs
  ) {
    state.withLock { $0.known = known }
    self.database = database
    self.directory = directory
    self.run = run
    self.mark = mark
    self.checks = checks
  }

  func add(_ attempt: SealedAttempt) async -> Answer { await add(.attempt(attempt)) }

  /// Returns when the record is on the disk, or cannot be.
  func add(_ record: Record) async -> Answer {
    await withCheckedContinuation { waiting in
      let comes = state.withLock { state in
        state.pending.append(Entry(record: record, waiting: waiting))
        defer { state.isComing = true }
        return !state.isComing
      }
      if comes { scheduleTurn() }
    }
  }

  /// Commits what is pending, then refuses everything for `reason`. On the connection's queue.
  ///
  /// - Throws: why nothing could be written any more, where that was so already.
  func stop(_ db: Database, reason: Failure) throws(Failure) {
    while takeTurn(db) {}
    try expectRunning()
    state.withLock { $0.stopped = reason }
  }

  /// After a failed write there is no further one.
  func expectRunning() throws(Failure) {
    if let failure = state.withLock({ $0.stopped }) { throw failure }
  }

  private func scheduleTurn() {
    database.asyncWriteWithoutTransaction { db in
      if self.takeTurn(db) { self.scheduleTurn() }
    }
  }

  /// Commits up to `limit` attempts; whether more are pending.
  private func takeTurn(_ db: Database) -> Bool {
    let (batch, stopped, more) = state.withLock { state in
      let batch = Array(state.pending.prefix(Self.limit))
      state.pending.removeFirst(batch.count)
      state.isComing = !state.pending.isEmpty
      return (batch, state.stopped, state.isComing)
    }
    for (entry, answer) in zip(batch, stopped.map { failed(batch, $0) } ?? write(batch, db)) {
      entry.waiting.resume(returning: answer)
    }
    return more
  }

  private func write(_ batch: [Entry], _ db: Database) -> [Answer] {
    if batch.isEmpty { return [] }
    do {
      try commit(batch, db)
      return batch.map { _ in .success(()) }
    } catch let error as DatabaseError where error.resultCode != .SQLITE_CONSTRAINT {
      let failure = directory.failure(error)
      state.withLock { $0.stopped = failure }
      return failed(batch, failure)
    } catch {
      // One of them cannot be recorded; the others must not suffer for it.
      if batch.count > 1 { return batch.flatMap { write([$0], db) } }
      return failed(batch, directory.failure(error))
    }
  }

  private func commit(_ batch: [Entry], _ db: Database) throws {
    var writer = try AttemptWriter(db, run: run, checks: checks, known: lend())
    try db.inTransaction(.immediate) {
      for entry in batch {
        switch entry.record {
        case .attempt(let attempt): try writer.write(attempt)
        case .conditions(let conditions):
          for condition in conditions { try ConditionWriter(db, run: run).write(condition) }
        }
      }
      return .commit
    }
    state.withLock { $0.known = writer.known }
    mark.raise(to: db)
  }

  private func lend() -> KnownOutputs {
    state.withLock { state in
      defer { state.known = KnownOutputs() }
      return state.known
    }
  }

  private func failed(_ batch: [Entry], _ failure: Failure) -> [Answer] {
    batch.map { _ in .failure(failure) }
  }
}
