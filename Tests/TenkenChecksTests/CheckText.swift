import TenkenChecks
import TenkenModel

/// Scripts for tests: a header that is complete, and what a test wants to have different.
enum CheckText {
  static let header = [
    "#% id: a.check", "#% version: 3", "#% title: A title", "#% severity: high", "#% class: integrity",
    "#% rationale: because it matters", "#% false-positives: none that are known",
    "#% remediation: mend what it says",
  ]

  /// `replacing` gives a line for a key, `nil` leaves it out.
  static func script(
    _ body: String = "exit 101\n", adding: [String] = [], replacing: [String: String?] = [:],
    shebang: String = "#!/bin/sh"
  ) -> String {
    let lines = header.compactMap { line -> String? in
      for (key, value) in replacing where line.hasPrefix("#% \(key):") {
        return value.map { "#% \(key): \($0)" }
      }
      return line
    }
    return ([shebang] + lines + adding).joined(separator: "\n") + "\n\n" + body
  }

  static func sources(_ script: String, directory: String = "a.check", meta: String? = nil) -> SourceFiles {
    var files = [SourceFiles.File(path: "\(directory)/check.sh", bytes: Array(script.utf8))]
    if let meta { files.append(SourceFiles.File(path: "\(directory)/check.sh.meta", bytes: Array(meta.utf8))) }
    return SourceFiles(origin: "checks", files: files)
  }

  static func check(_ script: String) throws -> Check {
    try CatalogueReader.parse(sources(script)).checks[0]
  }

  /// What is wrong with a script, a line each.
  static func problems(_ sources: SourceFiles) -> [String] {
    do throws(InputProblems) {
      _ = try CatalogueReader.parse(sources)
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  static func lint(_ body: String, interpreter: String = "sh") throws -> [String] {
    let text = script(body, shebang: "#!/bin/\(interpreter)")
    return Lint.problems(in: try CatalogueReader.parse(sources(text))).map {
      "\($0.line.map { $0 - 10 } ?? 0): \($0.what)"
    }
  }
}
