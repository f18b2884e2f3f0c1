import Foundation
import TenkenTestSupport

/// Two offices: the terminals of one are behind a real jump host, those of the other are reached directly. One real
/// server, at several addresses, is all of them.
struct Offices {
  static let bangkok = ["bkk-1", "bkk-2", "bkk-3"]
  static let tokyo = ["tyo-1", "tyo-2"]
  /// A key of nobody's.
  static let strange = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"

  let gateway: OpenSSHServer
  let server: OpenSSHServer
  let directory: String

  var inventory: String { directory + "/fleet" }

  func tenken(_ arguments: [String]) -> Program { .tenken(arguments + ["--state", directory + "/state"]) }

  var sweep: Program { tenken(["sweep", "--inventory", inventory, "--checks", directory + "/checks"]) }

  /// The outcome of each terminal, with the number of its attempts.
  func terminals() async throws -> [String: String] {
    let output = directory + "/report-\(UUID().uuidString)"
    _ = try await tenken(["report", "--output", output, "--format", "jsonl"]).run()
    let terminals = try ReportedTerminal.all(inReport: output + "/report.jsonl")
    return Dictionary(uniqueKeysWithValues: terminals.map { ($0.id, "\($0.outcome) \($0.attempts)") })
  }

  static let inspected = Dictionary(uniqueKeysWithValues: (bangkok + tokyo).map { ($0, "inspected 1") })
  /// Nothing behind the gateway was contacted, and everything else was.
  static let held = inspected.merging(bangkok.map { ($0, "pending 0") }) { $1 }

  /// What stands in known_hosts for the terminals.
  func terminalKeys() throws -> String { try Self.addresses.map { try server.knownHosts(for: $0.address) }.joined() }

  func write(knownHosts: String) throws {
    try knownHosts.write(toFile: inventory + "/known_hosts", atomically: true, encoding: .utf8)
  }

  private static let addresses = (bangkok + tokyo).enumerated().map { index, id in
    (id: id, address: "127.66.0.\(index + 1)", site: bangkok.contains(id) ? "bangkok" : "tokyo")
  }

  /// - Parameter gatewayKey: what stands on record for the gateway; `nil` for its own key.
  static func with(
    gatewayKey: String? = nil, retries: Int = 0, _ body: (Offices) async throws -> Void
  ) async throws {
    var everywhere = OpenSSHServer.Configuration()
    everywhere.addresses = addresses.map(\.address)
    try await withOpenSSHServer(everywhere) { server in
      try await withOpenSSHServer { gateway in
        let offices = Offices(gateway: gateway, server: server, directory: server.directory.path)
        try FileManager.default.createDirectory(
          atPath: offices.inventory + "/terminals", withIntermediateDirectories: true)
        for (name, text) in offices.files(retries: retries) {
          try text.write(toFile: "\(offices.inventory)/\(name)", atomically: true, encoding: .utf8)
        }
        let key = try gatewayKey ?? gateway.hostKey()
        try offices.write(knownHosts: offices.terminalKeys() + "[127.0.0.1]:\(gateway.port) \(key)\n")
        try CheapChecks.write(to: offices.directory + "/checks")
        try await body(offices)
      }
    }
  }

  private func files(retries: Int) -> [String: String] {
    [
      "fleet.yaml": """
      name: offices
      defaults: {port: \(server.port), credential: inspection}
      limits: {retries: \(retries), login-timeout: 2s}
      credentials:
        inspection: {user: \(server.user), identity: "\(server.clientKey)"}
        jump: {user: \(gateway.user), identity: "\(gateway.clientKey)"}

      """,
      "sites.yaml": """
      sites:
        bangkok: {name: Bangkok, networks: [127.0.0.0/8], gateways: [jump], host-key-shared: true}
        tokyo: {name: Tokyo, networks: [127.0.0.0/8], host-key-shared: true}
      gateways:
        jump: {address: 127.0.0.1, port: \(gateway.port), credential: jump}

      """,
      "terminals/all.csv": "id,address,site\n" + Self.addresses.map { "\($0.id),\($0.address),\($0.site)\n" }.joined(),
    ]
  }
}
