internal import TenkenCrypto
internal import TenkenJournal
internal import TenkenModel

extension Station {
  /// How many check results a second a journal in the state directory takes, each of them safe on its disk: what a sweep
  /// would record, without the terminals. The journal is removed again.
  ///
  /// Of the forty results of a terminal, half are what every other terminal says too; the others are its own.
  ///
  /// - Returns: results a second, of an audited journal.
  package func measureJournal(terminals: Int = 3000) async throws -> Int {
    try state.prepare()
    let trial = StateDirectory(path: "\(state.path)/.measure")
    try trial.prepare()
    defer { trial.removeAll() }
    let sample = try SampleRecords(terminals: terminals)
    var generator = SystemRandomNumberGenerator()
    let manifest = sample.manifest(trial.newSweepID(at: now(), using: &generator), at: now(), tool: tool)
    let journal = try Journal.create(
      in: trial, manifest: manifest, inventory: sample.inventory, catalogue: sample.catalogue, excluded: [:])
    defer { journal.close() }
    let clock = ContinuousClock()
    let began = clock.now
    try await Self.record(sample, in: journal)
    let took = clock.now - began
    let found = try journal.reader.audit()
    guard found.problems.isEmpty, found.observations == terminals * SampleRecords.checks else {
      throw Failure(
        .inputOutput, "the journal does not hold what was recorded", why: found.problems.joined(separator: "; "),
        next: "Do not sweep with this disk.")
    }
    return found.observations * 1000 / max(1, Int(took.wholeMilliseconds))
  }

  /// As many at once as a sweep has in flight.
  private static func record(_ sample: SampleRecords, in journal: Journal) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in sample.inventory.terminals.indices {
        if index >= 200 { try await group.next() }
        group.addTask { try await journal.record(sample.attempt(on: index, at: Timestamp(milliseconds: 0))) }
      }
      try await group.waitForAll()
    }
  }
}
