package import TenkenModel
import TenkenCrypto

/// Headers and scripts -> `Catalogue`.
package enum CatalogueReader {
  /// Turns the files into checks. Pure.
  ///
  /// - Throws: every problem of every file at once, each with its file and line.
  package static func parse(_ sources: SourceFiles) throws(InputProblems) -> Catalogue {
    var problems: [InputProblem] = []
    var checks: [Check] = []
    if sources.files.isEmpty {
      problems.append(
        InputProblem(file: sources.origin, what: "there is no check here", fix: "a check is a file ID/check.sh"))
    }
    for path in CheckPath.scripts(of: sources) {
      if let check = check(path, in: sources, &problems) { checks.append(check) }
    }
    problems += secondIDs(checks)
    if let list = sources.indicators { problems += give(list, to: &checks) }
    guard problems.isEmpty else { throw InputProblems(sorted(problems)) }
    return Catalogue(checks: checks, sources: sources, digest: sources.digest)
  }

  private static func check(_ path: CheckPath, in sources: SourceFiles, _ problems: inout [InputProblem]) -> Check? {
    let file = path.file(in: sources)
    guard let script = sources[path.script] else {
      problems.append(
        InputProblem(file: file, what: "there is no such file", fix: "a check is a directory with a check.sh in it"))
      return nil
    }
    if let second = secondSidecar(of: path, in: sources) {
      problems.append(
        InputProblem(
          file: second, what: "a second script in the directory of a check",
          fix: "give each script a directory of its own"))
    }
    do throws(InputProblem) {
      let text = try SourceText(script, file: file)
      let shebang = text.lines.first.flatMap { Shebang(line: $0) }
      var reader = HeaderReader()
      reader.read(script: text.lines, file: file)
      if let meta = sources[path.sidecar] {
        let sidecar = path.file(in: sources) + ".meta"
        reader.read(sidecar: try SourceText(meta, file: sidecar).lines, file: sidecar)
      }
      var builder = CheckBuilder(
        header: reader.header, file: file, name: path.file == CheckPath.usualFile ? nil : path.file,
        isForeign: sources[path.sidecar] != nil)
      let check =
        path.isLoose
        ? builder.check(named: path.name, script: script, shebang: shebang)
        : builder.check(in: path.name, script: script, shebang: shebang)
      problems += (path.isLoose ? [] : reader.problems) + builder.problems
      return check
    } catch {
      problems.append(error)
      return nil
    }
  }

  /// The list goes to every check that takes one.
  private static func give(_ list: SourceFiles.File, to checks: inout [Check]) -> [InputProblem] {
    do throws(InputProblems) {
      let text = try IndicatorList(list.bytes, file: list.path).text
      let takers = checks.indices.filter { checks[$0].parameters.contains(where: \.isIndicators) }
      for index in takers { checks[index].indicators = text }
      guard takers.isEmpty else { return [] }
      return [
        InputProblem(
          file: list.path, what: "no check takes indicators", fix: "give a catalogue that has ioc.files and ioc.network"
        )
      ]
    } catch {
      return error.problems
    }
  }

  /// Which of two scripts is meant is not guessed.
  private static func secondSidecar(of path: CheckPath, in sources: SourceFiles) -> String? {
    sources.files.map(\.path).first {
      !path.isLoose && $0.hasPrefix(path.name + "/") && $0.hasSuffix(CheckPath.sidecarEnding) && $0 != path.sidecar
    }
  }

  /// Two scripts of the command line may come to one id, `a b` and `a-b`.
  private static func secondIDs(_ checks: [Check]) -> [InputProblem] {
    var first: [ID<Check>: Check] = [:]
    return checks.compactMap { check in
      guard let earlier = first.updateValue(check, forKey: check.id) else { return nil }
      return InputProblem(
        file: check.file, what: "a second check \(check.id)", fix: "rename it; the first is \(earlier.file)")
    }
  }

  private static func sorted(_ problems: [InputProblem]) -> [InputProblem] {
    problems.sorted { ($0.file, $0.line ?? 0) < ($1.file, $1.line ?? 0) }
  }
}
