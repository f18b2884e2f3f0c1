import Foundation

/// The working tree that these tests were built from.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func text(of path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Every Swift file under a top directory: `Sources`, `Tests`.
  static func swiftFiles(under top: String) throws -> [SourceFile] {
    try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: top).resolvingSymlinksInPath().path)
      .filter { $0.hasSuffix(".swift") }.sorted()
      .map { SourceFile(path: "\(top)/\($0)", text: try text(of: "\(top)/\($0)")) }
  }
}
