import Foundation
import TenkenTestSupport

/// A fleet on its first day: one real OpenSSH server that stands for several terminals, each at an address of its own
/// and with a trouble of its own. The inventory's known_hosts is what a test makes of it.
struct FirstDay {
  static let trouble: [(id: String, address: String)] = [
    ("ready", "127.46.0.1"), ("no-key", "127.46.0.2"), ("other-key", "127.46.0.3"), ("refused", "127.46.0.4"),
    ("no-shell", "127.46.0.5"), ("fast-clock", "127.46.0.6"), ("not-root", "127.46.0.7"), ("closed", "127.46.0.8"),
  ]

  /// What the server does at the addresses of those that have a trouble of the server's.
  private static let behaviours = [
    "refused": "DenyUsers *",
    "no-shell": "ForceCommand echo This account is currently not available.; exit 1",
    // The program is changed on its way: its clock is ahead.
    "fast-clock":
      "ForceCommand sed 's/date +%s/date -d \"93 seconds\" +%s/' | sh -c \"$SSH_ORIGINAL_COMMAND\"",
    "not-root": "ForceCommand setpriv --reuid=65534 --clear-groups sh -c \"$SSH_ORIGINAL_COMMAND\"",
  ]

  let server: OpenSSHServer
  let directory: URL

  var inventory: String { directory.appending(path: "fleet").path }
  var checks: String { directory.appending(path: "checks").path }
  var knownHostsFile: String { inventory + "/known_hosts" }

  static func with(
    hostKeyTypes: [String] = ["ed25519"], _ body: (FirstDay) async throws -> Void
  ) async throws {
    var configuration = OpenSSHServer.Configuration()
    configuration.hostKeyTypes = hostKeyTypes
    configuration.addresses = trouble.map(\.address).filter { $0 != "127.46.0.8" }
    configuration.lines =
      trouble.flatMap { id, address in
        behaviours[id].map { ["Match LocalAddress \(address)", $0] } ?? []
      } + ["Match all"]
    try await withOpenSSHServer(configuration) { server in
      try await withTemporaryDirectory { directory in
        let day = FirstDay(server: server, directory: directory)
        try day.describe()
        try await body(day)
      }
    }
  }

  private func describe() throws {
    try FileManager.default.createDirectory(atPath: inventory + "/terminals", withIntermediateDirectories: true)
    let fleet = """
      name: first-day
      defaults: {port: \(server.port), credential: inspection}
      limits: {retries: 0, login-timeout: 5s}
      credentials: {inspection: {user: \(server.user), identity: "\(server.clientKey)"}}

      """
    try write(fleet, "fleet/fleet.yaml")
    try write(
      "sites:\n  office: {name: Office, host-key-shared: true, networks: [127.46.0.0/16]}\n", "fleet/sites.yaml")
    let rows = Self.trouble.map { "\($0.id),\($0.address)\n" }
    try write("id,address\n" + rows.joined(), "fleet/terminals/office.csv")
    try writeCheck()
    let key = try server.hostKey(server.knownHosts().contains("ssh-rsa") ? "rsa" : "ed25519")
    let lines = Self.trouble.filter { $0.id != "no-key" && $0.id != "closed" }.map { id, address in
      "[\(address)]:\(server.port) \(id == "other-key" ? Self.strange : key)\n"
    }
    try write(lines.joined(), "fleet/known_hosts")
  }

  /// A catalogue with one check, which needs root.
  private func writeCheck() throws {
    try FileManager.default.createDirectory(atPath: checks + "/a.root", withIntermediateDirectories: true)
    let check = """
      #!/bin/sh
      #% id: a.root
      #% version: 1
      #% title: Needs root
      #% severity: low
      #% class: hardening
      #% rationale: A test.
      #% platform: linux
      #% privilege: root
      #% side-effects: none
      #% licence: Apache-2.0
      exit 101

      """
    try write(check, "checks/a.root/check.sh")
  }

  func write(_ text: String, _ path: String) throws {
    try text.write(to: directory.appending(path: path), atomically: true, encoding: .utf8)
  }

  /// An ed25519 key of nobody's.
  private static let strange = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"

  /// A command on this inventory.
  func run(_ arguments: [String]) async throws -> Finished {
    let state = directory.appending(path: "state").path
    return try await Program.tenken(
      arguments + ["--inventory", inventory, "--state", state, "--no-progress"]
    ).run()
  }
}
