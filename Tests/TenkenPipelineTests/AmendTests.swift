import Foundation
import Synchronization
import TenkenModel
import TenkenPipeline
import TenkenRehearsal
import TenkenTestSupport
import Testing

/// A sweep whose inventory or checks are changed while it is interrupted.
struct AmendTests {
  @Test func `changed inputs are refused with what changed, and nothing is recorded of it`() async throws {
    try await withInterruptedSweep { sweep in
      try sweep.change()
      for _ in 0..<2 {
        let failure = #expect(throws: Failure.self) { try sweep.station.resume(nil) }
        #expect(failure?.code == .badInput)
        #expect(
          failure?.why == "terminals added: new-1, new-2; checks added: own.second; terminals removed: tyo-0002; "
            + "terminals changed: tyo-0001; checks changed: own.first")
        #expect(failure?.next.contains("--amend") == true)
      }
      #expect(!(try sweep.page).contains("run 2"))
    }
  }

  @Test func `an amended sweep accounts for both populations, and verifies`() async throws {
    try await withInterruptedSweep { sweep in
      let before = try sweep.outcomes
      try sweep.change()
      #expect(try await sweep.run(sweep.station.resume(nil, amend: true)).ending == .finished)
      let after = try sweep.outcomes
      #expect(after.count == before.count + 2)
      #expect(after["new-1"] != "pending" && after["new-2"] == "excluded", "the selection means the first only")
      for (terminal, outcome) in before where outcome != "pending" {
        #expect(after[terminal] == outcome, "\(terminal)")
      }
      #expect(after["tyo-0002"] == (before["tyo-0002"] == "pending" ? "excluded" : before["tyo-0002"]))
      let inspected = before.values.count { $0 == "inspected" }
      let page = try sweep.page.replacing(/\s+/, with: " ")
      #expect(page.contains("AMENDED on "), "\(page)")
      #expect(
        page.contains(
          "(2 added, 1 removed, 1 changed); checks added: own.second; checks changed: own.first; files changed: terminals/"
        ))
      #expect(page.contains("\(inspected) terminals were inspected before it"), "\(page)")
      #expect(page.contains("= \(after.count) listed"), "\(page)")
      let (_, problems) = try sweep.station.verify("latest")
      #expect(problems == [])
    }
  }

  @Test func `what was inspected by fewer checks than there are now is not wholly seen`() async throws {
    try await withInterruptedSweep { sweep in
      let inspected = try sweep.list("outcome:inspected")
      try sweep.change()
      _ = try await sweep.run(sweep.station.resume(nil, amend: true))
      #expect(try sweep.list("state:sound").isDisjoint(with: inspected))
      #expect(
        try sweep.list("state:undetermined").isSuperset(of: inspected.subtracting(try sweep.list("state:unsound"))))
    }
  }

  @Test func `a terminal that is gone is not contacted again, whatever is to be retried`() async throws {
    try await withInterruptedSweep { sweep in
      _ = try await sweep.run(sweep.station.resume(nil))
      try sweep.change()
      let conduct = try sweep.station.resume("latest", retrying: Set(Outcome.ofAttempts), amend: true)
      let contacted = zip(conduct.plan.inventory.terminals, conduct.plan.dispositions).filter { _, disposition in
        if case .inspect = disposition { true } else { false }
      }.map(\.0.id)
      #expect(!contacted.contains("tyo-0002") && contacted.contains("tyo-0001"))
      conduct.close()
    }
  }

  @Test func `a sweep is amended more than once, and what comes back is contacted`() async throws {
    try await withInterruptedSweep { sweep in
      let csv = try sweep.read("fleet/terminals/tokyo-hq.csv")
      try sweep.change()
      sweep.abandon(try sweep.station.resume(nil, amend: true))
      try sweep.write(csv, to: "fleet/terminals/tokyo-hq.csv")
      #expect(throws: Failure.self) { try sweep.station.resume(nil) }
      #expect(try await sweep.run(sweep.station.resume(nil, amend: true)).ending == .finished)
      let outcomes = try sweep.outcomes
      #expect(!["pending", "excluded"].contains(outcomes["tyo-0002"] ?? ""))
      #expect(try sweep.page.components(separatedBy: "AMENDED").count == 3)
      #expect(try sweep.station.verify("latest").problems == [])
    }
  }

  @Test func `inputs that cannot be read any more are refused; inputs that are gone are not missed`() async throws {
    try await withInterruptedSweep { sweep in
      let yaml = try sweep.read("fleet/sites.yaml")
      try sweep.write("sites: [", to: "fleet/sites.yaml")
      let failure = #expect(throws: Failure.self) { try sweep.station.resume(nil, amend: true) }
      #expect(failure?.what.contains("cannot be read") == true && failure?.why.contains("sites.yaml") == true)
      try sweep.write(yaml, to: "fleet/sites.yaml")
      for name in ["fleet", "checks"] { try FileManager.default.removeItem(atPath: sweep.directory + "/" + name) }
      #expect(try await sweep.run(sweep.station.resume(nil)).ending == .finished)
    }
  }

  @Test func `checks that the sweep asks for by name are not amended away`() async throws {
    try await withInterruptedSweep(checks: ["own.first"]) { sweep in
      try FileManager.default.removeItem(atPath: sweep.directory + "/checks/own.first")
      try sweep.writeCheck("own.second")
      #expect(throws: Failure.self) { try sweep.station.resume(nil, amend: true) }
      try sweep.writeCheck("own.first")
      try FileManager.default.removeItem(atPath: sweep.directory + "/checks/own.second")
      #expect(try await sweep.run(sweep.station.resume(nil)).ending == .finished)
    }
  }

  @Test func `checks that a new sweep would be refused are not sent by an amended one`() async throws {
    try await withInterruptedSweep { sweep in
      try sweep.writeCheck("own.first", body: "rm -rf /tmp/x")
      let failure = #expect(throws: Failure.self) { try sweep.station.resume(nil, amend: true) }
      #expect(
        failure?.code == .badInput && failure?.why.contains("own.first") == true, "\(String(describing: failure))")
      #expect(!(try sweep.page).contains("AMENDED"))
    }
  }

  @Test func `a check that nobody is given any more has found what it found`() async throws {
    try await withInterruptedSweep { sweep in
      let unsound = try sweep.list("state:unsound")
      #expect(!unsound.isEmpty)
      try sweep.writeCheck("own.second")
      try sweep.write(
        try sweep.read("checks/own.first/check.sh").replacing("cost: light", with: "cost: heavy"),
        to: "checks/own.first/check.sh")
      sweep.abandon(try sweep.station.resume(nil, amend: true))
      #expect(try sweep.list("state:unsound").isSuperset(of: unsound))
    }
  }

  @Test func `whatever file changed is told before and after, whether or not a terminal is another`() async throws {
    try await withInterruptedSweep { sweep in
      let csv = try sweep.read("fleet/terminals/tokyo-hq.csv")
      try sweep.write(csv + "\n\n", to: "fleet/terminals/tokyo-hq.csv")
      try sweep.write(
        "waivers: [{check: own.first, who: A, why: B, until: 2030-01-01}]\n", to: "fleet/waivers.yaml")
      let failure = #expect(throws: Failure.self) { try sweep.station.resume(nil) }
      #expect(failure?.why == "files changed: terminals/tokyo-hq.csv, waivers.yaml")
      sweep.abandon(try sweep.station.resume(nil, amend: true))
      let page = try sweep.page.replacing(/\s+/, with: " ")
      #expect(page.contains("(no terminal changed); files changed: terminals/tokyo-hq.csv, waivers.yaml"), "\(page)")
    }
  }

  @Test func `what is there and cannot be read is not taken for unchanged`() async throws {
    try await withInterruptedSweep { sweep in
      let path = sweep.directory + "/fleet/terminals/tokyo-hq.csv"
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      for amend in [false, true] { #expect(throws: Failure.self) { try sweep.station.resume(nil, amend: amend) } }
      try FileManager.default.removeItem(atPath: sweep.directory + "/fleet/fleet.yaml")
      #expect(throws: Failure.self) { try sweep.station.resume(nil, amend: true) }
    }
  }

  @Test func `what a sidecar says of a check is a part of it`() async throws {
    try await withInterruptedSweep { sweep in
      let sidecar = """
        #% id: raid
        #% version: 1
        #% title: The array of disks is whole
        #% severity: high
        #% class: hardening
        #% protocol: nagios
        #% platform: linux
        #% rationale: A machine that loses its disks loses its logs with them.
        #% false-positives: An array that is being rebuilt.
        #% remediation: Look at the array by hand.

        """
      try sweep.write("#!/bin/sh\nexit 0\n", to: "checks/raid/check_raid")
      try sweep.write(sidecar, to: "checks/raid/check_raid.meta")
      sweep.abandon(try sweep.station.resume(nil, amend: true))
      try sweep.write(sidecar.replacing("severity: high", with: "severity: info"), to: "checks/raid/check_raid.meta")
      let failure = #expect(throws: Failure.self) { try sweep.station.resume(nil) }
      #expect(failure?.why == "checks changed: raid")
    }
  }

  @Test func `a resume that is refused amends nothing`() async throws {
    try await withInterruptedSweep { sweep in
      try sweep.change()
      let override = LimitOverride(.authFailed, at: "nowhere")
      let failure = #expect(throws: Failure.self) {
        try sweep.station.resume(nil, overriding: [override], amend: true)
      }
      #expect(failure?.code == .usage)
      #expect(!(try sweep.page).contains("AMENDED"))
      _ = try await sweep.run(sweep.station.resume(nil, amend: true))
      try sweep.write("waivers: []\n", to: "fleet/waivers.yaml")
      let finished = #expect(throws: Failure.self) { try sweep.station.resume("latest", amend: true) }
      #expect(finished?.code == .noSuchInput)
      #expect(try sweep.page.components(separatedBy: "AMENDED").count == 2)
    }
  }

  @Test func `what a check said that is gone is shown all the same`() async throws {
    try await withInterruptedSweep { sweep in
      let terminal = try #require(try sweep.list("outcome:inspected").first)
      try sweep.writeCheck("own.second")
      try FileManager.default.removeItem(atPath: sweep.directory + "/checks/own.first")
      sweep.abandon(try sweep.station.resume(nil, amend: true))
      let archive = try sweep.station.archive("latest")
      _ = try archive.raw(of: terminal, "own.first")
      let unsound = try sweep.list("state:unsound")
      let told = try archive.findings(after: 0, atLeast: .high).lines.map(\.text)
      #expect(unsound.allSatisfy { id in told.contains { $0.contains(id) } })
    }
  }

  // MARK: What they share

  private func withInterruptedSweep(
    checks: [String] = [], _ body: (InterruptedSweep) async throws -> Void
  ) async throws {
    try await withTemporaryDirectory { directory in
      try await body(InterruptedSweep(in: directory.path, checks: checks))
    }
  }
}

