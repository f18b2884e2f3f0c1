import TenkenAnalysis
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenReport

@Suite struct `The report of a probe` {
  private static let readinesses: [Readiness] = Readiness.inOrder

  private static func terminal(_ number: Int, site: ID<Site>) -> Terminal {
    Terminal(id: ID("\(site)-\(number)")!, address: "10.0.0.\(number)", site: site)
  }

  private static let inventory = SampleFleet.inventory(
    sites: [SampleFleet.site("bkk"), SampleFleet.site("tyo")],
    terminals: (1...4).map { terminal($0, site: "bkk") } + (5...6).map { terminal($0, site: "tyo") })

  /// One terminal that says this of itself, and whose contact ended so.
  private static func probed(
    _ terminal: Terminal, _ outcome: Outcome = .inspected, reason: String = "", clock: String = "1000.100",
    root: RootAccess = .granted, saying word: String? = nil
  ) -> ProbedTerminal {
    let (start, end) = (Timestamp(milliseconds: 1_000_000), Timestamp(milliseconds: 1_000_200))
    let standing: HostKeyEvidence.Standing = outcome == .hostKeyUnknown ? .unknown : .recorded
    let attempt = Attempt(
      terminal: terminal.id, number: 1, started: start, ended: end, outcome: outcome, reason: reason, isFinal: true,
      hostKey: HostKeyEvidence(type: word ?? "ssh-ed25519", fingerprint: word ?? "SHA256:x", standing: standing),
      dialled: word ?? "10.0.0.1:22")
    var answers = ProbeAnswers()
    (answers.user, answers.uid, answers.system) = (word ?? "root", word ?? "0", "Linux")
    (answers.kernel, answers.machine, answers.release) = (word ?? "6.1", word ?? "x86_64", word ?? "debian")
    (answers.version, answers.loginShell, answers.shell) = (word ?? "12", word ?? "/bin/bash", word ?? "/bin/dash")
    answers.programs = ["awk", "sudo"]
    answers.clock = ClockOffset(reading: clock, from: start, to: end)
    return ProbedTerminal(
      attempt, of: terminal, answers: outcome == .inspected ? answers : nil, silence: word ?? "silent", root: root,
      needsRoot: true, provesIdentity: true)
  }

  private static func report(_ probed: [ProbedTerminal?], isWhole: Bool = true) -> ProbeReport {
    ProbeReport(
      of: inventory, zip(inventory.terminals, probed).map { ProbeReport.Entry($0, $1, requiring: ["awk", "ss"]) },
      started: Timestamp(milliseconds: 1_764_000_000_000), over: .ssh, tool: "0.1.0", isWhole: isWhole)
  }

  private static let mixed: [ProbedTerminal?] = {
    let terminals = inventory.terminals
    return [
      probed(terminals[0]), probed(terminals[1], .hostKeyUnknown, reason: "no host key on record"),
      probed(terminals[2], root: .denied("sudo: a password is required")),
      probed(terminals[3], clock: "1093.200"), probed(terminals[4], .unreachable, reason: "connection refused"), nil,
    ]
  }()

