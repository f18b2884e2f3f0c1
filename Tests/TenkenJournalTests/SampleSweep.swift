import Foundation
import TenkenModel

@testable import TenkenJournal

/// A small fleet and its journal in a directory of the test's, and attempts as hostile as terminals can make them.
struct SampleSweep {
  static let now = Timestamp(milliseconds: 1_795_498_200_250)

  let state: StateDirectory
  let inventory: Inventory
  let catalogue: Catalogue
  let excluded: [ID<Terminal>: String]
  let manifest: SweepManifest

  init(
    in directory: URL, id: ID<SweepManifest> = "20261124-053000-k3f9", name: String = "", terminals: Int = 12,
    checks: Int = 4, excluded: Int = 0
  ) throws {
    state = StateDirectory(path: directory.appending(path: "state").path)
    try state.prepare()
    let sites = ["tokyo", "bangkok", "jakarta"].map { Site(id: ID($0)!, name: "Office of \($0)", country: "JP") }
    let list = (0..<terminals).map { index in
      Terminal(id: ID("t-\(index)")!, address: "127.20.0.\(index % 250 + 1)", site: sites[index % 3].id)
    }
    let digest = Digest(hex: String(repeating: "0a", count: 32))!
    inventory = Inventory(
      name: "sample", sites: sites, terminals: list, credentials: [:], limits: Limits(),
      sources: SourceFiles(
        origin: "inventories/sample",
        files: [
          .init(path: "terminals/tokyo.csv", bytes: Array(0...255)), .init(path: "fleet.yaml", bytes: []),
        ]), digest: digest)
    catalogue = Catalogue(
      checks: (0..<checks).map { index in
        Check(
          id: ID("check.\(index)")!, version: 1, title: "Check \(index)", severity: .high, checkClass: .integrity,
          script: [], digest: digest, file: "checks/\(index)/check.sh")
      }, sources: SourceFiles(origin: "checks", files: [.init(path: "a/check.sh", bytes: [0, 0xFF])]), digest: digest)
    self.excluded = Dictionary(uniqueKeysWithValues: list.prefix(excluded).map { ($0.id, "not selected") })
    manifest = SweepManifest(
      id: id, started: Self.now, tool: "1.2.3", inventory: "sample", inventoryDigest: digest, catalogueDigest: digest,
      terminals: terminals, scope: Scope(name: name, selection: "site:tokyo", seed: .max))
  }

  var terminals: [ID<Terminal>] { inventory.terminals.map(\.id) }
  var directory: String { "\(state.path)/sweeps/\(manifest.id)" }
  var sweepDirectory: SweepDirectory { SweepDirectory(id: manifest.id, path: directory) }
  var file: String { "\(directory)/journal.sqlite" }

  func create() throws -> Journal {
    try Journal.create(
      in: state, manifest: manifest, inventory: inventory, catalogue: catalogue, excluded: excluded)
  }

  func open() throws -> Journal {
    try Journal.open(in: state, sweep: manifest.id, at: Self.now, tool: "1.2.4")
  }

  /// Goes on with it by another inventory and catalogue: a terminal of a new site, one that is gone, one that has moved;
  /// a check that is new, one that is gone, one that is another.
  func amended() throws -> Journal {
    let kobe = Site(id: "kobe", name: "Office of kobe", country: "JP")
    let new = Terminal(id: "t-new", address: "127.20.1.1", site: "kobe")
    let digest = Digest(hex: String(repeating: "0b", count: 32))!
    let (gone, other) = (catalogue.checks[2], catalogue.checks[1])
    let check = { (id: ID<Check>) in
      Check(
        id: id, version: 2, title: "Check of its own", severity: .low, checkClass: .hardening, script: [],
        digest: digest, file: "checks/new/check.sh")
    }
    let inputs = AmendedInputs(
      inventory: Inventory(
        name: "amended", sites: inventory.sites + [kobe], terminals: inventory.terminals.dropLast() + [new],
        credentials: [:], limits: Limits(),
        sources: SourceFiles(origin: "elsewhere", files: [.init(path: "fleet.yaml", bytes: [7])]), digest: digest),
      catalogue: Catalogue(
        checks: [check("check.9")], sources: SourceFiles(origin: "checks", files: [.init(path: "b", bytes: [8])]),
        digest: digest),
      terminals: [
        .init(terminal: "t-new", change: .added, site: "kobe", excludedReason: nil),
        .init(
          terminal: ID("t-\(inventory.terminals.count - 1)")!, change: .removed, site: "bangkok",
          excludedReason: "removed from the inventory"),
        .init(terminal: "t-7", change: .changed, site: "kobe", excludedReason: nil),
      ],
      checks: [
        .init(check: check("check.9"), change: .added), .init(check: gone, change: .removed),
        .init(check: check(other.id), change: .changed),
      ])
    return try Journal.open(in: state, sweep: manifest.id, at: Self.now, tool: "1.2.4") { _ in inputs }
  }

