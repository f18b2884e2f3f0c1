internal import TenkenModel

/// `waivers.yaml`: the exceptions that somebody answers for.
struct WaiversFile {
  static let path = "waivers.yaml"
  private static let keys = ["check", "terminal", "select", "who", "why", "until"]

  private(set) var waivers: [Waiver] = []

  init(_ sources: SourceFiles, _ fleet: SelectionReader, _ log: inout ProblemLog) {
    guard let bytes = sources[Self.path],
      let root = YAMLSection(SourceFiles.File(path: Self.path, bytes: bytes), known: ["waivers"], &log)
    else { return }
    let example = "waivers: [{check: ID, terminal: ID, who: NAME, why: REASON, until: 2026-12-31}]"
    root.demand("waivers", example: example, &log)
    waivers = root.sections("waivers", title: "a waiver", known: Self.keys, &log).compactMap {
      Self.waiver($0, fleet, &log)
    }
  }

  private static func waiver(_ section: YAMLSection, _ fleet: SelectionReader, _ log: inout ProblemLog) -> Waiver? {
    for (key, example) in [("who", "NAME"), ("why", "REASON"), ("until", "2026-12-31")] {
      section.demand(key, example: "\(key): \(example)", &log)
    }
    let check = section.value("check", &log) { text throws(Malformed) in
      guard let id = ID<Check>(text) else {
        throw Malformed(what: "bad id of a check \(text.quoted)", fix: "write \(ID<Check>.rule)")
      }
      return id
    }
    let until = section.value("until", &log) { text throws(Malformed) in
      guard let end = Timestamp(endOfDay: text) else {
        throw Malformed(what: "\(text.quoted) is no day", fix: "write it as 2026-12-31; the waiver ends with that day")
      }
      return end
    }
    let terminal = section.text("terminal", &log)
    let select = section.text("select", &log)
    if check == nil, terminal == nil {
      section.add(section.line, "a waiver of everything", fix: "name the check, or the terminal, or both", &log)
    }
    if terminal != nil, select != nil {
      section.add(section.line, "a waiver with both a terminal and a selection", fix: "keep one of them", &log)
    }
    let selection = terminal.map { fleet.terminal($0, &log) } ?? fleet.selection(select, &log)
    let (who, why) = (section.text("who", &log), section.text("why", &log))
    guard let who, let why, let until else { return nil }
    return Waiver(
      check: check, selection: selection, who: who.value, why: why.value, until: until,
      place: log.place(path, section.line))
  }
}
