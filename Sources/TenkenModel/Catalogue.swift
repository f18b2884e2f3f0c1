/// All the checks that a sweep can choose from, sorted by id.
package struct Catalogue: Sendable {
  package let checks: [Check]
  package let sources: SourceFiles
  /// Of `sources`, by `SourceFiles.digest` of TenkenCrypto.
  package let digest: Digest

  package init(checks: [Check], sources: SourceFiles, digest: Digest) {
    self.checks = checks.sorted { $0.id < $1.id }
    self.sources = sources
    self.digest = digest
  }

  package subscript(id: ID<Check>) -> Check? { checks.first { $0.id == id } }
}
