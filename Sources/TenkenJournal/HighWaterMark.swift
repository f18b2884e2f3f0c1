internal import GRDB
internal import Glibc
internal import TenkenModel

/// How much of a sweep this state directory has seen recorded. It is kept apart from the sweep's own directory, so that
/// an older copy of a journal, put back by whoever restores a backup, is noticed instead of gone on with.
///
/// It is raised after each commit, with one write and no sync: after a power loss it may say less than there is, and
/// never more.
final class HighWaterMark: Sendable {
  /// What a journal held. A run is known by when it began and by whom: two that go on from one copy are two histories.
  struct Level: Equatable, Sendable {
    var run = 0
    var runStarted = 0
    var processID = 0
    var attempts = 0
    var conditions = 0
    var amendments = 0
  }

  private let descriptor: Int32

  /// - Throws: 73 where it cannot be kept.
  init(_ directory: SweepDirectory) throws(Failure) {
    let parent = directory.highWaterMark.prefix(upTo: directory.highWaterMark.lastIndex(of: "/")!)
    if mkdir(String(parent), 0o700) != 0, errno != EEXIST { throw Self.cannotKeep(directory) }
    descriptor = open(directory.highWaterMark, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Self.cannotKeep(directory) }
    // What is longer than a mark is none.
    if lseek(descriptor, 0, SEEK_END) > 2 * Self.text(Level()).utf8.count { _ = ftruncate(descriptor, 0) }
  }

  deinit { close(descriptor) }

  /// To what the journal holds now; called between transactions. That it cannot be written costs the mark, not the
  /// sweep.
  func raise(to db: Database) {
    guard let level = try? Level(of: db) else { return }
    let record = Self.text(level)
    // Twice: a reader who meets the write half done sees two that differ.
    let bytes = Array((record + record).utf8)
    _ = pwrite(descriptor, bytes, bytes.count, 0)
  }

  /// After a power loss the mark is there.
  func sync() { _ = fdatasync(descriptor) }

  /// - Throws: 65 where the journal holds less than was recorded, or something else.
  ///
  /// - Parameter mark: as it was before `db` looked at anything: a running owner raises it after each commit.
  static func expect(_ mark: Level?, _ db: Database, in directory: SweepDirectory) throws {
    guard let mark else { return }
    let found = try Level(of: db)
    let sameRun = try Row.fetchOne(
      db, sql: "SELECT 1 FROM run WHERE number = ? AND started_ms = ? AND process_id = ?",
      arguments: [mark.run, mark.runStarted, mark.processID])
    guard sameRun != nil, found.attempts >= mark.attempts, found.conditions >= mark.conditions,
      found.amendments >= mark.amendments
    else { throw older(found, than: mark, in: directory) }
  }

  /// `nil` where there is none that can be read.
  static func level(at path: String) -> Level? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    // A second look, where a write was half done at the first.
    for _ in 0..<3 {
      var bytes = [UInt8](repeating: 0, count: 1024)
      let count = pread(descriptor, &bytes, bytes.count, 0)
      let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
      let lines = text.split(separator: "\n")
      if lines.count == 2, lines[0] == lines[1], let level = level(String(lines[0])) { return level }
    }
    return nil
  }

  /// Of one width, whatever the numbers are.
  private static func text(_ level: Level) -> String {
    [level.run, level.runStarted, level.processID, level.attempts, level.conditions, level.amendments].map { number in
      let digits = String(number)
      return String(repeating: "0", count: max(0, 19 - digits.utf8.count)) + digits
    }.joined(separator: " ") + "\n"
  }

  private static func level(_ line: String) -> Level? {
    let numbers = line.split(separator: " ").compactMap { Int($0) }
    guard numbers.count == 6 else { return nil }
    return Level(
      run: numbers[0], runStarted: numbers[1], processID: numbers[2], attempts: numbers[3], conditions: numbers[4],
      amendments: numbers[5])
  }

  private static func older(_ found: Level, than mark: Level, in directory: SweepDirectory) -> Failure {
    let here = "\(found.attempts.grouped) attempts in \(found.run.grouped) runs"
    let recorded = "\(mark.attempts.grouped) attempts in \(mark.run.grouped) runs"
    return Failure(
      .badInput, "the journal \(directory.journal) is not the one that was last written here",
      why: "it holds \(here), and \(recorded) were recorded: an older copy was put back, or one that went on elsewhere",
      next: "Put the newer one back, with its -wal file. Where that is lost for good, remove "
        + "\(directory.highWaterMark): what this copy lacks is then contacted again.")
  }

  private static func cannotKeep(_ directory: SweepDirectory) -> Failure {
    Failure(
      .cannotCreate, "cannot keep the high-water mark \(directory.highWaterMark)", why: SystemError.text(),
      next: "Make space, or give yourself write access there.")
  }
}

extension HighWaterMark.Level {
  fileprivate init(of db: Database) throws {
    let version = try db.integer("PRAGMA user_version")
    let row = try db.cachedStatement(sql: "SELECT number, started_ms, process_id FROM run ORDER BY number DESC LIMIT 1")
    if let run = try Row.fetchOne(row) {
      (self.run, runStarted, processID) = (Int(try run.integer(0)), Int(try run.integer(1)), Int(try run.integer(2)))
    }
    attempts = try Self.highest("attempt", "id", db)
    conditions = version >= 2 ? try Self.highest("site_condition", "id", db) : 0
    amendments = version >= 3 ? try Self.highest("amendment", "number", db) : 0
  }

  private static func highest(_ table: String, _ column: String, _ db: Database) throws -> Int {
    try Int.fetchOne(db.cachedStatement(sql: "SELECT coalesce(max(\(column)), 0) FROM \(table)")) ?? 0
  }
}
