internal import Glibc

/// What the system said of the last call that failed.
enum SystemError {
  static func text(_ code: Int32 = errno) -> String { String(cString: strerror(code)) }
}
