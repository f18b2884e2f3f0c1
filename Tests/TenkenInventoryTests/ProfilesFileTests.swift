import TenkenModel
import Testing

struct ProfilesFileTests {
  private func paper(_ text: String) -> FleetOnPaper {
    var paper = FleetOnPaper()
    paper.terminals = ["tokyo": "id,address,tags\na,10.0.0.1,kiosk\n", "osaka": "id,address\nb,10.0.0.2\n"]
    paper.others = ["profiles.yaml": text]
    return paper
  }

  @Test func `rules are read in their order, with their places`() throws {
    let profiles = try paper(
      """
      profiles:
        light:
          - checks: [light]
          - select: tag:kiosk
            without: [log.deep]
            parameters:
              net.listen: {allowed_ports: "22 443", strict: true}
        night:
          - {checks: [heavy, log]}
      """
    ).inventory().profiles
    #expect(profiles.map(\.name) == ["light", "night"])
    let rule = profiles[0].rules[1]
    #expect(rule.selection.description == "tag:kiosk" && rule.without == ["log.deep"] && rule.checks.isEmpty)
    #expect(rule.parameters == ["net.listen": ["allowed_ports": "22 443", "strict": "true"]])
    #expect(rule.place == "fleet/profiles.yaml:4")
    #expect(profiles[1].rules.map(\.checks) == [["heavy", "log"]])
  }

  @Test(arguments: [
    ("", "profiles.yaml:1: profiles.yaml has no profiles"), ("profile: {}", "profiles.yaml:1: unknown key \"profile\""),
    ("profiles:\n  a: []\n", "profiles.yaml:2: profile \"a\" has no rule"),
    ("profiles:\n  a: {checks: [light]}\n", "profiles.yaml:2: a of the profiles is not a list"),
    ("profiles:\n  a:\n    - chekcs: [light]\n", "profiles.yaml:3: unknown key \"chekcs\""),
    ("profiles:\n  a:\n    - select: \"tag:\"\n", "profiles.yaml:3: the selection \"tag:\" cannot be read"),
    ("profiles:\n  a:\n    - select: tag:kisok\n", "profiles.yaml:3: no terminal fulfils \"tag:kisok\""),
    ("profiles:\n  a:\n    - select: outcome:inspected@latest\n", "profiles.yaml:3: the selection"),
    ("profiles:\n  a:\n    - parameters: {\"-\": {a: 1}}\n", "profiles.yaml:3: bad id of a check \"-\""),
  ])
  func `what is no profile is refused with its line`(text: String, problem: String) {
    let problems = paper(text).problems
    #expect(problems.contains { $0.hasPrefix("fleet/\(problem)") }, "\(problems)")
  }
}
