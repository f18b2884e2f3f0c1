import TenkenChecks
import TenkenModel
import Testing

struct CheckPageTests {
  @Test func `a page tells all of a check in 80 columns, what to do first`() throws {
    let page = CheckPage.text(try #require(try Specimen.catalogue()["log.wtmp"]))
    #expect(page.hasPrefix("log.wtmp  Login records are complete and in order\n  critical, class integrity, version "))
    let parts = [
      "\nWhy it looks\n", "\nWhat a fail means\n  Somebody may have been here. The terminal is suspect",
      "\nWhat to do next\n", "\nWhen it fails and nothing is wrong\n", "\nWhat it costs\n  light: in every sweep",
      "ended after 30s", "64k", "\nWhat it needs\n  the rights of whoever logs in", "linux, with sh",
      "\nParameters\n", "max_silence_hours (number, 2160): longest time without a record", "\nFacts\n",
      "login.records: count, first, last, longest_silence_hours",
      "\nATT&CK\n  T1685.006@v19 Clear Linux or Mac System",
      "\nNIST SP 800-53\n", "\nFile\n",
    ]
    var rest = page[...]
    for part in parts {
      let found = rest.firstRange(of: part)
      #expect(found != nil, "\(part)")
      if let found { rest = rest[found.upperBound...] }
    }
    for line in page.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test func `every check that ships says what to do, and what a fail means`() throws {
    for check in try Specimen.catalogue().checks {
      let page = CheckPage.text(check)
      for heading in ["Why it looks", "What a fail means", "What to do next", "When it fails and nothing is wrong"] {
        #expect(page.contains("\n\(heading)\n  "), "\(check.id): \(heading)")
      }
    }
  }

  @Test func `what a fail means is what the assessment makes of it`() throws {
    func page(_ severity: String, _ checkClass: String) throws -> String {
      CheckPage.text(
        try CheckText.check(CheckText.script(replacing: ["severity": severity, "class": checkClass])))
    }
    #expect(try page("critical", "integrity").contains("The terminal is suspect"))
    #expect(try page("critical", "hardening").contains("The terminal is unsound"))
    #expect(try page("high", "integrity").contains("The terminal is unsound"))
    #expect(try page("medium", "integrity").contains("has an observation"))
    #expect(try page("info", "inventory").contains("changes nothing"))
  }
}
