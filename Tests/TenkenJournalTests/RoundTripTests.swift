import TenkenJournal
import TenkenModel
import TenkenTestSupport
import Testing

/// Random sequences of attempts, held against what a dictionary remembers of them.
struct RoundTripTests {
  /// Every third says what many say; the others what only they do.
  private static func output(of index: Int) -> [UInt8] {
    Array((index % 3 == 0 ? "all alike" : "only \(index)").utf8)
  }

  @Test func `no terminal is ever given another one's output, however many are recorded at once`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory, terminals: 1000)
      let journal = try sweep.create()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 0..<1000 {
          group.addTask { try await journal.record(sweep.attempt(index, output: Self.output(of: index))) }
        }
        try await group.waitForAll()
      }
      journal.close()
      let reader = try sweep.reader()
      for index in 0..<1000 {
        let raw = try reader.raw(sweep.terminals[index], "check.0")?.stdout
        #expect(raw == Self.output(of: index))
      }
      #expect(try Database.integer(sweep.file, "SELECT count(*) FROM blob") == 1 + 666)
    }
  }

  @Test(arguments: 0..<8)
  func `everything recorded is read back as it was, in every view`(seed: Int) async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory, terminals: 30, excluded: seed)
      var generator = SplitMix64(seed: UInt64(seed))
      let journal = try sweep.create()
      var expected: [ID<Terminal>: [Attempt]] = [:]
      for _ in 0..<40 {
        let terminal = sweep.terminals.dropFirst(seed).randomElement(using: &generator)!
        let number = (expected[terminal]?.count ?? 0) + 1
        let attempt = sweep.randomAttempt(on: terminal, number: number, using: &generator)
        try await journal.record(attempt)
        expected[terminal, default: []].append(attempt)
        if number % 3 == 0 { try expectSums(journal.reader, sweep) }
      }
      try expect(journal.reader, sweep, expected)
      try expect(sweep.reader(), sweep, expected)
      journal.close()
      try expect(sweep.reader(), sweep, expected)
      let reopened = try sweep.open()
      try expect(reopened.reader, sweep, expected)
      reopened.close()
    }
  }

  @Test func `the manifest and the sources are read back as they were`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory, name: "夜間")
      try sweep.create().close()
      let reader = try sweep.reader()
      #expect(try reader.manifest() == sweep.manifest)
      #expect(try reader.inventorySources() == sweep.inventory.sources)
      #expect(try reader.catalogueSources() == sweep.catalogue.sources)
    }
  }

  @Test func `an output that many terminals gave is stored once, over a resume too`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory, terminals: 300)
      let journal = try sweep.create()
      try await sweep.record(0..<150, in: journal)
      journal.close()
      let next = try sweep.open()
      try await sweep.record(150..<300, in: next)
      next.close()
      #expect(try Database.integer(sweep.file, "SELECT count(*) FROM blob") == 1)
      #expect(try sweep.reader().raw("t-270", "check.0")?.stdout == Array("out".utf8))
    }
  }

  private func expect(
    _ reader: JournalReader, _ sweep: SampleSweep, _ expected: [ID<Terminal>: [Attempt]]
  ) throws {
    let records = try records(reader)
    #expect(records.map(\.terminal) == sweep.terminals)
    for record in records { expect(record, expected[record.terminal] ?? [], sweep) }
    try expectSettled(reader.settled(), sweep, expected)
    try expectSums(reader, sweep)
    for terminal in sweep.terminals.suffix(8) {
      let attempts = expected[terminal] ?? []
      #expect(try reader.attempts(of: terminal) == attempts.map(\.withoutOutput))
      #expect(try reader.record(of: terminal)?.last == attempts.last?.withoutOutput)
      try expectRaw(reader, attempts)
    }
  }

  private func expect(_ record: TerminalRecord, _ attempts: [Attempt], _ sweep: SampleSweep) {
    #expect(record.attempts == attempts.count)
    #expect(record.last == attempts.last?.withoutOutput)
    #expect(record.outcome == outcome(record.terminal, attempts, sweep))
    if let last = attempts.last {
      #expect(Array(record.reason.utf8) == Array(last.reason.utf8))
    } else {
      #expect(record.reason == (sweep.excluded[record.terminal] ?? "not contacted yet"))
    }
  }

  private func outcome(_ terminal: ID<Terminal>, _ attempts: [Attempt], _ sweep: SampleSweep) -> Outcome {
    if sweep.excluded[terminal] != nil { return .excluded }
    guard let last = attempts.last, last.isFinal else { return .pending }
    return last.outcome
  }

  private func expectSettled(
    _ settled: Settled, _ sweep: SampleSweep, _ expected: [ID<Terminal>: [Attempt]]
  ) throws {
    let finals = expected.compactMapValues { $0.last!.isFinal ? $0.last!.outcome : nil }
    #expect(settled.final == finals)
    #expect(settled.attempts == expected.compactMapValues { $0.last!.isFinal ? nil : $0.count })
    #expect(settled.excluded == sweep.excluded)
  }

  private func expectSums(_ reader: JournalReader, _ sweep: SampleSweep) throws {
    for (site, counts) in try reader.counts() {
      #expect(counts.values.reduce(0, +) == sweep.inventory.terminals.count { $0.site == site })
    }
    #expect(try reader.counts().values.flatMap(\.values).reduce(0, +) == sweep.terminals.count)
  }

  private func expectRaw(_ reader: JournalReader, _ attempts: [Attempt]) throws {
    for check in Set(attempts.flatMap { $0.observations.map(\.check) }) {
      let last = attempts.flatMap(\.observations).last { $0.check == check }!
      let raw = try #require(try reader.raw(attempts[0].terminal, check))
      // Told apart outside of the expectation, which would look for the smallest difference of two large outputs.
      let isSame = raw.stdout == last.stdout && raw.stderr == last.stderr
      #expect(isSame)
    }
    #expect(try reader.raw(attempts.first?.terminal ?? "t-0", "no.such.check") == nil)
  }
}
