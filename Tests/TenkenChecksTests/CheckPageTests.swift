import TenkenChecks
import TenkenModel
import Testing

struct CheckPageTests {
  @Test func `a page tells all of a check in 80 columns`() throws {
    let page = CheckPage.text(try #require(try Specimen.catalogue()["log.wtmp"]))
    #expect(page.hasPrefix("log.wtmp  Login records are complete and in order\n\n  version    2\n"))
    for text in [
      "critical, class integrity", "30s, 64k of output; light", "T1685.006@v19",
      "max_silence_hours (number, 2160): longest time without a record", "False positives", "NIST SP 800-53",
      "login.records: count, first, last, longest_silence_hours",
    ] { #expect(page.contains(text), "\(text)") }
    for line in page.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }
}
