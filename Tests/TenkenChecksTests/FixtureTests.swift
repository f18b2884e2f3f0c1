import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenChecks

/// The catalogue's fixtures are there; `FixtureTrialsTests` runs them.
struct FixtureTests {
  @Test(arguments: ShellUnderTest.allCases)
  func `the shell was there to be tried`(shell: ShellUnderTest) throws {
    try #require(ShellUnderTest.installed.contains(.dash) || ShellUnderTest.installed.contains(.bash))
    if !shell.isInstalled { try Test.cancel("\(shell.rawValue) is not installed: no specimen ran under it") }
  }

  @Test func `every check has a specimen that passes or is no concern, and where it can fail one that fails`() throws {
    let fixtures = [Fixture.Login.anyone, .root, .ordinary].flatMap(Fixture.all)
    for check in try Specimen.catalogue().checks {
      let results = Set(fixtures.filter { $0.check == check.id }.map(\.result))
      if check.checkClass == .inventory {
        #expect(results == [.informational])
      } else {
        #expect(results.isSuperset(of: [.pass, .fail]), "\(check.id)")
      }
    }
  }

  @Test(arguments: ShellUnderTest.installed)
  func `on this machine every check ends with a result and without complaint`(shell: ShellUnderTest) async throws {
    try await withTemporaryDirectory { directory in
      try ShellUnderTest.link(applets: directory.appending(path: "applets"))
      for check in try Specimen.catalogue().checks where check.cost == .light {
        let said = try CheckRun(directory: directory, shell: shell).observe(check, root: nil)
        #expect(said.result != .error, "\(check.id): \(said.message)")
        #expect(said.stderr.isEmpty, "\(check.id): \(String(decoding: said.stderr, as: UTF8.self))")
        #expect(!said.message.isEmpty)
      }
    }
  }
}
