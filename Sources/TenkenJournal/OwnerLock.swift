internal import Glibc
internal import TenkenModel

/// Held by the one process that may write to a sweep; gone with the process, however it ends.
///
/// An open file description lock (fcntl(2)), not flock(2): a watcher can ask whether it is held without taking it even
/// for an instant, so `tenken status` never makes a `tenken resume` fail. The descriptor is closed on exec: a program
/// started by the owner does not inherit the lock.
final class OwnerLock: Sendable {
  enum State: Equatable {
    case free
    /// The process id, as the owner wrote it; `nil` where it has not yet.
    case held(by: Int32?)
  }

  // linux/fcntl.h; Glibc's module leaves them out, as they need _GNU_SOURCE.
  private static let getLock: Int32 = 36  // F_OFD_GETLK
  private static let setLock: Int32 = 37  // F_OFD_SETLK

  private let descriptor: Int32

  /// - Throws: 75 where another process, or another journal of this process, holds it.
  init(_ directory: SweepDirectory) throws(Failure) {
    let descriptor = open(directory.lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw Failure(
        .permissions, "cannot open the lock \(directory.lock)", why: SystemError.text(),
        next: "Give yourself read and write access to \(directory.path).")
    }
    guard Self.set(F_WRLCK, on: descriptor) else {
      let owner = Self.state(of: directory)
      close(descriptor)
      throw Self.owned(directory, by: owner)
    }
    self.descriptor = descriptor
    writeProcessID()
  }

  deinit { close(descriptor) }

  func release() { _ = Self.set(F_UNLCK, on: descriptor) }

  static func state(of directory: SweepDirectory) -> State {
    let descriptor = open(directory.lock, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return .free }
    defer { close(descriptor) }
    var lock = whole(F_WRLCK)
    guard fcntl(descriptor, getLock, &lock) == 0, lock.l_type != Int16(F_UNLCK) else { return .free }
    var digits = [UInt8](repeating: 0, count: 16)
    let count = pread(descriptor, &digits, digits.count, 0)
    return .held(by: Int32(String(decoding: digits.prefix(max(0, count)).prefix { $0 != 0x0A }, as: UTF8.self)))
  }

  private static func set(_ type: Int32, on descriptor: Int32) -> Bool {
    var lock = whole(type)
    return fcntl(descriptor, setLock, &lock) == 0
  }

  private static func whole(_ type: Int32) -> flock {
    var lock = flock()
    lock.l_type = Int16(type)
    lock.l_whence = Int16(SEEK_SET)
    return lock
  }

  /// For messages only. That it fails on a full disk is no reason not to own the sweep.
  private func writeProcessID() {
    let digits = Array("\(getpid())\n".utf8)
    if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, digits, digits.count, 0) }
  }

  private static func owned(_ directory: SweepDirectory, by state: State) -> Failure {
    let owner =
      if case .held(by: let pid?) = state { "another process (pid \(pid))" } else { "another process" }
    return Failure(
      .tryLater, "cannot go on with the sweep \(directory.id)", why: "owned by \(owner)",
      next: "`tenken status \(directory.id)` watches it; when it has ended, `tenken resume \(directory.id)` goes on.")
  }
}
