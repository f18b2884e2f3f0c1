import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenChecks

/// Every specimen of every check, under every shell that is installed.
struct FixtureTests {
  @Test(arguments: Fixture.all(.anyone))
  func `a specimen gives what is expected`(fixture: Fixture) async throws { try await verify(fixture) }

  @Test(.enabled(if: CheckRun.isRoot, "only root can plant files of other owners"), arguments: Fixture.all(.root))
  func `a specimen with other owners gives what is expected`(fixture: Fixture) async throws {
    try await verify(fixture)
  }

  @Test(
    .enabled(if: CheckRun.canBeOrdinary, "setpriv is not installed: root cannot run a check without its rights"),
    arguments: Fixture.all(.ordinary))
  func `a specimen that an ordinary login cannot wholly see is no pass`(fixture: Fixture) async throws {
    #expect(fixture.result == .notChecked)
    try await verify(fixture)
  }

  private func verify(_ fixture: Fixture) async throws {
    let check = try #require(try Specimen.catalogue()[fixture.check])
    try await withTemporaryDirectory { directory in
      try ShellUnderTest.link(applets: directory.appending(path: "applets"))
      try CheckRun(directory: directory, shell: .dash).plant(fixture)
      for shell in ShellUnderTest.installed {
        let run = CheckRun(directory: directory, shell: shell)
        let said = try run.observe(
          check, root: run.root, parameters: fixture.parameters, ordinary: fixture.login == .ordinary)
        #expect(said.result == fixture.result, "\(shell): \(said.message)")
        #expect(Set(said.facts) == Set(fixture.facts) && said.facts.count == fixture.facts.count, "\(shell)")
        #expect(said.stderr.isEmpty, "\(shell): \(String(decoding: said.stderr, as: UTF8.self))")
        for message in fixture.messages { #expect(said.message.contains(message), "\(shell): \(said.message)") }
      }
      // What was closed must be open again, or it cannot be removed.
      let null = open("/dev/null", O_WRONLY)
      defer { close(null) }
      if let chattr = Specimen.program("chattr") {
        try ChildProcess(chattr, ["-R", "-f", "-ia", directory.path()], output: null).wait()
      }
      try ChildProcess("/bin/chmod", ["-R", "u+rwX", directory.path()], output: null).wait()
    }
  }

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
    let directories = try Fixture.paths("check.sh").flatMap {
      try Fixture.paths("plant.sh", under: $0.appending(path: "fixtures"))
    }
    #expect(directories.count == fixtures.count)
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
