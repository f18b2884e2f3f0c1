internal import TenkenModel
internal import TenkenTransport

/// The children of the task group.
extension Sweep {
  /// Contacts one terminal and records what it brought.
  func contact(
    _ start: SweepScheduler.Start, unsupported: String?, recording: @escaping Recording,
    in group: inout TaskGroup<ChildEnd>
  ) {
    let terminal = start.terminal
    let id = plan.inventory.terminals[terminal].id
    let session = start.isProbe ? announcement(by: terminal, in: &group) : nil
    group.addTask {
      defer {
        session?.finish()
        inFlight.leave(id)
      }
      do {
        let contact = try contact(for: start, unsupported: unsupported)
        let end = await contact.attempt { session?.yield() }
        // What a cancelled contact brought is not what the terminal said.
        guard !Task.isCancelled else { return .abandoned(terminal: terminal) }
        contact.endpoint.gauge?.enter(.record)
        switch end {
        case .ran(let run, let cost):
          return .recorded(terminal: terminal, try await recording(run), cost, gotPast: true)
        case .fellShort(let run):
          let cost = Cost(isSlow: false, bytes: nil)
          return .recorded(terminal: terminal, try await recording(run), cost, gotPast: false)
        case .turnedBack(let failure, let gateway): return .turnedBack(terminal: terminal, failure, at: gateway)
        }
      } catch is CancellationError where Task.isCancelled {
        return .abandoned(terminal: terminal)
      } catch {
        return .failed(terminal: terminal, error)
      }
    }
  }

  /// Where a contact that tries a gateway says that it has its session: its checks may take minutes, and all who wait
  /// behind the gateway can go on before.
  private func announcement(
    by terminal: Int, in group: inout TaskGroup<ChildEnd>
  ) -> AsyncStream<Void>.Continuation {
    let (session, announcement) = AsyncStream.makeStream(of: Void.self)
    group.addTask {
      for await _ in session { return .gotPast(terminal: terminal) }
      return .quiet
    }
    return announcement
  }

  /// Waits for one signal.
  func listen(to signals: AsyncStream<SweepSignal>, in group: inout TaskGroup<ChildEnd>) {
    group.addTask {
      for await signal in signals { return .signal(signal) }
      return Task.isCancelled ? .cancelled : .unattended
    }
  }

  /// Wakes the parent when the time that the run may take is over.
  func watchDeadline(_ state: State, in group: inout TaskGroup<ChildEnd>) {
    guard let deadline = plan.limits.deadline else { return }
    let instant = state.start.advanced(by: deadline)
    group.addTask {
      do {
        try await clock.sleep(until: instant, tolerance: nil)
        return .overdue
      } catch {
        return .quiet
      }
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

  private func contact(for start: SweepScheduler.Start, unsupported: String?) throws(Failure) -> Contact {
    let terminal = plan.inventory.terminals[start.terminal]
    let endpoint = try routes.endpoint(
      of: terminal, over: start.client, limits: plan.limits, attempt: start.attempt,
      gauge: inFlight.enter(terminal, attempt: start.attempt, now: now))
    let program = RemoteProgram(
      nonce: nonces(), factNonce: nonces(), checks: plan.checkSets[start.set], root: terminal.root,
      deadline: plan.limits.runTimeout)
    return Contact(
      endpoint: endpoint, program: program, transport: transport, now: now, isLastTry: start.isLastTry,
      isLastIfSlow: start.isLastIfSlow, elapsed: { [clock, began = clock.now] in began.duration(to: clock.now) },
      isFallback: start.isFallback, canFallBack: canFallBack, unsupported: unsupported)
  }
}
