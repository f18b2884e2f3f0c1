import TenkenModel
import Testing

@Suite struct `A flow policy` {
  private static let tokyo = FlowZone.site("tokyo")
  private static let bangkok = FlowZone.site("bangkok")
  private static let then = Timestamp(milliseconds: 1000)

  private static func rule(
    _ from: FlowPolicy.End, _ to: FlowPolicy.End, _ ports: [FlowPolicy.Ports] = [], until: Timestamp? = nil
  ) -> FlowPolicy.Rule {
    FlowPolicy.Rule(from: [from], to: [to], ports: ports, who: "M. Sato", why: "mail", until: until, place: "p:1")
  }

  private func verdict(
    _ rules: [FlowPolicy.Rule], _ from: FlowZone, _ to: FlowZone, _ port: UInt16? = 443, layer: FlowPolicy.Layer = .tcp,
    at time: Timestamp = Self.then
  ) -> FlowPolicy.Verdict {
    FlowPolicy(rules: rules).verdict(from: from, to: to, layer, port: port, at: time)
  }

  @Test func `allows what a rule says, in its direction and on its ports only`() {
    let rules = [Self.rule(.zone(Self.bangkok), .zone(Self.tokyo), [FlowPolicy.Ports(443...445)])]
    #expect(verdict(rules, Self.bangkok, Self.tokyo) == .authorised)
    #expect(verdict(rules, Self.bangkok, Self.tokyo, 445) == .authorised)
    #expect(verdict(rules, Self.bangkok, Self.tokyo, 446) == .unauthorised)
    #expect(verdict(rules, Self.bangkok, Self.tokyo, layer: .udp) == .unauthorised)
    #expect(verdict(rules, Self.tokyo, Self.bangkok) == .unauthorised)
    #expect(verdict(rules, Self.bangkok, Self.tokyo, nil) == .unauthorised, "a port that nobody knows is not allowed")
    #expect(verdict([], Self.bangkok, Self.tokyo) == .unauthorised)
  }

  @Test func `a rule without ports allows all of them`() {
    let rules = [Self.rule(.anySite, .zone(Self.tokyo))]
    #expect(verdict(rules, Self.bangkok, Self.tokyo, nil) == .authorised)
    #expect(verdict(rules, Self.bangkok, Self.tokyo, 9, layer: .udp) == .authorised)
    #expect(verdict(rules, .internet, Self.tokyo) == .unjudged, "the internet is no site")
    #expect(verdict(rules, .unassociated, Self.tokyo) == .unauthorised)
  }

  @Test func `what was allowed until a day is expired after it, unless another rule allows it`() {
    let until = Timestamp(milliseconds: 1000)
    let old = Self.rule(.anySite, .anySite, until: until)
    #expect(verdict([old], Self.bangkok, Self.tokyo, at: until) == .authorised)
    #expect(verdict([old], Self.bangkok, Self.tokyo, at: Timestamp(milliseconds: 1001)) == .expired)
    let both = [old, Self.rule(.anySite, .anySite)]
    #expect(verdict(both, Self.bangkok, Self.tokyo, at: Timestamp(milliseconds: 1001)) == .authorised)
  }

  @Test func `the internet is judged once a rule names it`() {
    let rules = [Self.rule(.zone(Self.tokyo), .zone(.internet), [FlowPolicy.Ports(443...443)])]
    #expect(verdict(rules, Self.tokyo, .internet) == .authorised)
    #expect(verdict(rules, Self.tokyo, .internet, 22) == .unauthorised)
    #expect(verdict(rules, .internet, Self.tokyo) == .unauthorised)
    #expect(verdict([], Self.tokyo, .internet, 22) == .unjudged)
  }

  @Test func `says nothing of what nobody can place, nor of a site's own connections`() {
    for zone in [FlowZone.ambiguous, .unresolved] {
      #expect(verdict([], zone, Self.tokyo) == .unjudged)
      #expect(verdict([], Self.tokyo, zone) == .unjudged)
    }
    #expect(verdict([], Self.tokyo, Self.tokyo) == .unjudged)
  }
}
