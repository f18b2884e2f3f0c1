package import TenkenAnalysis
package import TenkenModel

/// The lines of `--json`; docs/json-events.md documents them.
package enum SweepEventLine {
  package static func begin(
    _ sweep: ID<SweepManifest>, planned: Int, of inventory: Inventory, over transport: Scope.Transport
  ) -> String {
    line("begin") { line in
      line.set("sweep", sweep.rawValue)
      line.set("transport", transport.rawValue)
      line.set("inventory", inventory.name)
      line.set("inventory-digest", inventory.digest.hex)
      line.set("terminals", inventory.terminals.count)
      line.set("to-contact", planned)
    }
  }

  package static func event(_ event: SweepEvent, of inventory: Inventory) -> String {
    switch event {
    case .contacting(let terminal, let attempt):
      line("contacting") { line in
        line.set("terminal", inventory.terminals[terminal].id.rawValue)
        line.set("attempt", attempt)
      }
    case .recorded(let terminal, let attempt):
      line("recorded") { line in
        line.set("terminal", attempt.terminal.rawValue)
        line.set("site", inventory.terminals[terminal].site.rawValue)
        line.set("attempt", attempt.number)
        line.set("outcome", attempt.outcome.rawValue)
        line.set("reason", attempt.reason)
        line.set("final", attempt.isFinal)
        line.set("ended", attempt.ended.description)
        line.set("results", results(attempt.observations))
      }
    case .turnedBack(let terminal):
      line("turned-back") { $0.set("terminal", inventory.terminals[terminal].id.rawValue) }
    case .conditions(let conditions, let nextTry): conditions.map { Self.condition($0, nextTry: nextTry) }.joined()
    case .hours(let site, let wait):
      line(wait == nil ? "hours-begun" : "hours-ended") { line in
        line.set("site", site.rawValue)
        if let wait { line.set("opens-in-ms", Int(wait.wholeMilliseconds)) }
      }
    case .overdue(let deadline): line("overdue") { $0.set("deadline-ms", Int(deadline.wholeMilliseconds)) }
    case .draining(let inFlight): line("draining") { $0.set("in-flight", inFlight) }
    }
  }

  package static func end(
    _ ending: SweepEnding, sweep: ID<SweepManifest>, account: Account, over transport: Scope.Transport
  ) -> String {
    line("end") { line in
      line.set("sweep", sweep.rawValue)
      line.set("transport", transport.rawValue)
      switch ending {
      case .finished: line.set("ending", "finished")
      case .drained: line.set("ending", "drained")
      case .waiting: line.set("ending", "waiting")
      case .stopped: line.set("ending", "stopped")
      }
      line.set(account)
    }
  }

  private static func condition(_ condition: SiteCondition, nextTry: Duration?) -> String {
    line(condition.standing.rawValue) { line in
      line.set("site", condition.site.rawValue)
      line.set("gateway", condition.gateway?.rawValue)
      line.set("outcome", condition.outcome?.rawValue)
      if condition.standing != .released { line.set("reason", condition.reason) }
      if let nextTry { line.set("next-try-ms", Int(nextTry.wholeMilliseconds)) }
      line.set("at", condition.at.description)
    }
  }

  private static func results(_ observations: [Observation]) -> JSONObject {
    var results = JSONObject()
    for observation in observations { results.set(observation.check.rawValue, observation.result.rawValue) }
    return results
  }

  private static func line(_ event: String, _ fill: (inout JSONObject) -> Void) -> String {
    var line = JSONObject()
    line.set("event", event)
    fill(&line)
    return String(decoding: line.line, as: UTF8.self)
  }
}
