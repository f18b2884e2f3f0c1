import Foundation
import TenkenModel

@testable import TenkenChecks

/// One specimen of a check: `plant.sh` builds a small root in the directory that it is given, `expect` says what the
/// check must answer there. Its lines are `KEY: VALUE`:
///
/// - `result:` one of the seven results;
/// - `message:` a part of the message, any number of lines;
/// - `fact:` name and values between ` | `, with the escapes of facts; all of them, in any order;
/// - `param:` `name=value` instead of the header's default;
/// - `as:` `root` where planting needs root, `ordinary` where the check must run without it.
struct Fixture: Sendable, CustomStringConvertible {
  enum Login: String { case anyone, root, ordinary }

  let check: ID<Check>
  let name: String
  let directory: URL
  let login: Login
  let result: CheckResult
  let messages: [String]
  let facts: [Fact]
  let parameters: [String: String]

  var description: String { "\(check)/\(name)" }

  static func all(_ login: Login) -> [Fixture] {
    let fixtures = try? paths("check.sh").flatMap { check in
      try paths("expect", under: check.appending(path: "fixtures")).map { try Fixture(check.lastPathComponent, $0) }
    }
    return (fixtures ?? []).filter { $0.login == login }
  }

  /// The directories that hold a file of this name.
  static func paths(_ file: String, under directory: URL = Specimen.directory) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path()).sorted()
      .map { directory.appending(path: $0) }
      .filter { FileManager.default.fileExists(atPath: $0.appending(path: file).path()) }
  }

  init(_ check: String, _ directory: URL) throws {
    var values: [String: [String]] = [:]
    for line in try String(contentsOf: directory.appending(path: "expect"), encoding: .utf8).split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, ["result", "message", "fact", "param", "as"].contains(parts[0]) else {
        throw InputProblem(file: directory.path(), what: "not a line of expect: \(line)", fix: "KEY: VALUE")
      }
      values[String(parts[0]), default: []].append(String(parts[1]))
    }
    guard let id = ID<Check>(check), let result = CheckResult(rawValue: values["result"]?.first?.trimmed ?? ""),
      let login = Login(rawValue: values["as"]?.first?.trimmed ?? "anyone")
    else { throw InputProblem(file: directory.path(), what: "no result, or an unknown login", fix: "result: pass") }
    self.check = id
    name = directory.lastPathComponent
    self.directory = directory
    self.result = result
    self.login = login
    messages = (values["message"] ?? []).map(\.trimmed)
    facts = (values["fact"] ?? []).compactMap(Self.fact)
    let words = (values["param"] ?? []).map { $0.trimmed.split(separator: "=", maxSplits: 1).map(String.init) }
    parameters = Dictionary(words.map { ($0[0], $0[1]) }) { _, last in last }
  }

  private static func fact(_ line: String) -> Fact? {
    let values = line.split(separator: "|", omittingEmptySubsequences: false)
      .map { FactLine.unescaped(Array($0.trimmed.utf8)[...]) ?? "not readable: \($0)" }
    return Fact(name: values[0], values: Array(values.dropFirst()))
  }
}
