import Foundation
import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import Testing

struct PrivateKeyTests {
  /// RFC 8032 section 7.1, test 2, in the PKCS#8 of RFC 8410 section 7.
  @Test func `an ed25519 signature is that of RFC 8032`() throws {
    let seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
    let der = Self.bytes("302e020100300506032b657004220420" + seed)
    let pem = "-----BEGIN PRIVATE KEY-----\n\(Base64.encode(der))\n-----END PRIVATE KEY-----\n"
    let key = try PrivateKey(file: Self.secret(pem))
    #expect(
      key.publicKey.blob.suffix(32) == Self.bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
    let signature = ([0x72] as [UInt8]).withUnsafeBytes { key.sign($0) }
    #expect(
      signature
        == Self.bytes(
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"))
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let options: [String]
    let algorithm: KeyAlgorithm
    var testDescription: String { options.joined(separator: " ") }
  }

  static let cases: [Case] = [
    Case(options: ["-t", "ed25519"], algorithm: .ed25519),
    Case(options: ["-t", "ecdsa", "-b", "256"], algorithm: .ecdsa(.nistp256)),
    Case(options: ["-t", "ecdsa", "-b", "384"], algorithm: .ecdsa(.nistp384)),
    Case(options: ["-t", "ecdsa", "-b", "521"], algorithm: .ecdsa(.nistp521)),
    Case(options: ["-t", "rsa", "-b", "2048"], algorithm: .rsa),
    Case(options: ["-t", "ecdsa", "-b", "256", "-m", "PEM"], algorithm: .ecdsa(.nistp256)),
    Case(options: ["-t", "ecdsa", "-b", "521", "-m", "PKCS8"], algorithm: .ecdsa(.nistp521)),
    Case(options: ["-t", "rsa", "-b", "2048", "-m", "PEM"], algorithm: .rsa),
    Case(options: ["-t", "rsa", "-b", "2048", "-m", "PKCS8"], algorithm: .rsa),
  ]

  @Test(arguments: cases)
  func `a key of ssh-keygen has the public half that ssh-keygen says`(_ each: Case) async throws {
    try await withTemporaryDirectory { directory in
      let path = directory.appending(path: "key").path
      try makeKey(path, each.options)
      let key = try PrivateKey(file: Self.secret(String(contentsOfFile: path, encoding: .utf8)))
      #expect(key.algorithm == each.algorithm)
      let words = try String(contentsOfFile: path + ".pub", encoding: .utf8).split(separator: " ")
      #expect(key.publicKey == HostKey(type: words[0], base64: words[1]))
      let printed = try runTool("/usr/bin/ssh-keygen", "-l", "-f", path + ".pub")
      #expect(printed.contains(key.publicKey.fingerprint + " "))
    }
  }

  @Test(arguments: [["-t", "ed25519"], ["-t", "rsa", "-m", "PEM"], ["-t", "ecdsa", "-m", "PKCS8"]])
  func `an encrypted key is known as one, and nobody is asked`(options: [String]) async throws {
    try await withTemporaryDirectory { directory in
      let path = directory.appending(path: "key").path
      try makeKey(path, options, passphrase: "secret")
      #expect(throws: PrivateKeyProblem.encrypted) {
        try PrivateKey(file: Self.secret(String(contentsOfFile: path, encoding: .utf8)))
      }
    }
  }

  @Test func `a private key tells nobody what it is`() throws {
    let seed = [UInt8]((1...32).map { UInt8($0) })
    let der = Self.bytes("302e020100300506032b657004220420") + seed
    let key = try PrivateKey(
      file: Self.secret("-----BEGIN PRIVATE KEY-----\n\(Base64.encode(der))\n-----END PRIVATE KEY-----\n"))
    #expect(!Self.tells(key, seed))
    // Of what holds the seed openly this would say so.
    #expect(Self.tells(HostKey(type: "", blob: [0] + seed), seed))
    #expect(Self.tells("seed \(Base64.encode(seed))", seed))
    #expect(!((key as Any) is any CustomStringConvertible) && !((key as Any) is any Encodable))
  }

  /// Whether anything that prints `value` prints a part of `secret`: four of its bytes in their order, or its base64.
  private static func tells<Value>(_ value: Value, _ secret: [UInt8]) -> Bool {
    var told = "\(value) \(String(reflecting: value))"
    dump(value, to: &told)
    let numbers = told.split { !$0.isNumber }.map { UInt8($0) }
    let parts = (0...secret.count - 4).map { secret[$0..<$0 + 4].map(Optional.some) }
    return told.contains(Base64.encode(secret)) || parts.contains { !numbers.ranges(of: $0).isEmpty }
  }

  @Test func `what is no private key is refused for what it is`() async throws {
    try await withTemporaryDirectory { directory in
      let path = directory.appending(path: "key").path
      try makeKey(path, ["-t", "ed25519"])
      let publicHalf = try String(contentsOfFile: path + ".pub", encoding: .utf8)
      #expect(throws: PrivateKeyProblem.isPublic) { try PrivateKey(file: Self.secret(publicHalf)) }
    }
    #expect(throws: PrivateKeyProblem.self) { try PrivateKey(file: Self.secret("hello")) }
    #expect(throws: PrivateKeyProblem.self) { try PrivateKey(file: Self.secret("")) }
    #expect(throws: PrivateKeyProblem.self) {
      try PrivateKey(file: Self.secret("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"))
    }
  }

  @Test func `a key file that is cut or changed anywhere is refused, and nothing breaks`() async throws {
    try await withTemporaryDirectory { directory in
      let path = directory.appending(path: "key").path
      try makeKey(path, ["-t", "ecdsa"])
      let text = Array(try String(contentsOfFile: path, encoding: .utf8).utf8)
      let original = try PrivateKey(file: Self.secret(String(decoding: text, as: UTF8.self))).publicKey
      for length in stride(from: 0, to: text.count - 40, by: 7) {
        #expect(throws: PrivateKeyProblem.self) { try PrivateKey(file: Self.secret(bytes: Array(text[..<length]))) }
      }
      var random = SplitMix64(seed: 5)
      for _ in 0..<300 {
        var changed = text
        changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        if let key = try? PrivateKey(file: Self.secret(bytes: changed)) { #expect(key.publicKey == original) }
      }
    }
  }

  private func makeKey(_ path: String, _ options: [String], passphrase: String = "") throws {
    try runTool("/usr/bin/ssh-keygen", ["-q", "-N", passphrase, "-C", "test", "-f", path] + options)
  }

  private static func secret(_ text: String) -> SecretBytes { secret(bytes: Array(text.utf8)) }

  private static func secret(bytes: [UInt8]) -> SecretBytes {
    SecretBytes(capacity: bytes.count) { buffer in
      buffer.copyBytes(from: bytes)
      return bytes.count
    }
  }

  private static func bytes(_ hex: String) -> [UInt8] {
    stride(from: 0, to: hex.count, by: 2).map { offset in
      let start = hex.index(hex.startIndex, offsetBy: offset)
      return UInt8(hex[start..<hex.index(start, offsetBy: 2)], radix: 16) ?? 0
    }
  }
}
