internal import Foundation
internal import TenkenChecks
package import TenkenModel

/// Makes checks of scripts that somebody else wrote: each gets a directory, the script as it is, and a sidecar.
package struct CheckImport: Sendable {
  /// What became of one file.
  package struct Entry: Sendable, Hashable {
    /// Inside the directory that was imported.
    package let path: String
    /// `nil` where it was refused.
    package let id: String?
    package let reason: String
  }

  private let resultProtocol: Check.ResultProtocol
  private let values: [String: String]

  /// - Parameter values: of parameters, by their names.
  package init(by resultProtocol: Check.ResultProtocol, values: [String: String] = [:]) {
    self.resultProtocol = resultProtocol
    self.values = values
  }

  /// Imports every script under `directory`. What is there already is not written over.
  ///
  /// - Throws: 66 where there is no such directory, 73 where `output` cannot be written.
  package func run(_ directory: String, to output: String) throws(Failure) -> [Entry] {
    var entries: [Entry] = []
    var found: [(path: String, script: ForeignScript, files: [SourceFiles.File])] = []
    var taken: Set<String> = []
    for path in try files(under: directory) {
      do throws(ForeignScript.Refusal) {
        guard let bytes = FileManager.default.contents(atPath: "\(directory)/\(path)") else {
          throw ForeignScript.Refusal(reason: "it cannot be read: make it readable for whoever runs Tenken")
        }
        let script = try ForeignScript(Array(bytes), at: path, by: resultProtocol, values: values)
        guard taken.insert(script.id).inserted else {
          throw ForeignScript.Refusal(reason: "a second \(script.id): rename it")
        }
        let files = try files(of: script, to: output)
        found.append((path, script, files))
      } catch {
        entries.append(Entry(path: path, id: nil, reason: error.reason))
      }
    }
    for (path, script, files) in found {
      try write(files, to: "\(output)/\(script.id)", in: output)
      entries.append(Entry(path: path, id: script.id, reason: ""))
    }
    return entries.sorted { $0.path < $1.path }
  }

  private func files(of script: ForeignScript, to output: String) throws(ForeignScript.Refusal) -> [SourceFiles.File] {
    let place = "\(output)/\(script.id)"
    guard !FileManager.default.fileExists(atPath: place) else {
      throw ForeignScript.Refusal(reason: "\(place) is there already")
    }
    let files = [
      SourceFiles.File(path: "\(script.id)/\(script.name)", bytes: script.bytes),
      SourceFiles.File(path: "\(script.id)/\(script.name).meta", bytes: Array(script.sidecar.utf8)),
    ]
    do throws(InputProblems) {
      _ = try CatalogueReader.parse(SourceFiles(origin: output, files: files))
    } catch {
      throw ForeignScript.Refusal(reason: "\(error)")
    }
    return files
  }

  private func write(_ files: [SourceFiles.File], to place: String, in output: String) throws(Failure) {
    do {
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      for file in files { try Data(file.bytes).write(to: URL(filePath: "\(output)/\(file.path)")) }
    } catch {
      try? FileManager.default.removeItem(atPath: place)
      throw Failure(
        .cannotCreate, "cannot write the check \(place.escapedForPeople())", why: error.localizedDescription,
        next: "Make space, or give yourself write access there, and import again: what is there already stays.")
    }
  }

  /// Sorted. Of ComplianceAsCode only what stands in a directory `sce`: what stands beside it mends, and does not look.
  private func files(under directory: String) throws(Failure) -> [String] {
    guard let names = FileManager.default.subpaths(atPath: directory) else {
      throw Failure(
        .noSuchInput, "there is no directory \(directory.escapedForPeople())", why: "it cannot be read",
        next: "Name the directory that holds the scripts.")
    }
    let files = names.sorted().filter { name in
      let isHidden = name.split(separator: "/").contains { $0.hasPrefix(".") }
      let type = try? FileManager.default.attributesOfItem(atPath: "\(directory)/\(name)")[.type] as? FileAttributeType
      return !isHidden && !name.hasSuffix(".meta") && type == .typeRegular
    }
    let engine = files.filter { $0.split(separator: "/").dropLast().contains("sce") }
    return resultProtocol == .sce && !engine.isEmpty ? engine : files
  }
}
