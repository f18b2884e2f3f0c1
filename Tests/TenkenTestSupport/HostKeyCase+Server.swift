import Foundation

extension HostKeyCase {
  /// A server that shows the key, and tells of every message that it is sent.
  package func withServer(_ body: (OpenSSHServer) async throws -> Void) async throws {
    var configuration = OpenSSHServer.Configuration()
    configuration.hostKeyTypes = [hostKeyType]
    configuration.logLevel = "DEBUG3"
    try await withOpenSSHServer(configuration, body)
  }

  /// The lines that are on record of it.
  package func knownHosts(_ server: OpenSSHServer) throws -> String {
    let lines = record.replacing("PORT", with: "\(server.port)").replacing("KEY", with: try server.hostKey(hostKeyType))
      .replacing("OTHER", with: Self.other)
    guard isHashed else { return lines + "\n" }
    let file = server.directory.appending(path: "record").path
    try (lines + "\n").write(toFile: file, atomically: true, encoding: .utf8)
    try runTool("/usr/bin/ssh-keygen", "-H", "-f", file)
    return try String(contentsOfFile: file, encoding: .utf8)
  }

  /// What the client must say of it; empty where it is logged in to.
  package func reason(_ server: OpenSSHServer) throws -> String {
    guard let refusal else { return "" }
    return try refusal.reason.replacing("SHOWN", with: Self.name(server.hostKey(hostKeyType), in: server.directory))
      .replacing("RECORDED", with: Self.name(Self.other, in: server.directory))
  }

  private static let other = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"

  /// `ssh-ed25519 SHA256:...`, as ssh-keygen(1) has the fingerprint.
  private static func name(_ key: String, in directory: URL) throws -> String {
    let file = directory.appending(path: "shown").path
    try key.write(toFile: file, atomically: true, encoding: .utf8)
    let words = try runTool("/usr/bin/ssh-keygen", "-l", "-f", file).split(separator: " ")
    return "\(key.prefix { $0 != " " }) \(words.dropFirst().first ?? "")"
  }
}
