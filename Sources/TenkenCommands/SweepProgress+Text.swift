internal import TenkenModel

extension SweepProgress {
  /// The display of a terminal: the sweep in a line, then a line a site that has work, `width` columns at most. Where
  /// there are more sites than lines, those with something in flight come first.
  func lines(at time: Duration, width: Int, height: Int) -> [String] {
    let names = min(24, sites.map(\.id.rawValue.count).max() ?? 0)
    let working = sites.filter { $0.planned > 0 }
    let fits = working.count + 1 <= height
    let shown = fits ? working : Array(Self.busiestFirst(working).prefix(max(0, height - 2)))
    return [summary(at: time)]
      + shown.map { site in
        let name = site.id.rawValue
        let padding = String(repeating: " ", count: max(0, names - name.count))
        return String("  \(name)\(padding)  \(Self.text(site, at: time))".prefix(width))
      } + (fits ? [] : ["  and \((working.count - shown.count).grouped) more sites"])
  }

  private static func busiestFirst(_ sites: [SiteLine]) -> [SiteLine] {
    sites.filter { $0.inFlight > 0 } + sites.filter { $0.inFlight == 0 && $0.done < $0.planned }
      + sites.filter { $0.inFlight == 0 && $0.done >= $0.planned }
  }

  /// `412 of 29,000 recorded, 200 in flight, 45.1/s, about 10 min left`.
  func summary(at time: Duration) -> String {
    var parts = ["\(done.grouped) of \(planned.grouped) \(verb)", "\(inFlight.grouped) in flight"]
    if let pace = pace.text(of: planned, done: done, at: time) { parts.append(pace) }
    if held > 0 { parts.append("\(held.grouped) \(held == 1 ? "site" : "sites") held") }
    return (isDraining ? "draining: " : "") + parts.joined(separator: ", ")
  }

  private static func text(_ site: SiteLine, at time: Duration) -> String {
    var parts = ["\(site.done.grouped)/\(site.planned.grouped)"]
    if let hold = site.holds.last { parts.append(text(hold, at: time)) }
    if let opens = site.opens { parts.append("outside its hours for \(max(.seconds(1), opens - time).forPeople)") }
    if site.inFlight > 0 { parts.append("\(site.inFlight) in flight") }
    if let pace = site.pace.text(of: site.planned, done: site.done, at: time) { parts.append(pace) }
    parts += Outcome.ofAttempts.compactMap { outcome in
      site.outcomes[outcome].map { "\(outcome.rawValue) \($0.grouped)" }
    }
    if site.failing > 0 { parts.append("failing a check \(site.failing.grouped)") }
    return parts.joined(separator: "  ")
  }

  /// `held: gateway bkk-jump: connection refused, next try in 12 s`.
  private static func text(_ hold: Hold, at time: Duration) -> String {
    let cause = hold.condition.cause.escapedForPeople(maxLength: 120)
    guard let due = hold.nextTry else { return (hold.condition.gateway == nil ? "" : "given up: ") + cause }
    let wait = Duration.seconds((due - time).components.seconds + 1)
    return "held: \(cause), " + (due > time ? "next try in \(wait.forPeople)" : "trying again")
  }
}
