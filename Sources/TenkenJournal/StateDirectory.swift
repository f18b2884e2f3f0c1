internal import Foundation
internal import Glibc
package import TenkenModel

/// Where sweeps are kept: `sweeps/<sweep id>/`, one a sweep. It can be moved or copied as a whole.
package struct StateDirectory: Sendable {
  /// As it was given: relative to the working directory, or not.
  package let path: String

  package init(path: String) { self.path = path }

  var sweepsPath: String { "\(path)/sweeps" }

  /// Makes the directory where it is missing, for nobody but its owner, and refuses one that others can write to: who
  /// can write there can forge evidence.
  ///
  /// - Throws: 73 where it cannot be made or written to, 77 where it is not the user's own.
  package func prepare() throws(Failure) {
    try make(path, parents: true)
    try make(sweepsPath, parents: false)
    try expectPrivate(path)
    try expectPrivate(sweepsPath)
    guard access(sweepsPath, W_OK | X_OK) == 0 else { throw cannotCreate(sweepsPath, SystemError.text()) }
  }

  /// An id that no sweep here has: the time, in UTC, to the millisecond as two letters or digits, and two by chance:
  /// `20261124-053000-7t3f`. Sorted, the ids stand in the order in which their sweeps began.
  package func newSweepID(
    at now: Timestamp, using generator: inout some RandomNumberGenerator
  ) -> ID<SweepManifest> {
    // Crockford's base 32: no two of these are taken for one another when they are read aloud.
    let letters = Array("0123456789abcdefghjkmnpqrstvwxyz")
    let moment = "\(now.date)-\(now.time)".filter { $0 != ":" }
    let parts = moment.split(separator: "-")
    // 1,000 fits into two digits of base 32.
    let millisecond = Int((now.milliseconds % 1000 + 1000) % 1000)
    let fraction = String([letters[millisecond / 32], letters[millisecond % 32]])
    while true {
      let suffix = fraction + String((0..<2).map { _ in letters.randomElement(using: &generator)! })
      let text = "\(parts.dropLast().joined())-\(parts[parts.count - 1])-\(suffix)"
      if let id = ID<SweepManifest>(text), access(directory(of: id).path, F_OK) != 0 { return id }
    }
  }

  func directory(of sweep: ID<SweepManifest>) -> SweepDirectory {
    SweepDirectory(id: sweep, path: "\(sweepsPath)/\(sweep)")
  }

  /// The directory of a sweep that begins, with an empty journal.
  func makeDirectory(for sweep: ID<SweepManifest>) throws(Failure) -> SweepDirectory {
    let directory = directory(of: sweep)
    guard mkdir(directory.path, 0o700) == 0 else { throw cannotCreate(directory.path, SystemError.text()) }
    let journal = open(directory.journal, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard journal >= 0 else {
      let why = SystemError.text()
      remove(directory)
      throw cannotCreate(directory.journal, why)
    }
    close(journal)
    return directory
  }

  /// After a power loss, a directory is there only if the one that it stands in was synced.
  func makeDurable(_ directory: SweepDirectory) throws(Failure) {
    for path in [directory.path, sweepsPath, path] {
      let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      defer { close(descriptor) }
      guard descriptor >= 0, fsync(descriptor) == 0 else {
        throw Failure(
          .inputOutput, "cannot make \(path) durable", why: SystemError.text(),
          next: "Nobody was contacted. Check the device, then start the sweep again.")
      }
    }
  }

  func remove(_ directory: SweepDirectory) {
    for path in [directory.path, directory.highWaterMark] { try? FileManager.default.removeItem(atPath: path) }
  }

  /// With all that is in it.
  package func removeAll() { try? FileManager.default.removeItem(atPath: path) }

  private func make(_ path: String, parents: Bool) throws(Failure) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    let (code, why) = (errno, SystemError.text())
    let parent = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
    guard parents, code == ENOENT, !parent.isEmpty else { throw cannotCreate(path, why) }
    try make(parent, parents: true)
    try make(path, parents: false)
  }

  private func expectPrivate(_ path: String) throws(Failure) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw cannotCreate(path, SystemError.text()) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw cannotCreate(path, "it is not a directory") }
    guard status.st_uid == geteuid() else {
      throw notPrivate(path, "it belongs to another user (uid \(status.st_uid))", "Name a directory of your own")
    }
    guard status.st_mode & (S_IWGRP | S_IWOTH) == 0 else {
      throw notPrivate(path, "others than its owner can write to it", "Run `chmod go-w \(path)`, or name another")
    }
  }

  private func notPrivate(_ path: String, _ why: String, _ remedy: String) -> Failure {
    Failure(
      .permissions, "will not keep evidence in \(path)", why: why, next: "\(remedy) with --state or TENKEN_STATE.")
  }

  private func cannotCreate(_ path: String, _ why: String) -> Failure {
    Failure(
      .cannotCreate, "cannot create \(path)", why: why,
      next: "Name a directory that you can write to with --state or TENKEN_STATE.")
  }
}
