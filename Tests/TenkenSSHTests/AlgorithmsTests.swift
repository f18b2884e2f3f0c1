import TenkenCrypto
import Testing

@testable import TenkenSSH

struct AlgorithmsTests {
  /// A server's SSH_MSG_KEXINIT with these lists; every other one is as OpenSSH has it.
  static func message(
    keyExchange: String = "curve25519-sha256", hostKey: String = "ssh-ed25519", encryption: String = "aes128-ctr",
    mac: String = "hmac-sha2-256", compression: String = "none"
  ) -> [UInt8] {
    var writer = WireWriter()
    writer.byte(20)
    for _ in 0..<16 { writer.byte(0xAA) }
    for list in [keyExchange, hostKey, encryption, encryption, mac, mac, compression, compression, "", ""] {
      writer.string(list.utf8)
    }
    writer.byte(0)
    writer.uint32(0)
    return writer.bytes
  }

  static func offer(_ message: [UInt8]) -> KeyExchangeOffer? {
    message.withUnsafeBytes { KeyExchangeOffer(payload: $0) }
  }

  @Test func `an offer has its lists`() throws {
    let offer = try #require(Self.offer(Self.message(hostKey: "rsa-sha2-512,rsa-sha2-256,ssh-ed25519")))
    #expect(offer.hostKey == ["rsa-sha2-512", "rsa-sha2-256", "ssh-ed25519"])
    #expect(offer.hostKeyTypes == ["ssh-rsa", "ssh-ed25519"])
    #expect(offer.macToClient == ["hmac-sha2-256"])
  }

  @Test func `an offer that is cut anywhere is none`() {
    let message = Self.message()
    for length in 0..<(message.count - 13) { #expect(Self.offer(Array(message[..<length])) == nil) }
  }

  @Test func `where all lists have something in common there is no disagreement`() throws {
    #expect(Algorithms.wanted.disagreement(with: try #require(Self.offer(Self.message()))) == nil)
  }

  @Test(
    arguments: [
      (message(keyExchange: "diffie-hellman-group1-sha1"), "no key exchange algorithm in common: the server offers"),
      (message(hostKey: "ssh-dss"), "no host key algorithm in common: the server offers ssh-dss"),
      (message(encryption: "3des-cbc"), "no encryption algorithm in common: the server offers 3des-cbc"),
      (
        message(mac: "hmac-sha2-256-etm@openssh.com"),
        "no MAC algorithm in common: the server offers hmac-sha2-256-etm@"
      ),
      (message(compression: "zlib"), "no compression algorithm in common: the server offers zlib, Tenken speaks none"),
      (message(mac: ""), "no MAC algorithm in common: the server offers , Tenken"),
    ] as [([UInt8], String)])
  func `the first list with nothing in common is named`(message: [UInt8], beginning: String) throws {
    let disagreement = Algorithms.wanted.disagreement(with: try #require(Self.offer(message)))
    #expect(disagreement?.hasPrefix(beginning) == true, "\(disagreement ?? "-")")
  }

  @Test func `nothing weak is wanted, and what libssh2 can is a part of what is wanted`() {
    let wanted = Algorithms.wanted
    let all = wanted.keyExchange + wanted.encryption + wanted.mac
    for weak in ["sha1", "md5", "cbc", "arcfour", "group-exchange", "3des"] {
      #expect(!all.contains { $0.contains(weak) }, "\(weak)")
    }
    #expect(!wanted.hostKey.contains("ssh-dss"))
    let able = LibSSH2.algorithms
    #expect(able.keyExchange.first == "curve25519-sha256")
    #expect(able.hostKey.first == "ssh-ed25519")
    #expect(able.encryption.allSatisfy(wanted.encryption.contains) && !able.encryption.isEmpty)
  }

  @Test func `a preferred type stands first, and none is lost`() {
    let preferring = Algorithms.wanted.preferring(hostKeyTypes: ["ssh-rsa"])
    #expect(preferring.hostKey.prefix(4) == ["rsa-sha2-512", "rsa-sha2-256", "ssh-rsa", "ssh-ed25519"])
    #expect(Set(preferring.hostKey) == Set(Algorithms.wanted.hostKey))
    #expect(Algorithms.wanted.preferring(hostKeyTypes: []) == .wanted)
  }

  @Test func `a recorded type restricts what is offered`() {
    #expect(Algorithms.wanted.restricted(toHostKeyTypes: ["ssh-ed25519"]).hostKey == ["ssh-ed25519"])
    #expect(
      Algorithms.wanted.restricted(toHostKeyTypes: ["ssh-rsa"]).hostKey == ["rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"])
    #expect(Algorithms.wanted.restricted(toHostKeyTypes: []).hostKey == Algorithms.wanted.hostKey)
  }
}
