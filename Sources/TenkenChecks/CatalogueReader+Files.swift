import Foundation
package import TenkenModel

extension CatalogueReader {
  /// Reads `DIR/ID/check.sh`, or `DIR/ID/NAME` beside a sidecar `NAME.meta`, of every directory in `directories`, and the `scripts`, which stand under `script/` among the sources. Fixtures are not read.
  /// The list of indicators stands among them by its own name, without a directory.
  ///
  /// A directory without a `check.sh` is kept as the path `ID/`, so that `parse` can say what is missing.
  ///
  /// - Throws: 66 where a directory or a script does not exist, 74 where one cannot be read, 65 where two are of one
  ///   name.
  package static func read(
    directories: [String], scripts: [String], indicators: String? = nil
  ) throws(Failure) -> SourceFiles {
    var files: [SourceFiles.File] = []
    for directory in directories { files += try checks(in: directory) }
    for script in scripts { files.append(try loose(script)) }
    if let indicators {
      let name = URL(filePath: indicators).lastPathComponent
      files.append(SourceFiles.File(path: name, bytes: try bytes(indicators, "the indicators")))
    }
    try refuseSecondNames(files)
    return SourceFiles(origin: directories.map(tidy).joined(separator: ", "), files: files)
  }

  private static func checks(in directory: String) throws(Failure) -> [SourceFiles.File] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    } catch {
      throw failure(directory, "the checks", error)
    }
    var files: [SourceFiles.File] = []
    for name in names where !name.hasPrefix(".") && isDirectory("\(directory)/\(name)") {
      var found: [SourceFiles.File] = []
      for part in parts(of: "\(directory)/\(name)") {
        found.append(SourceFiles.File(path: "\(name)/\(part)", bytes: try bytes("\(directory)/\(name)/\(part)")))
      }
      files += found.isEmpty ? [SourceFiles.File(path: "\(name)/", bytes: [])] : found
    }
    return files
  }

  /// The script and its sidecar: `check.sh`, or where somebody else named it, whatever a sidecar stands beside.
  private static func parts(of directory: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    let sidecars = names.filter { $0.hasSuffix(CheckPath.sidecarEnding) }
    let scripts = sidecars.map { String($0.dropLast(CheckPath.sidecarEnding.count)) } + [CheckPath.usualFile]
    return Set(sidecars + scripts).intersection(names).sorted()
  }

  private static func loose(_ script: String) throws(Failure) -> SourceFiles.File {
    let name = URL(filePath: script).lastPathComponent
    return SourceFiles.File(path: CheckPath(name: name, isLoose: true).script, bytes: try bytes(script))
  }

  /// At most one byte more than a check may have: enough for `parse` to refuse it.
  private static func bytes(_ path: String, _ what: String = "the script") throws(Failure) -> [UInt8] {
    do {
      let handle = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? handle.close() }
      return Array(try handle.read(upToCount: SourceText.limit + 1) ?? Data())
    } catch {
      throw failure(path, what, error)
    }
  }

  private static func refuseSecondNames(_ files: [SourceFiles.File]) throws(Failure) {
    var seen: Set<String> = []
    for file in files where !seen.insert(file.path).inserted {
      throw Failure(
        .badInput, "two checks are named \(file.path)", why: "they came from different directories",
        next: "Rename one of them, or give only one of the directories.")
    }
  }

  private static func isDirectory(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }

  private static func tidy(_ directory: String) -> String {
    directory.count > 1 && directory.hasSuffix("/") ? String(directory.dropLast()) : directory
  }

  private static func failure(_ path: String, _ what: String, _ error: any Error) -> Failure {
    if !FileManager.default.fileExists(atPath: path) {
      return Failure(
        .noSuchInput, "\(what) in \(path) cannot be read", why: "there is no such file or directory",
        next: "Give the right path, or run Tenken where it is.")
    }
    let reason = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError)?.localizedDescription
    return Failure(
      .inputOutput, "\(what) in \(path) cannot be read", why: reason ?? (error as NSError).localizedDescription,
      next: "Look at its type and at who may read it (ls -ld \(path)).")
  }
}
