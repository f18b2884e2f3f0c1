internal import Foundation
package import TenkenChecks
package import TenkenModel
package import TenkenTransport

/// Tries checks on their fixtures: plants each specimen in a throw-away root of this machine, runs the check on it
/// under every shell, as a terminal would run it, and holds its answer against what is expected.
package struct FixtureTrials: Sendable {
  package let checks: [Check]
  package let fixtures: [Fixture]
  /// The shells to try, each with its program; `nil` where it is not installed.
  package let shells: [(shell: TrialShell, program: String?)]
  private let isRoot: Bool
  /// Whether a check can be run without root's rights.
  private let canBeOrdinary: Bool
  private let searchPath: String

  /// - Parameters:
  ///   - directories: those that `catalogue` was read from.
  ///   - ids: the checks to try; all where empty.
  ///   - searchPath: where shells are looked for, as in `PATH`.
  /// - Throws: 66 for an id that the catalogue does not have, `InputProblems` for fixtures that cannot be read.
  package init(
    of catalogue: Catalogue, in directories: [String], ids: [String], shells: [TrialShell], isRoot: Bool,
    searchPath: String = RemoteProgram.usualSearchPath
  ) throws {
    let known = Set(catalogue.checks.map(\.id.rawValue))
    if let stranger = ids.first(where: { !known.contains($0) }) {
      throw Failure(
        .noSuchInput, "no check is called \(stranger.quoted)", why: "the catalogue does not have it",
        next: "`tenken checks list` shows what there is.")
    }
    checks = catalogue.checks.filter { ids.isEmpty || ids.contains($0.id.rawValue) }
    fixtures = try FixtureReader.read(checks, in: directories)
    self.shells = TrialShell.allCases.filter(shells.contains).map { ($0, $0.program(on: searchPath)) }
    self.isRoot = isRoot
    self.searchPath = searchPath
    canBeOrdinary = Self.isInstalled("setpriv", searchPath)
  }

  /// Checks of which nothing can be tried.
  package var untried: [Check] { checks.filter { check in !fixtures.contains { $0.check == check.id } } }

  /// Runs all, `width` fixtures at once, and tells of each trial in the order of the fixtures.
  ///
  /// - Parameter transport: a transport that reaches this machine only, through a shell that these words start.
  /// - Throws: 73 where there is no place for the specimens.
  package func run(
    width: Int, over transport: @escaping @Sendable (_ shell: [String]) -> any Transport,
    report: (FixtureTrial) -> Void
  ) async throws {
    let place = FileManager.default.temporaryDirectory.appending(path: "tenken-checks-test-\(UUID().uuidString)")
    let bench = FixtureBench(directory: place.path, isRoot: isRoot, transport: transport)
    do {
      try FileManager.default.createDirectory(
        at: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
      let programs = shells.compactMap { entry in entry.program.map { (entry.shell, $0) } }
      try await bench.prepare(Dictionary(uniqueKeysWithValues: programs))
    } catch {
      throw Failure(
        .cannotCreate, "no place for specimens in \(place.path)",
        why: (error as? FixtureBench.Silence)?.reason ?? error.localizedDescription,
        next: "Name another directory in TMPDIR.")
    }
    await tryAll(width, bench, report)
    await bench.remove(place.path)
  }

  private func tryAll(_ width: Int, _ bench: FixtureBench, _ report: (FixtureTrial) -> Void) async {
    let byID = Dictionary(uniqueKeysWithValues: checks.map { ($0.id, $0) })
    let work = fixtures.compactMap { fixture in byID[fixture.check].map { (fixture, $0) } }
    await withTaskGroup(of: (Int, [FixtureTrial]).self) { group in
      var done: [Int: [FixtureTrial]] = [:]
      var next = 0
      for index in work.indices {
        if index >= width, let (finished, trials) = await group.next() { done[finished] = trials }
        group.addTask { (index, await trials(of: work[index].0, of: work[index].1, index, on: bench)) }
        while let trials = done.removeValue(forKey: next) {
          trials.forEach(report)
          next += 1
        }
      }
      for await (finished, trials) in group { done[finished] = trials }
      for index in next..<max(next, work.count) { done[index]?.forEach(report) }
    }
  }

  /// One fixture, planted once, under each shell: a check only reads.
  private func trials(
    of fixture: Fixture, of check: Check, _ number: Int, on bench: FixtureBench
  ) async -> [FixtureTrial] {
    if let reason = obstacle(to: fixture) {
      return [FixtureTrial(fixture: fixture, shell: "-", ending: .skipped(reason))]
    }
    // A blank in the name of the root, since a root may have one.
    let place = "\(bench.directory)/\(number)"
    var trials: [FixtureTrial] = []
    do throws(FixtureBench.Silence) {
      try await bench.plant(fixture, in: "\(place)/a root")
      for candidate in candidates(for: check) {
        var ending = candidate.obstacle.map { FixtureTrial.Ending.skipped($0) }
        if ending == nil {
          ending = await trial(of: fixture, of: check, root: "\(place)/a root", under: candidate.shell, on: bench)
        }
        if let ending { trials.append(FixtureTrial(fixture: fixture, shell: candidate.name, ending: ending)) }
      }
    } catch {
      let ending: FixtureTrial.Ending =
        error.isOfTheMachine ? .skipped("it cannot be planted on this machine") : .broken("plant.sh: \(error.reason)")
      trials.append(FixtureTrial(fixture: fixture, shell: "-", ending: ending))
    }
    await bench.remove(place)
    return trials
  }

  private func obstacle(to fixture: Fixture) -> String? {
    switch fixture.login {
    case .root where !isRoot: "only root can plant it"
    case .ordinary where !canBeOrdinary: "setpriv(1) is not installed: it takes the rights away"
    default: nil
    }
  }

  private struct Candidate {
    let name: String
    var shell: TrialShell?
    var obstacle: String?
  }

  /// A check for `sh` is tried under all shells, one for another interpreter under that.
  private func candidates(for check: Check) -> [Candidate] {
    guard check.interpreter == "sh" else {
      let isHere = Self.isInstalled(check.interpreter, searchPath)
      return [Candidate(name: check.interpreter, obstacle: isHere ? nil : "\(check.interpreter) is not installed")]
    }
    return shells.map { shell, program in
      Candidate(
        name: shell.rawValue, shell: shell, obstacle: program == nil ? "\(shell.rawValue) is not installed" : nil)
    }
  }

  private func trial(
    of fixture: Fixture, of check: Check, root: String, under shell: TrialShell?, on bench: FixtureBench
  ) async -> FixtureTrial.Ending {
    let isOrdinary = fixture.login == .ordinary
    do throws(FixtureBench.Silence) {
      let answer = try await bench.ask(
        check.prepared(for: fixture), root: root, shell: shell, ordinary: isOrdinary)
      let differences = fixture.differences(from: answer.observation)
      if differences.isEmpty { return .asExpected(milliseconds: answer.observation.milliseconds) }
      if case .lacksProgram(let program) = answer.status {
        return .skipped("\(program), which it requires, is not here")
      }
      return .different(differences)
    } catch {
      return .broken(error.reason)
    }
  }

  private static func isInstalled(_ program: String, _ path: String) -> Bool {
    path.split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
  }
}

extension Check {
  /// With the fixture's parameters.
  fileprivate func prepared(for fixture: Fixture) -> Check {
    var check = self
    for index in parameters.indices {
      if let value = fixture.parameters[parameters[index].name] { check.parameters[index].value = value }
    }
    return check
  }
}
