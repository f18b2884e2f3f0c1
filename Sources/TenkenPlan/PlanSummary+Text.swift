internal import TenkenModel

extension PlanSummary {
  /// For a screen of this many columns. Ids and counts are never cut; only lists are wrapped.
  package func text(width: Int = 80) -> String {
    let parts = [header, siteTable, checkLists(width: width), limitLines]
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var header: String {
    var lines = ["Plan for \(fleet): \(terminals) terminals at \(sites.count) sites"]
    lines.append("  to contact  \(toContact)" + (retried > 0 ? ", \(retried) of them again" : ""))
    lines.append("  excluded    \(excluded)" + (exclusions.isEmpty ? "" : " (\(reasons))"))
    lines.append("  settled     \(settled)")
    return lines.joined(separator: "\n")
  }

  private var reasons: String {
    let shown = exclusions.prefix(3).map { "\($0.reason): \($0.terminals)" }
    let rest = exclusions.count - shown.count
    return (shown + (rest > 0 ? ["\(rest) further reasons"] : [])).joined(separator: "; ")
  }

  private var siteTable: String {
    var rows = [["SITE", "CONTACT", "EXCLUDED", "SETTLED", "AT ONCE"]]
    rows += sites.map { site in
      [site.site.rawValue] + [site.toContact, site.excluded, site.settled, site.ceiling].map(String.init)
    }
    let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let numbers = (1..<5).map { Self.padding(row[$0], widths[$0]) + row[$0] }
      return row[0] + Self.padding(row[0], widths[0]) + "  " + numbers.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  private func checkLists(width: Int) -> String {
    sets.map { set in
      let platforms = set.platforms.sorted().joined(separator: ", ")
      guard !set.checks.isEmpty else {
        return "\(Self.terminals(set.terminals)) (\(platforms)): no check fits the platform; contacted, undetermined"
      }
      let count = set.checks.count == 1 ? "1 check" : "\(set.checks.count) checks"
      let head = "\(Self.terminals(set.terminals)) (\(platforms)): \(count), \(Self.size(set.bytes)) to each"
      return ([head] + Self.wrapped(set.checks.map(\.id.rawValue), width: width)).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private var limitLines: String {
    """
    At once: \(limits.concurrency) terminals of the fleet\(beginning); \(limits.retries) retries
    Deadlines: connect \(limits.connectTimeout.text), login \(limits.loginTimeout.text), run \
    \(limits.runTimeout.text); at most \(Self.size(limits.bytesPerTerminal)) from each terminal
    Sent in all: \(Self.size(bytes))
    Worst case, with every deadline used up: \(worstCase.forPeople)
    """
  }

  private var beginning: String {
    (1..<limits.concurrency).contains(limits.firstWave) ? ", beginning with \(limits.firstWave)" : ""
  }

  private static func terminals(_ count: Int) -> String { count == 1 ? "1 terminal" : "\(count) terminals" }

  private static func padding(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count))
  }

  private static func wrapped(_ words: [String], width: Int) -> [String] {
    var lines: [String] = []
    for word in words {
      if let last = lines.last, last.count + 2 + word.count <= width {
        lines[lines.count - 1] = last + "  " + word
      } else {
        lines.append("  " + word)
      }
    }
    return lines
  }

  /// In powers of 1024, with one decimal: `14.2 KiB`.
  private static func size(_ bytes: Int) -> String {
    var value = Double(bytes)
    for unit in ["bytes", "KiB", "MiB", "GiB"] {
      if value < 1024 || unit == "GiB" {
        return unit == "bytes" ? "\(bytes) bytes" : "\((value * 10).rounded() / 10) \(unit)"
      }
      value /= 1024
    }
    return "\(bytes) bytes"
  }
}
