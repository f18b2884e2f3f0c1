import Testing

/// What CONTRIBUTING.md asks of every file, where a machine can see it.
@Suite struct HouseRuleTests {
  private static let longestFile = 400
  private static let longestFunction = 60

  /// Structured concurrency only, and nobody sleeps until it works.
  private static let forbidden = ["Task {", "Task.detached", "Task.sleep", "Thread.sleep", "usleep(", "sleep("]
  /// Allowed where the line above, or the line itself, says why.
  private static let toExplain = ["@unchecked Sendable", "nonisolated(unsafe)", "fatalError(", "try!", " as! "]

  @Test func `the rules look at the files that there are`() throws {
    let paths = try ["Sources", "Tests"].flatMap(Repository.swiftFiles).map(\.path)
    #expect(paths.contains("Sources/TenkenModel/Plan.swift"))
    #expect(paths.contains("Tests/ArchitectureTests/HouseRuleTests.swift"))
  }

  @Test(arguments: ["Sources", "Tests"])
  func `files and functions keep to their length`(top: String) throws {
    for file in try Repository.swiftFiles(under: top) {
      #expect(file.lines.count <= Self.longestFile, "\(file.path)")
      for function in file.functionLengths {
        #expect(function.length <= Self.longestFunction, "\(file.path):\(function.line)")
      }
    }
  }

  @Test func `a file is named for its type`() throws {
    for file in try Repository.swiftFiles(under: "Sources") { #expect(file.declaresItsName, "\(file.path)") }
  }

  @Test(arguments: ["Sources", "Tests"])
  func `no task without a parent and no sleeping`(top: String) throws {
    for file in try Repository.swiftFiles(under: top) where file.room != "ArchitectureTests" {
      for line in file.code { #expect(Self.breach(of: line.text) == nil, "\(file.path):\(line.number)") }
    }
  }

  @Test func `what the compiler can't check says why it is right`() throws {
    for file in try Repository.swiftFiles(under: "Sources") {
      for line in file.code where Self.toExplain.contains(where: line.text.contains) {
        let explained = file.lines[max(0, line.number - 2)...(line.number - 1)].contains { $0.contains("//") }
        #expect(explained, "\(file.path):\(line.number): \(line.text)")
      }
    }
  }

  @Test(arguments: [
    ("    Task { await run() }", "Task {"), ("  try await Task.sleep(for: .seconds(1))", "Task.sleep"),
    ("sleep(3)", "sleep("), ("while !isAsleep() {", nil), ("  try await clock.sleep(until: deadline)", nil),
    ("  func sleep(until deadline: Instant) async throws {", nil), ("  // Task { would outlive us", nil),
    ("    group.addTask { await run() }", nil),
  ])
  func `a breach is seen, and nothing else is taken for one`(line: String, breach: String?) {
    let file = SourceFile(path: "Sources/TenkenSweep/Thing.swift", text: line)
    #expect(Self.breach(of: file.code[0].text) == breach)
  }

  @Test func `the length of a function is that of its body`() {
    let text = """
      struct Thing {
        package init(
          name: String
        ) {
          self.name = name
        }
        func short() -> Int { 1 }
        private static func two<T>(_ value: T) {
          if true {
          }
        }
      }
      """
    let file = SourceFile(path: "Sources/TenkenModel/Thing.swift", text: text)
    #expect(file.functionLengths.map(\.length) == [1, 2])
    #expect(file.functionLengths.map(\.line) == [2, 8])
  }

  @Test(arguments: [
    ("Thing", "package struct Thing: Sendable {", true), ("Thing", "  struct Thing {", false),
    ("Thing", "final class Things {", false), ("Thing+Text", "extension Thing {", true),
    ("Thing+Text", "struct Thing {", false), ("Thing", "// struct Thing", false),
  ])
  func `a type is found only where it is declared`(name: String, line: String, declared: Bool) {
    #expect(SourceFile(path: "Sources/TenkenModel/\(name).swift", text: line).declaresItsName == declared)
  }

  /// A clock that was handed in may be waited for (`clock.sleep`), and one may be written (`func sleep`); a group's
  /// `addTask {` has its parent.
  private static func breach(of line: String) -> String? {
    forbidden.first { word in
      guard let found = line.firstRange(of: word) else { return false }
      let before = line[..<found.lowerBound]
      if word == "Task {" { return before.last?.isLetter != true }
      guard word == "sleep(" else { return true }
      let isOwnWord = before.last.map { !$0.isLetter && $0 != "." } ?? true
      return isOwnWord && !before.hasSuffix("func ")
    }
  }
}
