import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenReport

@Suite struct `The published schema of report_jsonl` {
  private static let schema = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "docs/report.schema.json").path

  private static let judge = """
    import json, sys
    from jsonschema import Draft202012Validator as Validator
    schema = json.load(open(sys.argv[1]))
    Validator.check_schema(schema)
    validators = {kind: Validator({"$ref": "#/$defs/" + kind, "$defs": schema["$defs"]}) for kind in schema["$defs"]}
    lines = [json.loads(line) for line in open(sys.argv[2])]
    for line in lines:
        for error in validators[line["kind"]].iter_errors(line):
            sys.exit(line["kind"] + str(list(error.absolute_path)) + ": " + error.message[:300])
    for line in (next(line for line in lines if line["kind"] == kind) for kind in {line["kind"] for line in lines}):
        if not Validator(schema).is_valid(line):
            sys.exit(line["kind"] + " is not one of the lines of the schema")
    print("valid", len(lines))
    """

  /// Of whichever Python has the module.
  private static let python = [Tool.systemPython, .python3].first {
    (try? $0.run(["-c", "from jsonschema import Draft202012Validator"]).status) == 0
  }

  private func verdict(on text: String) async throws -> String {
    try await withTemporaryDirectory { directory in
      let path = directory.appending(path: "report.jsonl").path
      try text.write(toFile: path, atomically: false, encoding: .utf8)
      let python = try #require(Self.python)
      return try python.run(["-c", Self.judge, Self.schema, path]).output
    }
  }

  @Test(.enabled(if: python != nil, "left out: python3-jsonschema is not installed"))
  func `accepts every line, whatever the terminals sent`() async throws {
    let sweeps = [SampleSweep.hostile, .fleet, .qualified, .connected, .held(.hostKeyMismatch, "another key")]
    for report in sweeps.map({ $0.report() }) + [SampleSweep.fleet.report(only: ["ohio"])] {
      let text = ReportDocument.jsonLines.rendered(report)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: true).count
      #expect(try await verdict(on: text) == "valid \(lines)\n")
    }
  }

  @Test(
    .enabled(if: python != nil, "left out: python3-jsonschema is not installed"),
    arguments: [
      (#""state":"sound""#, #""state":"fine""#), (#""kind":"site","#, #""kind":"site","better":1,"#),
      (#""listed":"#, #""lists":"#), (#""port":22"#, #""port":"22""#),
    ])
  func `refuses a line that is not as it says`(right: String, wrong: String) async throws {
    let text = ReportDocument.jsonLines.rendered(SampleSweep.fleet.report())
    #expect(text.contains(right))
    #expect(try await verdict(on: text.replacing(right, with: wrong)).hasPrefix("valid") == false)
  }
}
