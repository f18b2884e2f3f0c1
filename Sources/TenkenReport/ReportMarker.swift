internal import Glibc
internal import TenkenModel

/// Says which sweep the reports in a directory are of, so that those of two sweeps never stand side by side.
struct ReportMarker {
  static let name = ".tenken-report"

  private let directory: ReportDirectory
  private let sweep: ID<SweepManifest>
  /// Whether what stands in the directory is an earlier report of this sweep.
  let isSame: Bool

  /// Marks the directory as this sweep's.
  ///
  /// - Throws: `cannotCreate` where it holds reports of another sweep. A marker that was left behind without any
  ///   report counts for nothing.
  init(_ directory: ReportDirectory, for sweep: ID<SweepManifest>) throws(Failure) {
    self.directory = directory
    self.sweep = sweep
    let marked = Self.sweep(in: directory)
    isSame = marked == sweep
    if let marked, !isSame, directory.names.contains(where: ReportDocument.isName) {
      throw Failure(
        .cannotCreate, "the report of sweep \(sweep) cannot be written to \(directory.path.escapedForPeople())",
        why: "the report of sweep \(marked) stands there, and the two would mix",
        next: "Choose another directory with --output, or remove that report first")
    }
    guard !isSame else { return }
    let file = try ReportFile(Self.name, in: directory.path)
    file.write(Array("\(sweep)\n".utf8))
    try file.commit()
  }

  /// Removes the pages of an earlier report of this sweep that are not of this one.
  ///
  /// - Parameter names: of the pages that were written.
  func removePages(except names: Set<String>) throws(Failure) {
    guard isSame else { return }
    for name in directory.names where ReportDocument.isPageName(name) && !names.contains(name) {
      let path = "\(directory.path)/\(name)"
      if unlink(path) != 0, errno != ENOENT { throw Failure.reportNotWritten(.inputOutput, path, errno) }
    }
  }

  /// `nil` where there is no marker that can be read.
  private static func sweep(in directory: ReportDirectory) -> ID<SweepManifest>? {
    let descriptor = open("\(directory.path)/\(name)", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0, bytes[count - 1] == 0x0A else { return nil }
    return String(validating: bytes[..<(count - 1)], as: UTF8.self).flatMap { ID($0) }
  }
}
