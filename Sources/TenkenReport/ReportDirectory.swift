internal import Glibc
internal import TenkenModel

/// The directory that a report is written to.
struct ReportDirectory {
  let path: String

  /// Makes the directory and what is missing above it, for its owner only. One that is there stays as it is.
  ///
  /// - Throws: `cannotCreate`.
  init(_ path: String) throws(Failure) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    var made = self.path.hasPrefix("/") ? "" : "."
    for part in self.path.split(separator: "/") {
      made += "/\(part)"
      if mkdir(made, 0o700) != 0, errno != EEXIST {
        throw Failure.reportNotWritten(.cannotCreate, made, errno)
      }
    }
    var status = stat()
    guard stat(self.path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw Failure.reportNotWritten(.cannotCreate, self.path, ENOTDIR)
    }
  }

  /// Of everything in it; empty where it cannot be read.
  var names: [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names
  }

  /// Makes the renames of the files in it durable.
  func sync() throws(Failure) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure.reportNotWritten(.inputOutput, path, errno) }
    defer { close(descriptor) }
    if fsync(descriptor) != 0 { throw Failure.reportNotWritten(.inputOutput, path, errno) }
  }
}
