import Foundation
import TenkenJournal
import TenkenModel
import TenkenTestSupport
import Testing

struct JournalTests {
  @Test func `a second owner is told to try later, and by whom the sweep is owned`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let first = try sweep.create()
      let failure = try #require(throws: Failure.self) { try sweep.open() }
      #expect(failure.code == .tryLater)
      #expect(failure.why == "owned by another process (pid \(ProcessInfo.processInfo.processIdentifier))")
      #expect(failure.next.contains("tenken resume \(sweep.manifest.id)"))
      first.close()
      try sweep.open().close()
    }
  }

  @Test func `a journal that is let go of without being closed is free for the next owner`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      do {
        let journal = try sweep.create()
        try await journal.record(sweep.attempt(0))
      }
      let next = try sweep.open()
      #expect(try next.reader.settled().final == ["t-0": .inspected])
      next.close()
    }
  }

  @Test func `the same attempt recorded twice stands there once`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let journal = try sweep.create()
      var generator = SplitMix64(seed: 7)
      for number in 1...20 {
        let attempt = sweep.randomAttempt(on: "t-3", number: number, using: &generator)
        try await journal.record(attempt)
        try await journal.record(attempt)
      }
      #expect(try journal.reader.attempts(of: "t-3").map(\.number) == Array(1...20))
      journal.close()
    }
  }

  @Test func `another content under the same number is a mistake of Tenken, and changes nothing`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let journal = try sweep.create()
      let attempt = sweep.attempt(0)
      try await journal.record(attempt)
      let others = [
        sweep.attempt(0, outcome: .hostile), sweep.attempt(0, isFinal: false), changedOutput(of: attempt),
      ]
      for other in others {
        let failure = await #expect(throws: Failure.self) { try await journal.record(other) }
        #expect(failure?.code == .bug)
        #expect(failure?.why == "attempt 1 on t-0 is recorded already, and says something else")
      }
      #expect(try journal.reader.attempts(of: "t-0") == [attempt.withoutOutput])
      #expect(try journal.reader.raw("t-0", "check.0")?.stdout == Array("out".utf8))
      journal.close()
    }
  }

  @Test func `an attempt that cannot be is refused, and takes no other down with it`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory, terminals: 40, excluded: 1)
      let journal = try sweep.create()
      let impossible: [(Attempt, String)] = [
        (sweep.attempt(0), "an excluded terminal has no attempts"),
        (sweep.attempt(1, number: 2), "the attempts of a terminal are recorded in order, each once"),
        (sweep.attempt(2, number: 0), "the attempts of a terminal are recorded in order, each once"),
        (sweep.attempt(3, outcome: .pending), "CHECK constraint failed"),
        (observing("no.such.check", sweep), "the check no.such.check is not of this sweep's catalogue"),
        (on("elsewhere", sweep), "the terminal elsewhere is not of this sweep's inventory"),
      ]
      let codes = await withTaskGroup(of: Failure?.self) { group in
        for index in 10..<40 { group.addTask { await failure(journal, sweep.attempt(index)) } }
        for (attempt, _) in impossible { group.addTask { await failure(journal, attempt) } }
        return await group.reduce(into: []) { $0.append($1?.code) }
      }
      #expect(codes.count { $0 == .bug } == impossible.count)
      #expect(codes.count { $0 == nil } == 30)
      for (attempt, why) in impossible { #expect(await failure(journal, attempt)?.why.contains(why) == true) }
      #expect(try journal.reader.settled().final.count == 30)
      journal.close()
    }
  }

  @Test func `an output that was rolled back with a refused attempt is not taken for stored`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let journal = try sweep.create()
      let output = Array("only here\n".utf8)
      let good = sweep.attempt(0, output: output)
      let unknown = Observation(check: "no.such.check", result: .pass, message: "", milliseconds: nil)
      let refused = Attempt(
        terminal: good.terminal, number: 1, started: good.started, ended: good.ended, outcome: .inspected, reason: "",
        isFinal: true, observations: good.observations + [unknown])
      #expect(await failure(journal, refused)?.code == .bug)
      try await journal.record(sweep.attempt(1))
      try await journal.record(good)
      #expect(try journal.reader.raw("t-0", "check.0")?.stdout == output)
      journal.close()
    }
  }

  @Test func `a cancelled caller still hears that its attempt was recorded`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory, terminals: 200)
      let journal = try sweep.create()
      let failures = await withTaskGroup(of: Failure?.self) { group in
        for index in 0..<200 { group.addTask { await failure(journal, sweep.attempt(index)) } }
        group.cancelAll()
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(failures.allSatisfy { $0 == nil })
      #expect(try journal.reader.settled().final.count == 200)
      journal.close()
    }
  }

  @Test func `each process that owned the sweep is on record, with how it ended`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let first = try sweep.create()
      try first.finishRun(.drained, at: SampleSweep.now)
      first.close()
      try sweep.open().close()
      let runs = try sweep.reader().runs()
      #expect(runs.map(\.number) == [1, 2])
      #expect(runs.map(\.tool) == ["1.2.3", "1.2.4"])
      #expect(runs.map(\.ending) == [.drained, nil])
      #expect(runs.map(\.ended) == [SampleSweep.now, nil])
      #expect(runs.allSatisfy { $0.processID == ProcessInfo.processInfo.processIdentifier })
    }
  }

  @Test func `a sweep is finished when nothing is pending`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory, terminals: 3, excluded: 1)
      let journal = try sweep.create()
      try await journal.record(sweep.attempt(1))
      try await journal.record(sweep.attempt(2, outcome: .unreachable, isFinal: false))
      #expect(try !journal.reader.isFinished())
      try await journal.record(sweep.attempt(2, number: 2, outcome: .unreachable))
      #expect(try journal.reader.isFinished())
      try await journal.record(sweep.attempt(2, number: 3, outcome: .unreachable, isFinal: false))
      #expect(try !journal.reader.isFinished(), "a retry opened after a final outcome makes the terminal pending again")
      journal.close()
    }
  }

  @Test func `nothing is recorded after closing`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let journal = try sweep.create()
      journal.close()
      #expect(await failure(journal, sweep.attempt(0)) != nil)
      #expect(try sweep.reader().settled().final.isEmpty)
    }
  }

  @Test func `closing leaves one file, everything in it`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let journal = try sweep.create()
      try await journal.record(sweep.attempt(0))
      journal.close()
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: sweep.directory).sorted() == ["journal.sqlite", "lock"])
    }
  }

  @Test func `a sweep that cannot begin leaves nothing behind`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let failure = try #require(throws: Failure.self) {
        try Journal.create(
          in: sweep.state, manifest: sweep.manifest, inventory: sweep.inventory, catalogue: sweep.catalogue,
          excluded: ["nobody": "not selected"])
      }
      #expect(failure.code == .bug)
      #expect(try sweep.state.sweeps().isEmpty)
      try sweep.create().close()
      let second = try #require(throws: Failure.self) { try sweep.create() }
      #expect(second.code == .cannotCreate)
      #expect(try sweep.state.sweeps().count == 1)
    }
  }

  private func failure(_ journal: Journal, _ attempt: Attempt) async -> Failure? {
    do throws(Failure) {
      try await journal.record(attempt)
      return nil
    } catch {
      return error
    }
  }

  private func changedOutput(of attempt: Attempt) -> Attempt {
    let changed = Observation(
      check: "check.0", result: .pass, message: "fine", milliseconds: 3, stdout: Array("OUT".utf8))
    return Attempt(
      terminal: attempt.terminal, number: attempt.number, started: attempt.started, ended: attempt.ended,
      outcome: attempt.outcome, reason: attempt.reason, isFinal: attempt.isFinal, observations: [changed])
  }

  private func observing(_ check: ID<Check>, _ sweep: SampleSweep) -> Attempt {
    Attempt(
      terminal: "t-4", number: 1, started: SampleSweep.now, ended: SampleSweep.now, outcome: .inspected, reason: "",
      isFinal: true, observations: [Observation(check: check, result: .pass, message: "", milliseconds: nil)])
  }

  private func on(_ terminal: ID<Terminal>, _ sweep: SampleSweep) -> Attempt {
    Attempt(
      terminal: terminal, number: 1, started: SampleSweep.now, ended: SampleSweep.now, outcome: .unreachable,
      reason: "no route", isFinal: true)
  }
}