  func reader() throws -> JournalReader { try JournalReader(in: state, sweep: manifest.id) }

  /// A plain attempt, with one passed check.
  func attempt(
    _ terminal: Int, number: Int = 1, outcome: Outcome = .inspected, isFinal: Bool = true,
    output: [UInt8] = Array("out".utf8)
  ) -> Attempt {
    Attempt(
      terminal: terminals[terminal], number: number, started: Self.now, ended: Self.now, outcome: outcome,
      reason: outcome == .inspected ? "" : "connection refused", isFinal: isFinal,
      observations: [
        Observation(check: "check.0", result: .pass, message: "fine", milliseconds: 3, stdout: output)
      ])
  }

  func condition(
    _ site: ID<Site>, _ standing: SiteCondition.Standing, gateway: ID<Gateway>? = "jump", reason: String = "no route",
    hostKey: HostKeyEvidence? = nil
  ) -> SiteCondition {
    SiteCondition(
      site: site, standing: standing, gateway: gateway, outcome: standing == .released ? nil : .unreachable,
      reason: standing == .released ? "" : reason, hostKey: hostKey, at: Self.now)
  }

  /// Plain attempts on terminals, many at once.
  func record(_ terminals: Range<Int>, in journal: Journal) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in terminals { group.addTask { try await journal.record(attempt(index)) } }
      try await group.waitForAll()
    }
  }

  func randomAttempt(
    on terminal: ID<Terminal>, number: Int, using generator: inout some RandomNumberGenerator
  ) -> Attempt {
    let checks = catalogue.checks.filter { _ in Bool.random(using: &generator) }.shuffled(using: &generator)
    let key = HostKeyEvidence(
      type: text(&generator), fingerprint: "SHA256:\(number)",
      standing: [.recorded, .unknown, .mismatch, .revoked].randomElement(using: &generator)!,
      blob: [nil, [0], Array(0...255)].randomElement(using: &generator)!)
    return Attempt(
      terminal: terminal, number: number, started: moment(&generator), ended: moment(&generator),
      outcome: Outcome.ofAttempts.randomElement(using: &generator)!, reason: text(&generator),
      isFinal: Bool.random(using: &generator), hostKey: Bool.random(using: &generator) ? key : nil,
      dialled: Bool.random(using: &generator) ? text(&generator) : nil,
      observations: checks.map { randomObservation($0.id, &generator) })
  }

  private func randomObservation(_ check: ID<Check>, _ generator: inout some RandomNumberGenerator) -> Observation {
    let facts = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
      Fact(name: text(&generator), values: (0..<Int.random(in: 0...3, using: &generator)).map { _ in text(&generator) })
    }
    return Observation(
      check: check, result: CheckResult.allCases.randomElement(using: &generator)!, message: text(&generator),
      milliseconds: Bool.random(using: &generator) ? Int.random(in: 0...100_000, using: &generator) : nil,
      facts: facts, stdout: bytes(&generator), stderr: bytes(&generator))
  }

  private func moment(_ generator: inout some RandomNumberGenerator) -> Timestamp {
    Timestamp(milliseconds: Int64.random(in: -1...4_102_444_800_000, using: &generator))
  }

  private func text(_ generator: inout some RandomNumberGenerator) -> String {
    let pieces = [
      "", "plain", "\0", "after\0nul", "\"", "\\", "'; DROP TABLE attempt; --", "\n\r\t", "\u{1B}[2J", "点検", "e\u{301}",
      "\u{7F}", "\u{FFFD}", "👩‍👩‍👧", "[\"", "\\u0000", ",", "]",
    ]
    return (0..<Int.random(in: 0...3, using: &generator)).map { _ in pieces.randomElement(using: &generator)! }.joined()
  }

  /// Few different outputs, so that many are equal.
  private func bytes(_ generator: inout some RandomNumberGenerator) -> [UInt8] {
    [[], [0], Array(0...255), Array("same\n".utf8), [UInt8](repeating: 0xFE, count: 70_000)]
      .randomElement(using: &generator)!
  }
}

extension Attempt {
  /// As a reader gives it: without raw output.
  var withoutOutput: Attempt {
    Attempt(
      terminal: terminal, number: number, started: started, ended: ended, outcome: outcome, reason: reason,
      isFinal: isFinal, hostKey: hostKey, dialled: dialled,
      observations: observations.map {
        Observation(
          check: $0.check, result: $0.result, message: $0.message, milliseconds: $0.milliseconds, facts: $0.facts)
      })
  }
}

/// All records, in the order in which they come.
func records(_ reader: JournalReader) throws -> [TerminalRecord] {
  var records: [TerminalRecord] = []
  try reader.forEachRecord { records.append($0) }
  return records
}