/// A rehearsal of a fleet that was drained after twenty terminals; every third has something wrong.
private struct InterruptedSweep {
  let directory: String
  let station: Station

  init(in directory: String, checks: [String]) async throws {
    self.directory = directory
    station = Station(state: directory + "/state", tool: "test", now: { Timestamp(milliseconds: 1_795_498_200_000) })
    for file in Inputs.generated(terminals: 100, seed: 9).files {
      // The selection means all of whom these tests speak.
      let text = String(decoding: file.bytes, as: UTF8.self)
        .replacing(/(tyo-000[12],[^,]*,[^,]*,[^,]*),[^,]*/) { "\($0.output.1),workstation" }
      try write(text, to: "fleet/\(file.path)")
    }
    try writeCheck("own.first")
    let inventory = try Inputs.inventory(at: directory + "/fleet")
    var limits = inventory.limits
    limits.retries = 0
    limits.concurrency = 2
    let sweep = try station.newSweep(
      of: inventory, with: try Inputs.catalogue(directories: [directory + "/checks"]),
      scope: Scope(selection: "not role:laptop", checks: checks, limits: limits, transport: .rehearsal, seed: 4))
    _ = try await run(station.begin(sweep), drainAfter: 20)
  }

  /// Two terminals more, one less, one that has moved; one check more, and one that is another.
  func change() throws {
    var rows = try read("fleet/terminals/tokyo-hq.csv").split(separator: "\n").map(String.init)
    rows.removeAll { $0.hasPrefix("tyo-0002,") }
    rows = rows.map { $0.hasPrefix("tyo-0001,") ? $0.replacing(/,10\.[0-9.]+,/, with: ",10.16.9.9,") : $0 }
    rows += [
      "new-1,10.16.9.1,tokyo-hq,linux,workstation,security,,A1,X9",
      "new-2,10.16.9.2,tokyo-hq,linux,laptop,security,,A2,X9",
    ]
    try write(rows.joined(separator: "\n") + "\n", to: "fleet/terminals/tokyo-hq.csv")
    try writeCheck("own.first", body: "echo another")
    try writeCheck("own.second")
  }

