import Foundation
import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import Testing

struct UserCertificateTests {
  @Test(arguments: [
    ["-t", "ed25519"], ["-t", "ecdsa", "-b", "256"], ["-t", "ecdsa", "-b", "384"], ["-t", "ecdsa", "-b", "521"],
    ["-t", "rsa", "-b", "2048"],
  ])
  func `a certificate of ssh-keygen says whose key it is for, and when`(options: [String]) async throws {
    let (blob, publicHalf) = try await Self.certificate(options, ["-V", "0x5e0be100:0x70dbd880", "-n", "inspector"])
    let certificate = try #require(UserCertificate(blob: blob))
    #expect(certificate.publicKey == publicHalf)
    #expect(certificate.algorithm.keyType == publicHalf.type)
    #expect(certificate.isForUsers)
    #expect(certificate.name == "the\u{1B}name")
    #expect(certificate.validAfter == 0x5e0b_e100 && certificate.validBefore == 0x70db_d880)
    #expect(certificate.blob == blob)
  }

  @Test func `a host's certificate, and one without an end, are known as such`() async throws {
    let (host, _) = try await Self.certificate(["-t", "ecdsa"], ["-h"])
    let certificate = try #require(UserCertificate(blob: host))
    #expect(!certificate.isForUsers)
    #expect(certificate.validAfter == 0 && certificate.validBefore == .max)
  }

  @Test func `a key is no certificate, and neither is one that is cut or has more behind it`() async throws {
    let (blob, publicHalf) = try await Self.certificate(["-t", "ecdsa"], [])
    #expect(UserCertificate(blob: publicHalf.blob) == nil)
    for length in 0..<blob.count { #expect(UserCertificate(blob: Array(blob[..<length])) == nil) }
    #expect(UserCertificate(blob: blob + [0]) == nil)
  }

  @Test func `a certificate that is changed anywhere breaks nothing`() async throws {
    let (blob, _) = try await Self.certificate(["-t", "rsa", "-b", "2048"], [])
    var random = SplitMix64(seed: 7)
    for _ in 0..<2000 {
      var changed = blob
      changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      if let certificate = UserCertificate(blob: changed) { #expect(certificate.blob == changed) }
    }
  }

  /// A key of this kind, certified with these options of ssh-keygen(1).
  private static func certificate(
    _ options: [String], _ certification: [String]
  ) async throws -> (blob: [UInt8], publicHalf: HostKey) {
    try await withTemporaryDirectory { directory in
      let (key, authority) = (directory.appending(path: "key").path, directory.appending(path: "authority").path)
      try runTool("/usr/bin/ssh-keygen", ["-q", "-N", "", "-f", key] + options)
      try runTool("/usr/bin/ssh-keygen", "-q", "-N", "", "-t", "ed25519", "-f", authority)
      try runTool(
        "/usr/bin/ssh-keygen", ["-q", "-s", authority, "-I", "the\u{1B}name"] + certification + [key + ".pub"])
      return (try Self.key(key + "-cert.pub").blob, try Self.key(key + ".pub"))
    }
  }

  private static func key(_ path: String) throws -> HostKey {
    let words = try String(contentsOfFile: path, encoding: .utf8).split(separator: " ")
    return try #require(HostKey(type: words[0], base64: words[1]))
  }
}
