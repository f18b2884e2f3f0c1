internal import Foundation
internal import GRDB
internal import TenkenModel

extension SweepDirectory {
  /// Runs `body`; what the database says when it fails is told as a `Failure`.
  func perform<Value>(_ body: () throws -> Value) throws(Failure) -> Value {
    do { return try body() } catch { throw failure(error) }
  }

  func failure(_ error: any Error) -> Failure {
    switch error {
    case let failure as Failure: failure
    case let error as DatabaseError: failure(of: error)
    case let refusal as Refusal: bug(refusal.why)
    case is RowDecodingError, is DecodingError, is FactCells.Malformed: doesNotVerify("\(error)")
    case is Packing.Malformed: doesNotVerify("an output does not unpack to what it was")
    default: bug("\(error)")
    }
  }

  /// What stands in the file is not what Tenken wrote.
  func doesNotVerify(_ why: String) -> Failure {
    Failure(
      .badInput, "the journal \(journal) does not verify", why: why,
      next: "Nothing was changed in it. Keep \(path) as it is, and resume from a copy of it that verifies.")
  }

  func bug(_ why: String) -> Failure {
    Failure(
      .bug, "the journal \(journal) refused a record", why: why,
      next: "This is a mistake in Tenken: please report it with this message. `tenken resume \(id)` goes on.")
  }

  private func failure(of error: DatabaseError) -> Failure {
    let said = error.message.map { "\($0) (SQLite: \(error.extendedResultCode))" } ?? "\(error.extendedResultCode)"
    switch error.resultCode {
    case .SQLITE_FULL: return cannotWrite("no space left on the device: \(said)", remedy: "Make space")
    case .SQLITE_IOERR: return cannotWrite("the device failed: \(said)", remedy: "Check the device")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT: return doesNotVerify(said)
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return Failure(
        .tryLater, "the journal \(journal) is held by another program", why: said, next: "Try again when it has ended.")
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
      return Failure(
        .permissions, "cannot open the journal \(journal)", why: said,
        next: "Give yourself read and write access to \(path), or copy it to where you have it.")
    default: return bug(said)
    }
  }

  private func cannotWrite(_ why: String, remedy: String) -> Failure {
    Failure(
      .inputOutput, "cannot write the journal \(journal)", why: why,
      next: "What was recorded is kept. \(remedy), then `tenken resume \(id)` does what is left.")
  }
}
