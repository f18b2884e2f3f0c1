import TenkenModel

/// What the file `expect` of a fixture says, and everything that is wrong with it. Pure.
///
/// Its lines are `KEY: VALUE`; empty ones and those that begin with `#` say nothing. What the check's header does not
/// declare cannot be expected.
struct FixtureExpectation {
  private(set) var result: CheckResult?
  private(set) var login = Fixture.Login.anyone
  private(set) var messages: [String] = []
  private(set) var facts: [Fact] = []
  private(set) var parameters: [String: String] = [:]
  private(set) var problems: [InputProblem] = []

  private let check: Check
  private let file: String
  private var line = 0

  private static let keys = ["result", "message", "fact", "param", "as"]

  init(_ text: String, of check: Check, file: String) {
    self.check = check
    self.file = file
    for text in text.split(separator: "\n", omittingEmptySubsequences: false) {
      line += 1
      guard !text.trimmed.isEmpty, !text.hasPrefix("#") else { continue }
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      read(key: parts[0].trimmed, parts.count == 2 ? parts[1].trimmed : nil)
    }
    if result == nil, problems.isEmpty {
      problems.append(InputProblem(file: file, what: "no result", fix: "write `result: pass`"))
    }
  }

  private mutating func read(key: String, _ value: String?) {
    guard let value, Self.keys.contains(key) else {
      return note(
        "\(key.quoted) is no key of a fixture", "write `KEY: VALUE` with \(Self.keys.joined(separator: ", "))")
    }
    switch key {
    case "result": readResult(value)
    case "as": readLogin(value)
    case "fact": readFact(value)
    case "param": readParameter(value)
    default: messages.append(value)
    }
  }

  private mutating func readResult(_ value: String) {
    guard result == nil else { return note("a second result", "a specimen has one") }
    result = CheckResult(rawValue: value)
    if result == nil {
      note(
        "there is no result \(value.quoted)",
        "write one of \(CheckResult.allCases.map(\.rawValue).joined(separator: ", "))")
    }
  }

  private mutating func readLogin(_ value: String) {
    guard let login = Fixture.Login(rawValue: value) else {
      return note("there is no login \(value.quoted)", "write root or ordinary")
    }
    self.login = login
  }

  private mutating func readFact(_ value: String) {
    let fields = value.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
    let values = fields.dropFirst().compactMap { FactLine.unescaped(Array($0.utf8)[...]) }
    guard values.count == fields.count - 1 else {
      return note("an escape that is none", #"write \\ \t \n \r or \xNN"#)
    }
    guard let declared = check.facts.first(where: { $0.name == fields[0] }) else {
      return note("the header declares no fact \(fields[0].quoted)", "write `fact: NAME | VALUE | ...`")
    }
    guard declared.columns.count == values.count else {
      return note(
        "\(declared.name) has \(declared.columns.count) columns, not \(values.count)",
        "write a value for each of \(declared.columns.joined(separator: ", "))")
    }
    facts.append(Fact(name: declared.name, values: values))
  }

  private mutating func readParameter(_ value: String) {
    let parts = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, check.parameters.contains(where: { $0.name == parts[0] }) else {
      return note("the header declares no parameter \(parts[0].quoted)", "write `param: NAME=VALUE`")
    }
    parameters[parts[0]] = parts[1]
  }

  private mutating func note(_ what: String, _ fix: String) {
    problems.append(InputProblem(file: file, line: line, what: what, fix: fix))
  }
}
