internal import TenkenModel
internal import TenkenTransport

/// The children of the task group.
extension Sweep {
  /// Contacts one terminal and records what it brought.
  func contact(
    _ start: SweepScheduler.Start, recording: @escaping Recording, in group: inout TaskGroup<ChildEnd>
  ) {
    let terminal = start.terminal
    group.addTask {
      do {
        let run = try await contact(for: start).attempt()
        // What a cancelled contact brought is not what the terminal said.
        guard !Task.isCancelled else { return .abandoned(terminal: terminal) }
        return .recorded(terminal: terminal, try await recording(run))
      } catch is CancellationError where Task.isCancelled {
        return .abandoned(terminal: terminal)
      } catch {
        return .failed(terminal: terminal, error)
      }
    }
  }

  /// Waits for one signal.
  func listen(to signals: AsyncStream<SweepSignal>, in group: inout TaskGroup<ChildEnd>) {
    group.addTask {
      for await signal in signals { return .signal(signal) }
      return Task.isCancelled ? .cancelled : .unattended
    }
  }

  /// Wakes the parent at `due`, where nothing wakes it before then already. A timer that came to be too late stays:
  /// waking for nothing is harmless.
  func arm(_ due: Duration, _ state: inout State, in group: inout TaskGroup<ChildEnd>) {
    guard state.timers.allSatisfy({ $0 > due }) else { return }
    state.timers.insert(due)
    let instant = state.start.advanced(by: due)
    group.addTask {
      do {
        try await clock.sleep(until: instant, tolerance: nil)
        return .woke(due)
      } catch {
        return .cancelled
      }
    }
  }

  private func contact(for start: SweepScheduler.Start) throws(Failure) -> Contact {
    let terminal = plan.inventory.terminals[start.terminal]
    let endpoint = try routes.endpoint(of: terminal, limits: plan.limits, attempt: start.attempt)
    let program = RemoteProgram(
      nonce: nonces(), factNonce: nonces(), checks: plan.checkSets[start.set], root: terminal.root)
    return Contact(endpoint: endpoint, program: program, transport: transport, now: now)
  }
}
