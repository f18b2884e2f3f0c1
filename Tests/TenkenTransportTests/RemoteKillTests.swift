import Foundation
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

/// Nothing of a check is left on a terminal: under every shell that may be its `sh`, and with fewer tools than usual.
@Suite(.onPrivateMachine, .timeLimit(.minutes(3)))
struct RemoteKillTests {
  /// A machine, and how its `sh` is called there.
  struct Terminal: CustomStringConvertible, Sendable {
    let description: String
    let machine: PrivateMachine

    init(shell: String, without hidden: [String] = [], isBusyboxOnly: Bool = false) {
      var machine = PrivateMachine()
      machine.shell = isBusyboxOnly ? nil : shell
      machine.hidden = hidden
      machine.isBusyboxOnly = isBusyboxOnly
      self.machine = machine
      description =
        (isBusyboxOnly ? "busybox for everything" : shell)
        + (hidden.isEmpty ? "" : " without \(hidden.joined(separator: ", "))")
    }

    var localShell: LocalShell { LocalShell(description: description, command: machine.command(["sh"])) }
  }

  private static let shells = ["dash", "bash", "busybox", "mksh"].filter { shell in
    ["/bin", "/usr/bin"].contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(shell)") }
  }

  /// Where nothing that a check started gets away.
  static let terminals =
    shells.map { Terminal(shell: $0) } + shells.map { Terminal(shell: $0, without: ["setsid"]) }
    + shells.map { Terminal(shell: $0, without: ["tr", "ps", "awk"]) }
    + (shells.contains("busybox")
      ? [[], ["setsid"]].map { Terminal(shell: "busybox", without: $0, isBusyboxOnly: true) } : [])

  private func run(_ program: RemoteProgram, on terminal: Terminal) async throws -> Frames {
    program.frames(of: try await terminal.localShell.run(program))
  }

  @Test(arguments: terminals)
  func `nothing of a check is left, whether it ended or was ended`(terminal: Terminal) async throws {
    // Where there is no session to end and no mark to look for, what has left the check's session gets away.
    let script = terminal.machine.hidden.contains("tr") ? "sleep 611 & sleep 611 >/dev/null 2>&1 &\n" : Leftover.script
    let program = RemoteProgram.sample([
      .sample("a.expired", script: script + "echo begun; sleep 611", timeout: .seconds(1)),
      .sample("b.ended", script: script + "exit 101"),
      .sample("c.next", script: "exit 102"),
    ])
    let frames = try await run(program, on: terminal)
    #expect(frames.isComplete && frames.violation == nil)
    #expect(frames.captures.map(\.status) == [.expired, .exited(101), .exited(102)])
    #expect(frames.outputs.first == "begun\n")
    #expect(await Leftover.remaining(of: program) == [])
  }

  @Test(arguments: shells)
  func `a daemon with the check's pipes is found by its mark at the deadline`(shell: String) async throws {
    let script = """
      trap 'exit 101' USR1
      setsid sh -c 'echo begun; kill -s USR1 "$1"; sleep 611; :' daemon $$ &
      wait
      """
    let program = RemoteProgram.sample([
      .sample("a", script: script, timeout: .seconds(1)), .sample("b", script: "exit 102"),
    ])
    let frames = try await run(program, on: Terminal(shell: shell))
    #expect(frames.isComplete)
    #expect(frames.captures.map(\.status) == [.expired, .exited(102)])
    #expect(await Leftover.remaining(of: program) == [])
  }

  @Test(arguments: shells)
  func `without sessions and marks the parents' pids are followed, and an expired check says so`(
    shell: String
  ) async throws {
    let program = RemoteProgram.sample([
      .sample("a.expired", script: "sh -c 'sleep 611 & sleep 611' & sleep 611", timeout: .seconds(1)),
      .sample("b.next", script: "exit 101"),
    ])
    let frames = try await run(program, on: Terminal(shell: shell, without: ["setsid", "tr"]))
    #expect(frames.isComplete)
    #expect(frames.captures.map(\.status) == [.expired, .exited(101)])
    #expect(frames.complaints.first?.contains("what this check started may run on unseen") == true)
    // busybox ash may say of the process before that it was killed: a complaint more never makes a pass.
    #expect(["", "Killed\n"].contains(frames.complaints.last))
    #expect(await Leftover.remaining(of: program) == [])
  }

  @Test(arguments: shells)
  func `where no way is left each check says so`(shell: String) async throws {
    let program = RemoteProgram.sample([.sample("a", script: "exit 101")])
    let frames = try await run(program, on: Terminal(shell: shell, without: ["setsid", "tr", "ps"]))
    #expect(frames.isComplete)
    #expect(frames.complaints.first?.contains("what this check started may run on unseen") == true)
  }

  @Test(arguments: shells)
  func `a check whose daemon is killed late does not cost the next one its own`(shell: String) async throws {
    let checks = (0..<6).map { number -> Check in
      number.isMultiple(of: 2)
        ? .sample(ID("hang-\(number)")!, script: Leftover.script + "sleep 611", timeout: .seconds(1))
        : .sample(ID("next-\(number)")!, script: "for i in 1 2 3 4 5 6 7 8; do ls / >/dev/null; done; exit 101")
    }
    let program = RemoteProgram.sample(checks)
    let frames = try await run(program, on: Terminal(shell: shell))
    #expect(frames.captures.map(\.status) == (0..<6).map { $0.isMultiple(of: 2) ? .expired : .exited(101) })
    #expect(await Leftover.remaining(of: program) == [])
  }

  @Test(arguments: shells)
  func `checks for which no time is left are cut`(shell: String) async throws {
    let program = RemoteProgram.sample(
      [
        .sample("a.quick", script: "exit 101"), .sample("b.long", script: Leftover.script + "sleep 611"),
        .sample("c.root", script: "exit 101", privilege: .root), .sample("d.late", script: "exit 101"),
      ], deadline: .seconds(5))
    let clock = ContinuousClock()
    let start = clock.now
    let frames = try await run(program, on: Terminal(shell: shell))
    #expect(start.duration(to: clock.now) < .seconds(20))
    #expect(frames.isComplete && frames.violation == nil)
    #expect(frames.captures.map(\.check) == ["a.quick", "b.long", "d.late", "c.root"])
    #expect(frames.captures.map(\.status) == [.exited(101), .cut, .cut, .cut])
    #expect(await Leftover.remaining(of: program) == [])
  }
}
