/// The files that an inventory or a catalogue was read from, byte for byte, by their path inside its directory.
///
/// The journal keeps them, and a resume reads them with the reader that read them first: what was planned from is
/// evidence in itself, and there is no second format that could say something else.
package struct SourceFiles: Sendable, Hashable {
  package struct File: Sendable, Hashable {
    /// Relative, with `/`: `terminals/tokyo.csv`.
    package let path: String
    package let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// Sorted by path, each path once.
  package let files: [File]
  /// Where they were read from: `inventories/example`; of several directories, with commas between them. A resume looks
  /// there whether they have changed.
  package let origin: String

  package init(origin: String, files: [File]) {
    self.origin = origin
    self.files = files.sorted { $0.path < $1.path }
  }

  /// Of a catalogue: the list of indicators that its sweep was given, the only file that stands in no directory.
  package var indicators: File? { files.first { !$0.path.contains("/") } }

  /// Of files that only one of the two has, or that are different, sorted.
  package func paths(otherThan other: SourceFiles) -> [String] {
    Set((files + other.files).map(\.path)).filter { self[$0] != other[$0] }.sorted()
  }

  package subscript(path: String) -> [UInt8]? { files.first { $0.path == path }?.bytes }
}
