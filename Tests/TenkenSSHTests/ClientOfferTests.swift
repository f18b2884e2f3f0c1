import Foundation
import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// The client's first packet, as it is on the wire.
  struct ClientOfferTests {
    private static let all = LibSSH2.algorithms.hostKey

    /// What the client offers a server of which this is on record: lines of known_hosts with `PORT` for its port.
    private func offer(onRecord lines: String, pinned: [HostKey] = [], in directory: URL) async throws
      -> KeyExchangeOffer
    {
      let identity = Credential.Identity.file(try SSHKey("client", in: directory).path)
      return try await OfferRecorder.offer { port in
        let endpoint = Station.endpoint(port: port, pinned: pinned, identity: identity)
        let lines = lines.replacing("PORT", with: "\(port)")
        try await Station.withTransport(knownHosts: lines, identities: [identity]) { transport in
          #expect(await Station.run("true", on: endpoint, over: transport).failure?.outcome == .unreachable)
        }
      }
    }

    @Test(arguments: [
      (["ed25519"], ["ssh-ed25519"]), (["ecdsa"], ["ecdsa-sha2-nistp256"]),
      (["ecdsa", "ed25519"], ["ssh-ed25519", "ecdsa-sha2-nistp256"]),
      (["rsa"], all.filter { Algorithms.keyType(of: $0) == "ssh-rsa" }),
      (["rsa", "ed25519"], all.filter { ["ssh-rsa", "ssh-ed25519"].contains(Algorithms.keyType(of: $0)) }),
    ])
    func `only the types of the keys on record are asked for`(types: [String], names: [String]) async throws {
      try await withTemporaryDirectory { directory in
        let keys = try types.map { try SSHKey($0, in: directory, ["-t", $0]) }
        let lines = try keys.map { "[127.0.0.1]:PORT \(try $0.publicLine)" }.joined()
        #expect(try await offer(onRecord: lines, in: directory).hostKey == names)
        // A pinned key stands for all of known_hosts.
        let pinned = try keys.map { try #require(KeyFile.publicKey($0.path + ".pub")) }
        let others =
          try lines + "[127.0.0.1]:PORT \(SSHKey("p384", in: directory, ["-t", "ecdsa", "-b", "384"]).publicLine)"
        #expect(try await offer(onRecord: others, pinned: pinned, in: directory).hostKey == names)
      }
    }

    @Test(arguments: ["", "127.0.0.1 KEY", "[127.0.0.1]:1 KEY", "@revoked * KEY", "@cert-authority * KEY"])
    func `where nothing on record disproves a key, every type is asked for`(record: String) async throws {
      try await withTemporaryDirectory { directory in
        let key = try SSHKey("host", in: directory).publicLine
        #expect(try await offer(onRecord: record.replacing("KEY", with: key), in: directory).hostKey == Self.all)
      }
    }

    @Test func `nothing is offered that is not wanted`() async throws {
      try await withTemporaryDirectory { directory in
        let offer = try await offer(onRecord: "", in: directory)
        // Newer libraries add their own words of the protocol to this list, which are no algorithms.
        let words = ["ext-info-c", "kex-strict-c-v00@openssh.com"]
        #expect(offer.keyExchange.filter { !words.contains($0) } == LibSSH2.algorithms.keyExchange)
        for list in [offer.encryptionToServer, offer.encryptionToClient] {
          #expect(list == LibSSH2.algorithms.encryption)
        }
        for list in [offer.macToServer, offer.macToClient] { #expect(list == LibSSH2.algorithms.mac) }
        for list in [offer.compressionToServer, offer.compressionToClient] { #expect(list.first == "none") }
        #expect(Set(offer.encryptionToServer).isSubset(of: Algorithms.wanted.encryption))
      }
    }
  }
}
