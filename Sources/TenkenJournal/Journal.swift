internal import GRDB
internal import Glibc
internal import Synchronization
package import TenkenModel

/// The durable record of one sweep, as the process that owns it sees it: the only writer.
///
/// What `record` has returned for survives kill -9, a power loss and a full disk; what it has not returned for may or
/// may not be there, and is asked for again by a resume. It is the one type that opens the database for writing.
package final class Journal: Sendable {
  package let sweep: ID<SweepManifest>
  /// Reads over the owner's own connection: before and after the sweep, not during it, as reading keeps records waiting.
  package let reader: JournalReader
  private let directory: SweepDirectory
  private let database: DatabaseQueue
  private let lock: OwnerLock
  private let run: Int
  private let commits: GroupCommit
  private let mark: HighWaterMark
  private let server = Mutex<InFlightServer?>(nil)

  /// Begins a sweep: everything it will need to be resumed is on the disk when this returns, and the sweep is owned.
  ///
  /// - Throws: 73 where the directory cannot be made, 74 where the disk is full or fails.
  package static func create(
    in state: StateDirectory, manifest: SweepManifest, inventory: Inventory, catalogue: Catalogue,
    excluded: [ID<Terminal>: String]
  ) throws(Failure) -> Journal {
    let directory = try state.makeDirectory(for: manifest.id)
    let founding = Founding(manifest: manifest, inventory: inventory, catalogue: catalogue, excluded: excluded)
    do {
      let lock = try OwnerLock(directory)
      let journal = try directory.perform {
        let database = try Connection.owner(directory)
        let run = try database.write { db in
          try Schema.migrate(db)
          try founding.write(db)
          return try beginRun(db, at: manifest.started, tool: manifest.tool)
        }
        return try Journal(directory, database: database, lock: lock, run: run)
      }
      try state.makeDurable(directory)
      journal.mark.sync()
      return journal
    } catch {
      // Nobody was contacted: a sweep that could not begin leaves nothing behind.
      state.remove(directory)
      throw error
    }
  }

  /// Goes on with a sweep.
  ///
  /// - Parameter amending: asked once the sweep is owned, before anything is recorded; what it returns is recorded as an
  ///   amendment. Where it throws, the sweep is given up as it was.
  /// - Throws: 66 where there is no such sweep, 75 where another process owns it, 65 where its journal does not verify or
  ///   is a newer Tenken's, 74 where the disk is full or fails; and what `amending` throws.
  package static func open(
    in state: StateDirectory, sweep: ID<SweepManifest>, at now: Timestamp, tool: String,
    amending: (JournalReader) throws(Failure) -> AmendedInputs? = { _ in nil }
  ) throws(Failure) -> Journal {
    let directory = state.directory(of: sweep)
    try directory.expectJournal()
    let lock = try OwnerLock(directory)
    let mark = HighWaterMark.level(at: directory.highWaterMark)
    return try directory.perform {
      let database = try Connection.owner(directory)
      try database.write { db in
        try Schema.recognise(db, in: directory)
        try Schema.check(db, in: directory)
        try HighWaterMark.expect(mark, db, in: directory)
        try Schema.migrate(db)
      }
      let inputs = try amending(JournalReader(directory, database: database))
      let run = try database.write { db in
        let run = try beginRun(db, at: now, tool: tool)
        if let inputs {
          var writer = try AmendmentWriter(db, inputs)
          try writer.write(run: run, at: now)
        }
        return run
      }
      return try Journal(directory, database: database, lock: lock, run: run)
    }
  }

  private init(_ directory: SweepDirectory, database: DatabaseQueue, lock: OwnerLock, run: Int) throws {
    self.directory = directory
    self.database = database
    self.lock = lock
    self.run = run
    sweep = directory.id
    reader = JournalReader(directory, database: database)
    let mark = try HighWaterMark(directory)
    self.mark = mark
    let (checks, known) = try database.read { db in
      mark.raise(to: db)
      let rows = try Row.fetchAll(db, sql: "SELECT id, ordinal FROM catalogue_check")
      return (try rows.map { (try $0.id(0, of: Check.self), try $0.integer(1)) }, try KnownOutputs(db))
    }
    commits = GroupCommit(
      database, directory: directory, run: run, mark: mark, checks: Dictionary(uniqueKeysWithValues: checks),
      known: known)
  }

  /// Returns when the attempt is on the disk, never before. To record the same attempt twice is to record it once.
  ///
  /// - Throws: 74 where the disk is full or fails, and from then on always: after a failed write, nothing that this
  ///   process could still write can be trusted. 70 for an attempt that cannot be: an unknown terminal or check, another
  ///   content under the same number.
  package func record(_ attempt: Attempt) async throws(Failure) {
    try await commits.add(SealedAttempt(attempt)).get()
  }

  /// Returns when all of them are on the disk, in this order; all or none are.
  ///
  /// - Throws: as `record(_:)` of an attempt.
  package func record(_ conditions: [SiteCondition]) async throws(Failure) {
    try await commits.add(.conditions(conditions)).get()
  }

  /// Returns when it is on the disk which limits this process goes beyond, as a person has decided: before it contacts
  /// anybody.
  ///
  /// - Throws: 74 where the disk is full or fails, 70 for the limit of a site that the sweep does not have.
  package func override(_ limits: Set<LimitOverride>) throws(Failure) {
    guard !limits.isEmpty else { return }
    try commits.expectRunning()
    try directory.perform {
      try database.write { db in
        for limit in limits.sorted(by: { $0.text < $1.text }) { try ConditionWriter(db, run: run).write(limit) }
      }
    }
  }

  /// Says how this process ended its work. Without it, a reader sees that the process was cut off.
  package func finishRun(_ ending: SweepRun.Ending, at now: Timestamp) throws(Failure) {
    try commits.expectRunning()
    try directory.perform {
      try database.write { db in
        try db.execute(
          sql: "INSERT INTO run_end (run, ended_ms, ending) VALUES (?, ?, ?)",
          arguments: [run, now.milliseconds, ending.rawValue])
      }
    }
  }

  /// Tells whoever asks for it, from now until `close`, which contacts are being made: see `StateDirectory.inFlight`.
  package func tellInFlight(_ contacts: @escaping @Sendable () -> [InFlight]) {
    server.withLock { server in
      server?.stop()
      server = InFlightServer(directory, contacts: contacts)
    }
  }

  /// Gives the sweep up for others to own. Attempts that are being recorded are recorded first; later ones are refused.
  package func close() {
    // Everything recorded is on the disk already. Moving it from the log into the database is a courtesy to whoever
    // copies the file; when it fails, the next owner does it.
    let closed = Failure(
      .bug, "cannot record", why: "the journal is closed", next: "This is a mistake in Tenken: please report it.")
    try? database.writeWithoutTransaction { db in
      try commits.stop(db, reason: closed)
      _ = try db.checkpoint(.truncate)
    }
    server.withLock { $0?.stop() }
    mark.sync()
    try? database.close()
    lock.release()
  }

  private static func beginRun(_ db: Database, at now: Timestamp, tool: String) throws -> Int {
    try db.execute(
      sql: "INSERT INTO run (started_ms, process_id, tool) VALUES (?, ?, ?)",
      arguments: [now.milliseconds, getpid(), tool])
    return Int(db.lastInsertedRowID)
  }
}
