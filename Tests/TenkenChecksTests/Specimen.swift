import Foundation
import TenkenChecks
import TenkenModel

/// The catalogue that ships, and what of the machine a test of it needs.
enum Specimen {
  static let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "checks")

  static func catalogue() throws -> Catalogue {
    try CatalogueReader.parse(try CatalogueReader.read(directories: [directory.path()], scripts: []))
  }

  /// Of the directories of checks, sorted.
  static func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path()).sorted()
      .filter { FileManager.default.fileExists(atPath: directory.appending(path: "\($0)/check.sh").path()) }
  }

  /// Where a program is, if it is installed.
  static func program(_ name: String) -> String? {
    ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"].map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
