internal import ArgumentParser
internal import Foundation
internal import TenkenModel
internal import TenkenPipeline

/// Where checks come from.
struct CatalogueOptions: ParsableArguments {
  @Option(name: .customLong("checks"), help: "A directory of checks; may be given several times. By default ./checks.")
  var directories: [String] = []

  /// - Parameter directory: named by itself, in place of those named with --checks.
  func catalogue(
    _ directory: String? = nil, scripts: [String] = [], indicators: String? = nil
  ) throws -> Catalogue {
    try Inputs.catalogue(
      directories: try directory.map { [$0] } ?? places(), scripts: scripts, indicators: indicators)
  }

  /// Those named; else `./checks`, else the catalogue that was installed beside the program.
  func places() throws(Failure) -> [String] {
    guard directories.isEmpty else { return directories }
    let installed = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "share/tenken/checks").path
    for place in ["checks", installed] where FileManager.default.fileExists(atPath: place) { return [place] }
    throw Failure(
      .noSuchInput, "there is no catalogue of checks", why: "neither ./checks nor \(installed) exists",
      next: "Name a directory of checks with --checks DIR.")
  }
}
