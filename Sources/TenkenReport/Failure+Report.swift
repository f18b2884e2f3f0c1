internal import Glibc
internal import TenkenModel

extension Failure {
  /// - Parameter code: an `errno`.
  static func reportNotWritten(_ failure: Failure.Code, _ path: String, _ code: Int32) -> Failure {
    let next =
      switch code {
      case ENOSPC, EDQUOT: "Make room, or write the report elsewhere with --output; the sweep itself is not touched"
      case EACCES, EPERM, EROFS: "Choose a directory that you may write to with --output"
      case ENOTDIR, EEXIST: "Something else stands at this path: choose another with --output"
      default: "Write the report elsewhere with --output; the sweep itself is not touched"
      }
    return Failure(
      failure, "the report cannot be written to \(path.escapedForPeople())", why: String(cString: strerror(code)),
      next: next)
  }
}
