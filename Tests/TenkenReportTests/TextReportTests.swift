import TenkenModel
import Testing

@testable import TenkenReport

@Suite struct `The text report` {
  private let text = TextReport.render(SampleSweep.fleet.report())

  @Test func `begins with the verdict and the account that adds up`() {
    let flat = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(flat.contains("Suspect: 3 of 64 terminals show signs of intrusion 2 more are unsound."))
    #expect(flat.contains("suspect 3 + unsound 2 + undetermined 11 + observations 1 + sound 47 = 64 listed"))
    #expect(flat.contains("inspected 54 + partial 1 + unreachable 3"))
  }

  @Test func `has a line a site, the findings and who was not seen`() {
    #expect(text.contains("tokyo-hq      suspect            20        1        2        2        ·       15"))
    #expect(text.contains("critical  Failed: Only root has the user id 0 [acct.uid0]: us-ohi-0006"))
    #expect(text.contains("       3  unreachable: no connection\n"))
    #expect(text.contains("          no answer within 10s (connect) (2), connection refused (1)\n"))
  }

  @Test(arguments: [80, 120])
  func `keeps to its width`(width: Int) {
    for line in TextReport.render(SampleSweep.fleet.report(), width: width).split(separator: "\n") {
      #expect(String(line).displayWidth <= width, "\(line)")
    }
  }

  @Test func `for a screen ends with what to type next, and leaves the digests to the file`() {
    let screen = TextReport.screen(SampleSweep.fleet.report())
    #expect(
      screen.hasSuffix(
        """

        Once a person has put the right host keys on record:
                  tenken sweep --inventory inventories/example \\
                    --select 'outcome:host-key-mismatch@20261124-0530-k3fz'
                  tenken sweep --inventory inventories/example \\
                    --select 'outcome:host-key-unknown@20261124-0530-k3fz'
        Retry:    tenken resume 20261124-0530-k3fz \\
                    --retry partial,timed-out,unreachable,auth-failed
        Reports:  tenken report 20261124-0530-k3fz --output report

        """))
    #expect(!screen.contains("catalogue_digest"))
    #expect(text.contains("catalogue_digest"))
    #expect(!text.contains("Reports:"))
    for line in screen.split(separator: "\n") { #expect(String(line).displayWidth <= 80, "\(line)") }
    var sound = SampleSweep()
    sound.add("a", "ohio")
    let end = TextReport.screen(sound.report())
    #expect(!end.contains("Retry:"))
    #expect(!end.contains("Once"))
    #expect(end.hasSuffix("\nReports:  tenken report 20261124-0530-k3fz --output report\n"))
  }

  @Test func `colours only where it is asked to`() {
    #expect(!text.contains("\u{1B}"))
    let coloured = TextReport.render(SampleSweep.fleet.report(), colour: true)
    #expect(coloured.contains("\u{1B}[31mSuspect: 3 of 64"))
    #expect(coloured.replacing(/\x1b\[[0-9]+m/, with: "") == text)
  }
}
