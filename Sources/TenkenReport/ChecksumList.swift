internal import Glibc
internal import TenkenCrypto
internal import TenkenModel

/// `SHA256SUMS`: the digest of every file of the report, in the form that `sha256sum --check` reads (sha256sum(1)).
struct ChecksumList {
  static let name = "SHA256SUMS"

  let directory: ReportDirectory

  /// Of what stands in the directory now: files that an earlier run wrote of the same sweep belong to the report too.
  ///
  /// - Throws: `inputOutput`.
  func write() throws(Failure) {
    let file = try ReportFile(Self.name, in: directory.path)
    for name in directory.names.filter(ReportDocument.isName).sorted() {
      let digest = try digest(of: "\(directory.path)/\(name)")
      file.write(Array("\(digest)  \(name)\n".utf8))
    }
    try file.commit()
  }

  private func digest(of path: String) throws(Failure) -> String {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure.reportNotWritten(.inputOutput, path, errno) }
    defer { close(descriptor) }
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure.reportNotWritten(.inputOutput, path, errno) }
      if count == 0 { return Digest(sha256: hash.finish()).hex }
      hash.update(buffer[..<count])
    }
  }
}
