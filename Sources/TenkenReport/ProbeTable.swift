internal import TenkenAnalysis
internal import TenkenModel

/// A probe as rows, one a terminal, each with all that was seen of it and with where it comes from.
struct ProbeTable {
  private enum Value {
    case text(String)
    /// Written as a number, so that a spreadsheet sorts it as one.
    case number(Int)
    case nothing
  }

  private typealias Cell = (name: String, value: Value)

  private let report: ProbeReport

  init(_ report: ProbeReport) { self.report = report }

  var csv: String {
    var bytes = CSVRow.byteOrderMark
    for (number, entry) in report.entries.enumerated() {
      let cells = cells(entry, number: number + 1)
      if number == 0 {
        var heads = CSVRow()
        heads.add(cells.map(\.name))
        bytes += heads.bytes
      }
      var row = CSVRow()
      for cell in cells {
        switch cell.value {
        case .text(let text): row.add(text)
        case .number(let number): row.add(number)
        case .nothing: row.add("")
        }
      }
      bytes += row.bytes
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Members without a value are left out.
  var jsonLines: String {
    report.entries.enumerated().map { number, entry in
      var object = JSONObject()
      for cell in cells(entry, number: number + 1) {
        switch cell.value {
        case .text(let text): object.set(cell.name, text)
        case .number(let number): object.set(cell.name, number)
        case .nothing: break
        }
      }
      return String(decoding: object.line, as: UTF8.self)
    }.joined()
  }

  private func cells(_ entry: ProbeReport.Entry, number: Int) -> [Cell] {
    Self.listed(entry.terminal) + Self.contact(entry) + Self.told(entry) + [
      ("row", .number(number)), ("rows", .number(report.entries.count)),
      ("inventory", .text(report.inventory.name)), ("inventory_digest", .text(report.inventory.digest.hex)),
      ("transport", .text(report.transport.rawValue)), ("probe_started", .text(report.started.description)),
      ("probe", .text(report.isWhole ? "complete" : "interrupted")), ("tool", .text("tenken \(report.tool)")),
    ]
  }

  private static func listed(_ terminal: Terminal) -> [Cell] {
    [
      ("terminal", .text(terminal.id.rawValue)), ("site", .text(terminal.site.rawValue)),
      ("address", .text(terminal.address)), ("port", .number(Int(terminal.port))),
      ("platform", .text(terminal.platform)), ("role", .text(terminal.role)), ("owner", .text(terminal.owner)),
      ("tags", .text(terminal.tags.joined(separator: " "))),
    ]
  }

  private static func contact(_ entry: ProbeReport.Entry) -> [Cell] {
    let probed = entry.probed
    return [
      ("readiness", .text(entry.readiness.word)), ("reason", .text(entry.reason)),
      ("outcome", .text((probed?.outcome ?? .pending).rawValue)), ("contacted", text(probed?.ended.description)),
      ("dialled", text(probed?.dialled)), ("host_key_type", text(probed?.hostKey?.type)),
      ("host_key", text(probed?.hostKey?.fingerprint)),
      ("host_key_standing", text(probed?.hostKey?.standing.rawValue)), ("root", text(probed?.root?.word)),
    ]
  }

  private static func told(_ entry: ProbeReport.Entry) -> [Cell] {
    let answers = entry.probed?.answers
    return [
      ("user", text(answers?.user)), ("uid", text(answers?.uid)), ("system", text(answers?.system)),
      ("kernel", text(answers?.kernel)), ("machine", text(answers?.machine)), ("release", text(answers?.release)),
      ("version", text(answers?.version)), ("login_shell", text(answers?.loginShell)), ("sh", text(answers?.shell)),
      ("programs", text(answers?.programs.sorted().joined(separator: " "))),
      ("missing", text(answers.map { _ in entry.missing.joined(separator: " ") })),
      ("clock_offset_ms", number(answers?.clock?.milliseconds)), ("clock_margin_ms", number(answers?.clock?.margin)),
    ]
  }

  private static func text(_ text: String?) -> Value { text.map { .text($0) } ?? .nothing }

  private static func number(_ number: Int64?) -> Value { number.map { .number(Int($0)) } ?? .nothing }
}
