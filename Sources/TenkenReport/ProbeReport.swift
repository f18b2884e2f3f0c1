package import TenkenAnalysis
package import TenkenModel

/// What a probe found out about every terminal that was selected, in the order of the inventory.
package struct ProbeReport: Sendable {
  /// One terminal.
  package struct Entry: Sendable {
    let terminal: Terminal
    /// `nil` where it was not contacted.
    let probed: ProbedTerminal?
    /// What kept it from being contacted, where that is known.
    let hold: SiteCondition?
    /// Programs that a check of the catalogue requires there and that it does not have; empty where that is not known.
    let missing: [String]

    package init(
      _ terminal: Terminal, _ probed: ProbedTerminal?, heldBy hold: SiteCondition? = nil,
      requiring programs: Set<String>
    ) {
      (self.terminal, self.probed, self.hold) = (terminal, probed, hold)
      missing = (probed?.answers).map { programs.subtracting($0.programs).sorted() } ?? []
    }

    var readiness: Readiness { probed?.readiness ?? (hold == nil ? .outcome(.pending) : .gateway) }
  }

  let inventory: Inventory
  let entries: [Entry]
  let started: Timestamp
  let transport: Scope.Transport
  let tool: String
  let isWhole: Bool

  /// - Parameters:
  ///   - entries: one a terminal that was to be probed.
  ///   - isWhole: whether of every one of them is known what it is, or what is in the way.
  package init(
    of inventory: Inventory, _ entries: [Entry], started: Timestamp, over transport: Scope.Transport, tool: String,
    isWhole: Bool
  ) {
    self.inventory = inventory
    self.entries = entries
    self.started = started
    self.transport = transport
    self.tool = tool
    self.isWhole = isWhole
  }

  package func text(as format: ProbeFormat, colour: Bool = false) -> String {
    switch format {
    case .text: ProbePage(self, colour: colour).text
    case .csv: ProbeTable(self).csv
    case .jsonl: ProbeTable(self).jsonLines
    }
  }
}