  @Test func `says by site how many are ready and what stands in the way of the others`() {
    let text = Self.report(Self.mixed, isWhole: false).text(as: .text)
    #expect(
      text == """
        INCOMPLETE: the probe was interrupted; this is what came until then
        Probe of sample over ssh, 2025-11-24 16:00:00 UTC: 1 of 6 terminals is ready for
        a sweep.

        bkk  4  1 ready, 1 without a key on record, 1 without sudo, 1 with a clock that
                is off
        tyo  2  0 ready, 1 unreachable, 1 not contacted
        all  6  1 ready, 1 without a key on record, 1 without sudo, 1 with a clock that
                is off, 1 unreachable, 1 not contacted

               1  without a key on record
                  They were not logged in to. `tenken keyscan --inventory
                  inventories/sample` collects their keys: compare the fingerprints with
                  something that no intruder could write, then put them on record.
                  bkk-2

               1  without sudo
                  Some checks need root and would say not-checked. Let the login run sh
                  under `sudo -n` (or doas), or log in as root.
                  sudo: a password is required
                  bkk-3

               1  with a clock that is off
                  Have the clock set, and keep this offset: until then the times in
                  their logs are off by as much.
                  ahead by 93.1 s (±0.2 s)
                  bkk-4

               1  unreachable
                  Ask the site whether they are switched off, moved or shielded.
                  connection refused
                  tyo-5

               1  not contacted
                  Probe again: the probe ended before their turn came.
                  tyo-6

        Ready, but without a program that some check requires, which will say
        not-checked there: ss (1)
                  bkk-1

        """)
  }

  @Test func `every terminal stands in exactly one figure`() throws {
    var random = SplitMix64(seed: 3)
    let outcomes = Outcome.ofAttempts
    for _ in 0..<50 {
      let probed = Self.inventory.terminals.map { terminal -> ProbedTerminal? in
        guard let outcome = outcomes.randomElement(using: &random), random.unit() > 0.1 else { return nil }
        return Self.probed(
          terminal, outcome, reason: "r", clock: random.unit() < 0.5 ? "1000.1" : "5",
          root: random.unit() < 0.5 ? .granted : .denied("d"))
      }
      let text = Self.report(probed).text(as: .text).replacing("\n        ", with: " ")
      for (line, count) in [("bkk", 4), ("tyo", 2), ("all", 6)] {
        let sum = try #require(text.split(separator: "\n").first { $0.hasPrefix("\(line)  \(count)  ") })
        let figures = sum.dropFirst(8).split(separator: ",").compactMap {
          $0.split(separator: " ").first.flatMap { Int($0) }
        }
        #expect(figures.reduce(0, +) == count, "\(sum)")
      }
    }
  }

  @Test func `has words for every trouble, and something to do about it`() {
    for readiness in Readiness.inOrder where ![.ready, .outcome(.excluded), .outcome(.inspected)].contains(readiness) {
      #expect(!readiness.phrase.isEmpty)
      #expect(!readiness.advice(for: Self.inventory).isEmpty, "\(readiness)")
    }
    #expect(Set(Readiness.inOrder.map(\.word)).count == Readiness.inOrder.count)
    for outcome in Outcome.allCases { #expect(Readiness.inOrder.contains(.outcome(outcome))) }
  }

  @Test func `has a row a terminal, whose offset is a number`() throws {
    let rows = Self.report(Self.mixed).text(as: .csv).split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(rows.count == 7)
    #expect(rows[0][0] == "\u{FEFF}terminal")
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    let offset = try #require(rows[0].firstIndex(of: "clock_offset_ms"))
    #expect(rows.map { $0[offset] } == ["clock_offset_ms", "0", "", "0", "93100", "", ""])
    let readiness = try #require(rows[0].firstIndex(of: "readiness"))
    #expect(
      rows.dropFirst().map { $0[readiness] } == [
        "ready", "host-key-unknown", "no-root", "clock", "unreachable", "pending",
      ])
  }

  @Test func `says on every row what it is a row of`() {
    for row in Self.report(Self.mixed, isWhole: false).text(as: .jsonl).split(separator: "\n") {
      #expect(row.contains(#""rows":6,"inventory":"sample""#))
      #expect(row.hasSuffix(#""probe":"interrupted","tool":"tenken 0.1.0"}"#))
    }
  }

  @Test(arguments: HostileStrings.all) func `takes no order from a terminal`(word: String) {
    let terminal = Self.inventory.terminals[0]
    let report = Self.report([
      Self.probed(terminal, saying: word), Self.probed(terminal, root: .denied(word), saying: word),
      Self.probed(terminal, .partial, reason: word, saying: word),
    ])
    let text = report.text(as: .text)
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
    #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .format })
    let csv = report.text(as: .csv)
    #expect(csv.dropFirst().split(separator: "\r\n").count == 4)
    for cell in Self.cells(csv) { #expect(!"=+@＝＋－＠".contains(cell.first ?? "x"), "\(cell)") }
    #expect(report.text(as: .jsonl).split(separator: "\n").count == 3)
  }

  /// What a spreadsheet makes of it: quotes are gone, and a doubled one is one.
  private static func cells(_ csv: String) -> [String] {
    var cells = [""]
    var isQuoted = false
    var previous: Character?
    for character in csv {
      defer { previous = character }
      switch character {
      case "\"":
        isQuoted.toggle()
        if isQuoted, previous == "\"" { cells[cells.count - 1].append("\"") }
      case ",", "\r\n": if isQuoted { cells[cells.count - 1].append(character) } else { cells.append("") }
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }

  @Test func `tells an offset so that a person can use it`() {
    func wording(_ reading: String) -> String? {
      ClockOffset(
        reading: reading, from: Timestamp(milliseconds: 1_000_000_000), to: Timestamp(milliseconds: 1_000_000_000))?
        .wording
    }
    #expect(wording("1000093.000") == "ahead by 93.0 s (±0.1 s)")
    #expect(wording("999000") == "behind by 16 min 39 s (±0.5 s)")
    #expect(wording("400000.000") == "behind by 6 days (±0.1 s)")
  }
}
