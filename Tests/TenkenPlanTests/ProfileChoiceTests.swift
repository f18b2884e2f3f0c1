import TenkenModel
import TenkenPlan
import TenkenTestSupport
import Testing

struct ProfileChoiceTests {
  private static let parameter = Check.Parameter(name: "most", type: "number", value: "1", meaning: "")
  private let catalogue = SampleFleet.catalogue([
    Check.sample("a.one", parameters: [parameter]), Check.sample("a.two"), Check.sample("b.deep", cost: .heavy),
  ])

  private func plan(_ profiles: [Profile], _ profile: String?, checks: [String] = []) throws -> Plan {
    var inventory = SampleFleet.inventory(
      sites: [SampleFleet.site("tokyo")],
      terminals: (1...3).map { number in
        Terminal(
          id: ID("t-\(number)")!, address: "10.0.0.\(number)", site: "tokyo", tags: number == 2 ? ["kiosk"] : [])
      })
    inventory.profiles = profiles
    return try Planner.plan(
      inventory: inventory, catalogue: catalogue, scope: Scope(checks: checks, profile: profile),
      isSelected: { _ in true })
  }

  private func given(_ plan: Plan, _ terminal: Int) -> [String] {
    guard case .inspect(let set, _, _) = plan.dispositions[terminal] else { return [] }
    return plan.checkSets[set].map { "\($0.id)\($0.parameters.map { "=\($0.value)" }.joined())" }
  }

  @Test func `light is followed where none is named, and heavy takes both`() throws {
    #expect(given(try plan([], nil), 0) == ["a.one=1", "a.two"])
    #expect(given(try plan([], "heavy"), 0) == ["a.one=1", "a.two", "b.deep"])
  }

  @Test func `rules add, take away and set values by selection, the later value counts`() throws {
    let kiosk = try Selection(parsing: "tag:kiosk")
    let profile = Profile(
      name: "light",
      rules: [
        .init(checks: ["light"], parameters: ["a.one": ["most": "5"]], place: "p:1"),
        .init(selection: kiosk, checks: ["b"], without: ["a.two"], parameters: ["a.one": ["most": "9"]], place: "p:2"),
      ])
    let plan = try plan([profile], nil)
    #expect(given(plan, 0) == ["a.one=5", "a.two"])
    #expect(given(plan, 1) == ["a.one=9", "b.deep"])
    #expect(given(plan, 2) == given(plan, 0))
    #expect(plan.checkSets.count == 2)
    let named = try self.plan([profile], nil, checks: ["a"])
    #expect(given(named, 1) == ["a.one=9", "a.two"], "checks that were named are not taken away, their values hold")
  }

  @Test func `a check with indicators runs whatever is chosen, and loses none of them to a profile`() throws {
    let list = Check.Parameter(name: "indicators", type: "string", value: "name:a", meaning: "")
    let given = SampleFleet.catalogue([
      Check.sample("a.one"), Check.sample("b.two"), Check.sample("ioc.x", cost: .heavy, parameters: [list]),
    ])
    var inventory = SampleFleet.inventory(
      sites: [SampleFleet.site("tokyo")], terminals: [Terminal(id: "t-1", address: "10.0.0.1", site: "tokyo")])
    let rule = Profile.Rule(
      checks: ["a"], without: ["ioc"], parameters: ["ioc.x": ["indicators": "name:b"]], place: "p:1")
    inventory.profiles = [Profile(name: "few", rules: [rule])]
    for (checks, first) in [([], "a.one"), (["b"], "b.two")] {
      let plan = try Planner.plan(
        inventory: inventory, catalogue: given, scope: Scope(checks: checks, profile: "few"), isSelected: { _ in true })
      #expect(plan.checkSets[0].map(\.id.rawValue) == [first, "ioc.x"])
      #expect(plan.checkSets[0][1].indicators == "name:a\nname:b")
    }
  }

  @Test func `a terminal of which no rule speaks is given nothing`() throws {
    let rule = Profile.Rule(selection: try Selection(parsing: "tag:kiosk"), checks: ["light"], place: "p:1")
    #expect(given(try plan([Profile(name: "few", rules: [rule])], "few"), 0) == [])
  }

  @Test(arguments: [
    (Profile.Rule(checks: ["c.none"], place: "p:1"), "p:1: unknown check \"c.none\""),
    (Profile.Rule(checks: ["light"], without: ["x"], place: "p:1"), "p:1: unknown check \"x\""),
    (Profile.Rule(parameters: ["c": ["most": "1"]], place: "p:2"), "p:2: a parameter of c"),
    (Profile.Rule(parameters: ["a.one": ["least": "1"]], place: "p:2"), "p:2: a.one has no parameter \"least\""),
    (Profile.Rule(parameters: ["a.one": ["most": "many"]], place: "p:2"), "p:2: most of a.one is \"many\""),
  ])
  func `a rule of what there is not is refused with its place`(rule: Profile.Rule, what: String) {
    let failure = #expect(throws: Failure.self) { try plan([Profile(name: "x", rules: [rule])], "x") }
    #expect(failure?.code == .badInput)
    #expect(failure?.what.hasPrefix(what) == true, "\(failure?.what ?? "")")
  }

  @Test func `an unknown profile is named with those that there are`() {
    let failure = #expect(throws: Failure.self) { try plan([Profile(name: "x", rules: [])], "hevy") }
    #expect(failure?.code == .usage)
    #expect(failure?.next == "There are heavy, light, x.")
  }
}
