internal import Glibc
internal import TenkenModel

/// The directory of one sweep: its journal (SQLite keeps two files more beside it while someone has it open) and the
/// lock of the process that owns it. Nothing in it depends on where it lies.
struct SweepDirectory: Sendable {
  let id: ID<SweepManifest>
  let path: String

  var journal: String { "\(path)/journal.sqlite" }
  var writeAheadLog: String { "\(journal)-wal" }
  var lock: String { "\(path)/lock" }
  /// Beside the directory of the sweeps, so that whoever puts back a copy of this one does not put it back too.
  var highWaterMark: String { "\(path.dropLast("sweeps/\(id)".count))high-water/\(id)" }
}

extension SweepDirectory {
  /// - Throws: 66 where there is no such sweep, or it was cut off before its journal was made.
  func expectJournal() throws(Failure) {
    guard access(path, F_OK) == 0 else {
      throw Failure(
        .noSuchInput, "there is no sweep \(id)", why: "\(path): \(SystemError.text())",
        next: "`tenken sweeps` lists those that there are.")
    }
    guard access(journal, F_OK) == 0 else { throw notBegun }
  }

  /// The transaction that begins a sweep was not committed.
  var notBegun: Failure {
    Failure(
      .noSuchInput, "the sweep \(id) never began",
      why: "it was cut off before anything was recorded and anyone was contacted",
      next: "Start it again with `tenken sweep`; \(path) can be removed.")
  }
}
