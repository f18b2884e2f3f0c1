import Foundation
package import TenkenModel

/// Directories of checks -> their fixtures.
package enum FixtureReader {
  /// The fixtures of these checks, sorted by check and name. Files beside the cases (what several of them share) and
  /// hidden directories are none.
  ///
  /// - Parameter directories: those of the catalogue; a check has its fixtures where it stands itself.
  /// - Throws: `InputProblems` with everything that is wrong with them at once.
  package static func read(_ checks: [Check], in directories: [String]) throws(InputProblems) -> [Fixture] {
    var fixtures: [Fixture] = []
    var problems: [InputProblem] = []
    for check in checks {
      for directory in directories.map({ "\($0)/\(check.id)/fixtures" }) {
        for name in cases(in: directory) {
          do throws(InputProblems) {
            fixtures.append(try fixture(name, of: check, in: "\(directory)/\(name)"))
          } catch {
            problems += error.problems
          }
        }
      }
    }
    guard problems.isEmpty else { throw InputProblems(problems) }
    return fixtures
  }

  private static func cases(in directory: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.sorted().filter { name in
      var isDirectory: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: "\(directory)/\(name)", isDirectory: &isDirectory)
      return exists && isDirectory.boolValue && !name.hasPrefix(".")
    }
  }

  private static func fixture(_ name: String, of check: Check, in directory: String) throws(InputProblems) -> Fixture {
    let plant = "\(directory)/plant.sh"
    let file = "\(directory)/expect"
    var problems: [InputProblem] = []
    if !FileManager.default.fileExists(atPath: plant) {
      problems.append(
        InputProblem(
          file: plant, what: "there is no such file", fix: "a fixture is a directory with plant.sh and expect"))
    }
    guard let bytes = FileManager.default.contents(atPath: file) else {
      problems.append(
        InputProblem(file: file, what: "it cannot be read", fix: "a fixture is a directory with plant.sh and expect"))
      throw InputProblems(problems)
    }
    let expectation = FixtureExpectation(String(decoding: bytes, as: UTF8.self), of: check, file: file)
    problems += expectation.problems
    guard problems.isEmpty, let result = expectation.result else { throw InputProblems(problems) }
    return Fixture(
      check: check.id, name: name, plant: plant, login: expectation.login, result: result,
      messages: expectation.messages, facts: expectation.facts, parameters: expectation.parameters)
  }
}
