import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenChecks

struct ShellCheckTests {
  static let isInstalled = Specimen.program("shellcheck") != nil

  @Test(.enabled(if: isInstalled, "shellcheck is not installed"))
  func `shellcheck finds nothing in the catalogue, and something in a bad script`() throws {
    #expect(try ShellCheck.run(try Specimen.catalogue()) == .problems([]))
    let bad = try CatalogueReader.parse(
      CheckText.sources(CheckText.script("x=read\nif [ $x = y ]\nthen exit 101\nfi\n")))
    guard case .problems(let problems) = try ShellCheck.run(bad) else {
      Issue.record("shellcheck was not found")
      return
    }
    #expect(problems.first?.line == 11)
    #expect(problems.first?.fix == "https://www.shellcheck.net/wiki/SC2209")
  }

  @Test func `where it is not installed that is said`() {
    #expect(ShellCheck(path: "/nonexistent:") == nil)
  }

  @Test func `one that cannot run is a failure, not silence`() async throws {
    try await withTemporaryDirectory { directory in
      let program = directory.appending(path: "shellcheck")
      try Data("no program\0".utf8).write(to: program)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path())
      let shellcheck = try #require(ShellCheck(path: directory.path()))
      let check = try CheckText.check(CheckText.script())
      #expect(throws: Failure.self) { try shellcheck.problems(in: check) }
    }
  }
}
