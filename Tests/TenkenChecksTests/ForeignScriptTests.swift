import TenkenModel
import Testing

@testable import TenkenChecks

struct ForeignScriptTests {
  private func outcome(
    _ text: String, at path: String = "check_it", by resultProtocol: Check.ResultProtocol = .nagios,
    values: [String: String] = [:]
  ) -> (script: ForeignScript?, refusal: String) {
    do throws(ForeignScript.Refusal) {
      return (try ForeignScript(Array(text.utf8), at: path, by: resultProtocol, values: values), "")
    } catch {
      return (nil, error.reason)
    }
  }

  @Test func `a sidecar makes a check of a script that lint has nothing against`() throws {
    let text = """
      #!/bin/bash
      # platform = multi_platform_ubuntu,Debian 12,multi_platform_slmicro
      look() { lvs --noheadings | awk '{ print }'; }
      if [[ $(look) = *x* ]]; then exit $XCCDF_RESULT_FAIL; fi
      test "$XCCDF_VALUE_var_a" = b && /usr/sbin/nft list tables && exit $XCCDF_RESULT_PASS

      """
    let script = try #require(
      outcome(text, at: "guide/a_rule/sce/shared.sh", by: .sce, values: ["var_a": "b c"]).script)
    #expect(script.id == "a_rule" && script.name == "shared.sh" && script.bytes == Array(text.utf8))
    let catalogue = try CatalogueReader.parse(
      SourceFiles(
        origin: "x",
        files: [
          .init(path: "a_rule/shared.sh", bytes: script.bytes),
          .init(path: "a_rule/shared.sh.meta", bytes: Array(script.sidecar.utf8)),
        ]))
    let check = catalogue.checks[0]
    #expect(check.name == "shared.sh" && check.interpreter == "bash" && check.isForeign)
    #expect(check.distributions == ["debian:12", "ubuntu"])
    #expect(check.requires == ["awk", "lvs", "nft"])
    #expect(check.parameters.map(\.value) == ["b c"])
    #expect(Lint.problems(in: catalogue) == [])
  }

  @Test(arguments: [
    ("ELF", "no script: it has no #! line"),
    ("#!/usr/bin/ruby\n", "its interpreter \"ruby\" is none of sh, bash, perl, python3"),
    ("#!/usr/bin/python\n", "its interpreter \"python\" is none of"),
    ("#!/bin/sh\n. $PROGPATH/utils.sh\n", "line 2 reads \"$PROGPATH/utils.sh\": only the script itself"),
    ("#!/bin/bash\nsource /usr/lib/nagios/plugins/utils.sh\n", "line 2 reads"),
    ("#!/bin/sh\nx=$(dirname \"$0\")\n", "line 2 looks for files beside the script"),
    ("#!/usr/bin/perl\nuse FindBin;\n", "line 2 looks for files beside the script (FindBin)"),
    ("#!/bin/sh\necho 'x\n", "line 2 could not be understood"),
    ("#!/bin/sh\n# platform = Some Linux 3\n", "it is for Some Linux 3, of which none is a distribution"),
    ("#!/bin/bash\n{{{ macro() }}}\n", "a template: render it first"),
  ])
  func `what would have to be guessed is refused, with its reason`(text: String, reason: String) {
    #expect(outcome(text).refusal.hasPrefix(reason), "\(outcome(text).refusal)")
  }

  @Test func `a script that mends or needs values is no check of the engine`() {
    #expect(
      outcome("#!/bin/bash\napt-get install x\n", by: .sce).refusal == "it says no result of the Script Check Engine")
    #expect(
      outcome("#!/bin/bash\ntest $XCCDF_VALUE_a = 1 && exit $XCCDF_RESULT_PASS\n", by: .sce).refusal
        == "it needs a value: give --value a=VALUE")
  }
}
