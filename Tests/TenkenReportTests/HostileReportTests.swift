import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenReport

@Suite struct `A report of hostile terminals` {
  private static let report = SampleSweep.hostile.report()

  @Test func `is tried with more than a hundred strings`() {
    #expect(Set(HostileStrings.all).count > 150)
  }

  @Test func `holds no character that moves a cursor, reverses a line or hides`() {
    for document in ReportDocument.all(of: Self.report) {
      var text = document.rendered(Self.report).unicodeScalars[...]
      if document.name.hasSuffix(".csv") { #expect(text.popFirst() == "\u{FEFF}") }
      let dangerous = text.filter { $0.isDangerous && $0 != "\n" && $0 != "\r" }
      #expect(dangerous.isEmpty, "\(document.name)")
      #expect(document.name.hasSuffix(".csv") || !text.contains("\r"), "\(document.name)")
    }
  }

  @Test func `fits 80 columns of a screen`() {
    for line in TextReport.render(Self.report).split(separator: "\n") {
      #expect(String(line).displayWidth <= 80, "\(line)")
    }
  }

  @Test func `has only the elements and attributes that the pages themselves write`() throws {
    let known = Self.elements(of: SampleSweep.fleet.report())
    let found = Self.elements(of: Self.report)
    #expect(known.count > 20)
    #expect(found.subtracting(known).isEmpty)
  }

  @Test func `tells JSON Lines losslessly`() throws {
    let lines = ReportDocument.jsonLines.rendered(Self.report).split(separator: "\n")
    var reasons: Set<String> = []
    for line in lines {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      if let reason = object["reason"] as? String { reasons.insert(reason) }
    }
    for text in HostileStrings.all { #expect(reasons.contains(text)) }
  }

  @Test(.enabled(if: Tool.python3.isInstalled, "left out: python3 is not installed"))
  func `is read back by Python's csv and json as it was written`() async throws {
    try await withTemporaryDirectory { directory in
      _ = try ReportWriter().write([.csv, .jsonl], of: Self.report, to: directory.path)
      let expected = HostileStrings.all.map(CSVRow.harmless)
      try JSONEncoder().encode(expected).write(to: directory.appending(path: "csv.json"))
      try JSONEncoder().encode(HostileStrings.all).write(to: directory.appending(path: "json.json"))
      let (output, status) = try Tool.python3.run(["-c", Self.reader, directory.path])
      #expect(output == "ok\n")
      #expect(status == 0)
    }
  }

  @Test(.enabled(if: Tool.tidy.isInstalled, "left out: tidy is not installed"))
  func `is well-formed by HTML Tidy`() async throws {
    try await withTemporaryDirectory { directory in
      for report in [Self.report, SampleSweep.fleet.report()] {
        for path in try ReportWriter().write([.html], of: report, to: directory.path) {
          #expect(try Tool.tidy.run(["-q", "-e", "--drop-empty-elements", "no", path]).status == 0, "\(path)")
        }
      }
    }
  }

  /// Every `<element` and every `attribute=` inside a tag, by the rule that markup of ours is written: no `<` in a text.
  private static func elements(of report: Report) -> Set<String> {
    var found: Set<String> = []
    for document in ReportDocument.all(of: report) where document.name.hasSuffix(".html") {
      for tag in document.rendered(report).matches(of: /<([^\s>]+)([^>]*)>/) {
        found.insert(String(tag.output.1))
        for attribute in tag.output.2.matches(of: /\s([a-z-]+)=/) { found.insert("@\(attribute.output.1)") }
      }
    }
    return found
  }

  private static let reader = """
    import csv, json, sys
    sys.stderr = sys.stdout
    directory = sys.argv[1]
    rows = {}
    for name in ("terminals", "findings", "sites", "flows"):
        with open(f"{directory}/{name}.csv", encoding="utf-8-sig", newline="") as file:
            text = file.read()
        assert "\\n" not in text.replace("\\r\\n", ""), name
        table = list(csv.reader(text.splitlines(keepends=True), strict=True))
        assert all(len(row) == len(table[0]) for row in table), name
        assert not any(cell[:1] in set("=+-@\\t\\r＝＋－＠") for row in table for cell in row if cell), name
        rows[name] = [dict(zip(table[0], row)) for row in table[1:]]
        assert [int(row["row"]) for row in rows[name]] == list(range(1, len(rows[name]) + 1)), name
        assert {int(row["rows"]) for row in rows[name]} == {len(rows[name])}, name
    expected = json.load(open(f"{directory}/csv.json"))
    by_id = {row["id"]: row for row in rows["terminals"]}
    messages = {row["terminal"]: row["message"] for row in rows["findings"] if row["source"] == "check"}
    for number, text in enumerate(expected):
        row = by_id[f"t-{number}"]
        assert row["owner"] == row["role"] == row["note"] == row["label:state"] == text, (number, text)
        assert by_id[f"u-{number}"]["reason"] == text, (number, text)
        assert messages[f"t-{number}"] == text, (number, text)
    raw = json.load(open(f"{directory}/json.json"))
    lines = [json.loads(line) for line in open(f"{directory}/report.jsonl", encoding="utf-8", newline="\\n")]
    terminals = {line["id"]: line for line in lines if line["kind"] == "terminal"}
    for number, text in enumerate(raw):
        assert terminals[f"t-{number}"]["labels"][0]["value"] == text, (number, text)
    assert lines[-1]["kind"] == "end" and lines[-1]["terminal_lines"] == len(terminals) == len(raw) * 3 + 1
    print("ok")
    """
}
