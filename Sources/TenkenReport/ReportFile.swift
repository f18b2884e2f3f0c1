internal import Glibc
internal import TenkenModel

/// A file that is either whole or not there: written beside its place, synced, then renamed into it. One that is not
/// committed leaves nothing behind.
final class ReportFile: ReportSink {
  private static let chunk = 256 * 1024

  private let path: String
  private let temporary: String
  private var descriptor: Int32
  private var pending: [UInt8] = []
  private var failure: Failure?

  /// - Throws: `cannotCreate`. The file is readable by its owner only: findings are a map for an intruder.
  init(_ name: String, in directory: String) throws(Failure) {
    path = "\(directory)/\(name)"
    temporary = "\(directory)/.\(name).tmp"
    // What an interrupted run left behind; opening with O_EXCL then follows no link that someone else put there.
    unlink(temporary)
    descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure.reportNotWritten(.cannotCreate, temporary, errno) }
    pending.reserveCapacity(Self.chunk + 4096)
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(temporary)
  }

  func write(_ bytes: [UInt8]) {
    pending.append(contentsOf: bytes)
    if pending.count >= Self.chunk { flush() }
  }

  /// Makes the file appear, whole. The rename itself is durable once the directory is synced.
  ///
  /// - Throws: the first thing that went wrong since the file was begun (`inputOutput`).
  func commit() throws(Failure) {
    flush()
    if failure == nil, fsync(descriptor) != 0 { fail(errno) }
    if let failure { throw failure }
    if rename(temporary, path) != 0 { throw Failure.reportNotWritten(.inputOutput, path, errno) }
    close(descriptor)
    descriptor = -1
  }

  private func flush() {
    defer { pending.removeAll(keepingCapacity: true) }
    guard failure == nil else { return }
    var written = 0
    while written < pending.count {
      let count = pending.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written) }
      if count < 0, errno == EINTR { continue }
      if count < 0 { return fail(errno) }
      written += count
    }
  }

  private func fail(_ code: Int32) { failure = Failure.reportNotWritten(.inputOutput, path, code) }
}