  func writeCheck(_ id: String, body: String = "echo fine") throws {
    let header = """
      #!/bin/sh
      #% id: \(id)
      #% version: 1
      #% title: A check of \(id)
      #% severity: high
      #% class: integrity
      #% platform: linux
      #% privilege: none
      #% timeout: 10s
      #% output-limit: 64k
      #% cost: light
      #% side-effects: none
      #% rationale: A sweep has to ask something of every machine that it reaches.
      #% false-positives: A machine that is being reinstalled while it is asked.
      #% remediation: Ask its owner, and keep what is there.

      """
    try write(header + "\n\(body)\nexit 101\n", to: "checks/\(id)/check.sh")
  }

  func write(_ text: String, to path: String) throws {
    let url = URL(filePath: directory + "/" + path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func read(_ path: String) throws -> String { try String(contentsOfFile: directory + "/" + path, encoding: .utf8) }

  func run(_ conduct: SweepConduct, drainAfter terminals: Int? = nil) async throws -> SweepResult {
    let (signals, continuation) = AsyncStream.makeStream(of: SweepSignal.self)
    let recorded = Mutex(0)
    defer { conduct.close() }
    var faults = RehearsalFaults.ordinary
    faults.failing = 0.3
    return try await conduct.run(
      over: RehearsalTransport(seed: 4, faults: faults, clock: ContinuousClock()), limits: conduct.plan.limits,
      signals: signals
    ) { event in
      guard case .recorded = event else { return }
      let count = recorded.withLock { count in
        count += 1
        return count
      }
      if count == terminals { continuation.yield(.drain) }
    }
  }

  func abandon(_ conduct: SweepConduct) { conduct.close() }

  var page: String { get throws { try station.archive("latest").status(json: false, in: station).page } }

  func list(_ selection: String) throws -> Set<String> {
    Set(
      try station.archive("latest").list(select: selection, as: .ids, in: station).split(separator: "\n").map(
        String.init))
  }

  /// By terminal.
  var outcomes: [String: String] {
    get throws {
      let words = Outcome.allCases.map(\.rawValue)
      return try words.reduce(into: [:]) { outcomes, word in
        for terminal in try list("outcome:\(word)") { outcomes[terminal] = word }
      }
    }
  }
}
