import TenkenModel

extension SampleSweep {
  /// Checks that tell of connections.
  static let flowChecks = [("login.sources", "login.source"), ("net.peers", "net.peers")].map { id, fact in
    Check(
      id: ID(id)!, version: 1, title: "Who it talks to", severity: .high, checkClass: .inventory,
      facts: [Check.FactDeclaration(name: fact, columns: [])], script: [], digest: digest, file: "checks/\(id)/check.sh"
    )
  }

  /// A login from Bangkok to Tokyo that nothing allows, an administrator's that something does, and an address that
  /// nobody lists. From Ohio nobody was heard.
  static var connected: SampleSweep {
    var sweep = SampleSweep()
    sweep.checks += flowChecks
    sweep.flows = FlowPolicy(rules: [
      FlowPolicy.Rule(
        from: [.zone(.site("tokyo-hq"))], to: [.anySite], ports: [FlowPolicy.Ports(22...22)], who: "M. Sato",
        why: "administration", place: "policy.yaml:3")
    ])
    sweep.add("th-1", "bangkok", facts: [login("alice", "10.8.0.3"), login("alice", "172.16.9.9")])
    sweep.add("th-2", "bangkok")
    sweep.add("jp-1", "tokyo-hq", facts: [login("<b>root</b>", "10.7.0.1")])
    sweep.add("us-1", "ohio", .unreachable, "connection refused")
    return sweep
  }

  private static func login(_ user: String, _ address: String) -> Fact {
    Fact(name: "login.source", values: [user, address, "publickey", "3", "2026-11-20T03:12:05Z"])
  }
}
