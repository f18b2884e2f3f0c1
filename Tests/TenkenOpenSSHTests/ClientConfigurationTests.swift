import Foundation
import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenOpenSSH

struct ClientConfigurationTests {
  private static let key = HostKey(
    type: "ssh-ed25519",
    base64: "AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f")!
  private static let rsa = "ssh-rsa " + Base64.encode([0, 0, 0, 7] + Array("ssh-rsa".utf8) + [0, 0, 0, 1, 3])

  private static func leg(
    _ name: String, _ gateway: ID<Gateway>? = nil, address: String = "10.0.0.7", user: String = "inspector",
    known: String = "", certificate: String? = nil
  ) -> Leg {
    Leg(
      name: name, gateway: gateway, address: address, port: 2200, user: user,
      identity: OpenSSHIdentity(signer: .file("/keys/one"), publicKey: key, certificate: certificate),
      record: KnownHosts(Array(known.utf8), file: "").record(host: "10.0.0.7", port: 22))
  }

  private static func configuration(_ legs: [Leg], userLines: [String] = []) -> ClientConfiguration {
    var generator = SplitMix64(seed: 4)
    return ClientConfiguration(
      legs: legs, program: "/opt/my ssh/100%/ssh", userLines: legs.map { _ in userLines },
      nonce: Nonce(using: &generator), connectTimeout: 35)
  }

  /// What ssh(1) itself makes of it.
  private static func effective(_ configuration: ClientConfiguration, _ host: String) async throws -> [String] {
    try await withTemporaryDirectory { directory in
      let file = directory.appending(path: "config")
      try Data(configuration.text.utf8).write(to: file)
      return try runTool(Station.program().path, "-G", "-F", file.path, host).split(separator: "\n").map(String.init)
    }
  }

  @Test(.disabled(if: Station.isMissingSomething, "openssh-client is not installed"))
  func `ssh(1) takes it as it is meant`() async throws {
    let lines = try await Self.effective(
      Self.configuration([Self.leg("terminal", address: "fd00::7", user: #"CORP\o'neil"x"#)]), "terminal")
    for line in [
      "hostname fd00::7", "port 2200", #"user CORP\o'neil"x"#, "hostkeyalias terminal", "stricthostkeychecking true",
      "batchmode yes", "identitiesonly yes", "passwordauthentication no", "kbdinteractiveauthentication no",
      "forwardagent no", "forwardx11 no", "clearallforwardings yes", "tunnel false", "controlmaster false",
      "canonicalizehostname false", "requesttty false", "updatehostkeys false", "checkhostip no",
      "verifyhostkeydns false", "connectionattempts 1", "identityfile terminal.key", "identityagent none",
      "userknownhostsfile known_hosts", "globalknownhostsfile none", "preferredauthentications publickey",
      "serveraliveinterval 15", "serveralivecountmax 3", "connecttimeout 35", "escapechar none",
      "permitlocalcommand yes",
    ] {
      #expect(lines.contains(line), "\(line)")
    }
    #expect(
      !lines.contains { $0.hasPrefix("proxycommand") || $0.hasPrefix("proxyjump") || $0.hasPrefix("remoteforward") })
    #expect(lines.count { $0.hasPrefix("identityfile ") } == 1)
  }

  @Test(.disabled(if: Station.isMissingSomething, "openssh-client is not installed"))
  func `each leg is reached through the one before`() async throws {
    let configuration = Self.configuration([
      Self.leg("hop0", "g1"), Self.leg("hop1", "g2", address: "10.0.0.8"), Self.leg("terminal", address: "10.0.0.9"),
    ])
    let first = try await Self.effective(configuration, "hop0")
    #expect(!first.contains { $0.hasPrefix("proxycommand") })
    let second = try await Self.effective(configuration, "hop1")
    #expect(
      second.contains("proxycommand '/opt/my ssh/100%%/ssh' -F config -E hop0.log -W '[10.0.0.8]:2200' hop0"))
    let last = try await Self.effective(configuration, "terminal")
    #expect(last.contains("proxycommand '/opt/my ssh/100%%/ssh' -F config -E hop1.log -W '[10.0.0.9]:2200' hop1"))
  }

  @Test func `only the types on record are offered, RSA with SHA-2`() {
    let rsa = "10.0.0.7 \(Self.rsa)\n"
    #expect(
      Self.configuration([Self.leg("terminal", known: rsa)]).text
        .contains("HostKeyAlgorithms rsa-sha2-512,rsa-sha2-256\n"))
    #expect(Self.configuration([Self.leg("terminal")]).text.contains("HostKeyAlgorithms ssh-ed25519,ecdsa"))
    #expect(HostKeyAlgorithms.names(of: ["ssh-dss"]).isEmpty)
    #expect(HostKeyAlgorithms.names(of: []).allSatisfy { !$0.contains("-cert-") })
  }

  @Test func `known_hosts has this contact's hosts, and what is revoked`() {
    let known = "10.0.0.7 ssh-ed25519 \(Base64.encode(Self.key.blob))\n@revoked * \(Self.rsa)\n"
    #expect(
      Self.configuration([Self.leg("hop0", "g1"), Self.leg("terminal", known: known)]).knownHosts
        == "@revoked terminal \(Self.rsa)\nterminal ssh-ed25519 \(Base64.encode(Self.key.blob))\n")
  }

  @Test func `a certificate is shown in place of its key, and never both`() {
    let plain = Self.configuration([Self.leg("terminal")]).text
    #expect(plain.contains("PubkeyAcceptedAlgorithms ssh-ed25519,") && !plain.contains("-cert-v01"))
    let certified = Self.configuration([Self.leg("terminal", certificate: "/keys/one-cert.pub")]).text
    let line = certified.split(separator: "\n").first { $0.contains("PubkeyAcceptedAlgorithms") }
    #expect(line?.split(separator: ",").allSatisfy { $0.hasSuffix("-cert-v01@openssh.com") } == true)
  }

  @Test(.disabled(if: Station.isMissingSomething, "openssh-client is not installed"))
  func `what the user's configuration may say is nothing that ours says`() async throws {
    let ours = Self.configuration([Self.leg("terminal")]).text.split(separator: "\n")
      .compactMap { $0.split(separator: " ").first?.lowercased() }
    for word in UserConfiguration.honoured { #expect(!ours.contains(String(word)), "\(word)") }
    let lines = try await Self.effective(
      Self.configuration([Self.leg("terminal")], userLines: ["ciphers aes256-ctr", "macs hmac-sha2-512"]), "terminal")
    #expect(lines.contains("ciphers aes256-ctr") && lines.contains("macs hmac-sha2-512"))
  }
}
