import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSweep

struct RoutesTests {
  private let networks = [Network(.v4(0x0A40_0000), prefixLength: 16)]

  private func inventory(gateways: [ID<Gateway>], credentials: [String] = ["default", "jump"]) -> Inventory {
    let sites = [
      Site(id: "tokyo", name: "Tokyo"),
      Site(id: "bangkok", name: "Bangkok", networks: networks, gateways: gateways, client: .openSSH),
    ]
    let terminals = sites.map { Terminal(id: ID($0.id.rawValue)!, address: "10.64.0.1", port: 2222, site: $0.id) }
    let logins = credentials.map { ($0, Credential(name: $0, user: "u-\($0)", identity: .agent)) }
    return Inventory(
      name: "sample", sites: sites,
      gateways: [Gateway(id: "outer", address: "203.0.113.7", credential: "jump"), Gateway(id: "inner", address: "g")],
      terminals: terminals, credentials: Dictionary(uniqueKeysWithValues: logins), limits: Limits(),
      sources: SourceFiles(origin: "sample", files: []), digest: .sample("sample"))
  }

  private func endpoint(_ index: Int, _ inventory: Inventory, over client: SSHClient = .builtIn) throws -> Endpoint {
    try Routes(of: inventory).endpoint(
      of: inventory.terminals[index], over: client, limits: Limits(concurrency: 7), attempt: 3)
  }

  @Test func `a terminal is reached through the gateways of its site, in their order`() throws {
    let endpoint = try endpoint(1, inventory(gateways: ["inner", "outer"]), over: .openSSH)
    #expect(endpoint.hops.map(\.gateway.id) == ["inner", "outer"])
    #expect(endpoint.hops.map(\.credential.user) == ["u-default", "u-jump"])
    #expect(endpoint.networks == networks)
    #expect(endpoint.client == .openSSH)
    #expect(endpoint.credential.user == "u-default")
    #expect(endpoint.port == 2222 && endpoint.attempt == 3 && endpoint.limits.concurrency == 7)
  }

  @Test func `a site that says nothing is reached directly`() throws {
    let endpoint = try endpoint(0, inventory(gateways: ["inner"]))
    #expect(endpoint.hops.isEmpty && endpoint.networks.isEmpty)
    #expect(endpoint.client == .builtIn)
  }

  @Test func `nobody is contacted without the gateway or the credential that is named`() throws {
    for inventory in [inventory(gateways: ["lost"]), inventory(gateways: ["outer"], credentials: ["default"])] {
      let failure = try #require(throws: Failure.self) { try endpoint(1, inventory) }
      #expect(failure.code == .bug)
      _ = try endpoint(0, inventory)
    }
  }
}
