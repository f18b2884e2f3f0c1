internal import TenkenModel
internal import TenkenTransport

/// A session with a rehearsed terminal: it composes the frames that the remote program would have written.
struct RehearsalSession<C: Clock<Duration>>: Session {
  let evidence: ContactEvidence
  let terminal: RehearsedTerminal
  let faults: RehearsalFaults
  let limits: Limits
  let running: Duration
  let clock: C

  func execute(_ program: RemoteProgram) async -> Execution {
    if running > .zero {
      do {
        try await clock.sleep(for: min(running, limits.runTimeout))
      } catch {
        return Execution(stdout: [], stderr: [], ending: .lost("cancelled"))
      }
    }
    guard running <= limits.runTimeout else {
      return Execution(stdout: [], stderr: [], ending: .expired("\(limits.runTimeout.text) (run)"))
    }
    return ending(of: answers(to: program))
  }

  private func answers(to program: RemoteProgram) -> FrameWriter {
    var writer = FrameWriter(nonce: program.nonce)
    for check in program.checks {
      var generator = terminal.stream(for: check.id)
      let answer = RehearsedAnswer(to: check, factNonce: program.factNonce, faults: faults, using: &generator)
      writer.add(
        check, status: .exited(answer.status), milliseconds: answer.milliseconds, stdout: answer.stdout,
        stderr: answer.stderr)
    }
    writer.addTrailer()
    return writer
  }

  private func ending(of answers: FrameWriter) -> Execution {
    if case .losesLink(let fraction) = terminal.fate {
      return Execution(
        stdout: Self.beginning(of: answers.stdout, fraction), stderr: Self.beginning(of: answers.stderr, fraction),
        ending: .lost("connection reset (rehearsed)"))
    }
    let budget = limits.bytesPerTerminal
    guard answers.stdout.count + answers.stderr.count <= budget else {
      let stdout = Array(answers.stdout.prefix(budget))
      return Execution(
        stdout: stdout, stderr: Array(answers.stderr.prefix(budget - stdout.count)),
        ending: .overBudget("more than \(budget) bytes"))
    }
    return Execution(stdout: answers.stdout, stderr: answers.stderr, ending: .closed(exitStatus: 0))
  }

  private static func beginning(of bytes: [UInt8], _ fraction: Double) -> [UInt8] {
    Array(bytes.prefix(Int(Double(bytes.count) * fraction)))
  }
}
