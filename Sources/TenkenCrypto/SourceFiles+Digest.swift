package import TenkenModel

extension SourceFiles {
  /// One digest for all the files: SHA-256 over a line a file, `<hex digest>  <path>\n`, in the order of the paths.
  /// These are the lines of sha256sum(1), so anyone can compute it without Tenken:
  /// `find . -type f -printf '%P\n' | LC_ALL=C sort | xargs sha256sum | sha256sum`.
  package var digest: Digest {
    var hash = SHA256()
    for file in files {
      hash.update("\(SHA256.digest(of: file.bytes))  \(file.path)\n".utf8)
    }
    return Digest(sha256: hash.finish())
  }
}
