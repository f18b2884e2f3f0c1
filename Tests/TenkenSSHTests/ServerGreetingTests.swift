import TenkenCrypto
import TenkenModel
import Testing

@testable import TenkenSSH

struct ServerGreetingTests {
  static func packet(_ payload: [UInt8]) -> [UInt8] {
    var writer = WireWriter()
    let padding = 8
    writer.uint32(UInt32(1 + payload.count + padding))
    writer.byte(UInt8(padding))
    return writer.bytes + payload + [UInt8](repeating: 0, count: padding)
  }

  private let offer = packet(AlgorithmsTests.message())

  @Test func `an identification and the offer are read, and passed on as they came`() throws {
    var greeting = ServerGreeting()
    let bytes = Array("SSH-2.0-OpenSSH_9.2p1 Debian\r\n".utf8) + offer
    #expect(try greeting.consume(bytes) == bytes)
    #expect(greeting.identification == "SSH-2.0-OpenSSH_9.2p1 Debian")
    #expect(greeting.offer?.hostKey == ["ssh-ed25519"])
    #expect(greeting.isDone)
  }

  @Test func `the way the bytes are cut makes no difference`() throws {
    let bytes = Array("hello\r\nSSH-2.0-x\r\n".utf8) + Self.packet([2, 0, 0, 0, 0]) + offer + [1, 2, 3]
    var random = SplitMix64(seed: 2)
    for _ in 0..<100 {
      var greeting = ServerGreeting()
      var passed: [UInt8] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = rest.prefix(Int.random(in: 1...40, using: &random))
        passed += try greeting.consume(Array(part))
        rest = rest.dropFirst(part.count)
      }
      #expect(passed == Array(bytes.dropFirst(7)))
      #expect(greeting.offer != nil)
      #expect(greeting.preamble == "hello\\x0d")
    }
  }

  @Test(arguments: [
    ("SSH-1.5-old\n", "the server speaks only SSH-1.5-old"), ("SSH-3.0-new\n", "the server speaks only SSH-3.0-new"),
    ("\0\0\0", "no SSH banner: \\x00\\x00\\x00"), ("SSH-1.5-\u{1B}[31m\n", "the server speaks only SSH-1.5-\\x1b[31m"),
  ])
  func `what is not SSH 2 is unsupported`(text: String, reason: String) {
    var greeting = ServerGreeting()
    #expect(throws: ServerGreeting.Rejection.unsupported(reason)) { try greeting.consume(Array(text.utf8)) }
  }

  @Test func `lines without end and a line without end are hostile`() {
    var greeting = ServerGreeting()
    #expect(throws: ServerGreeting.Rejection.hostile("more than 1024 lines and no SSH banner")) {
      try greeting.consume(Array(String(repeating: "x\n", count: 1100).utf8))
    }
    greeting = ServerGreeting()
    #expect(throws: ServerGreeting.Rejection.self) { try greeting.consume([UInt8](repeating: 0x78, count: 9000)) }
    greeting = ServerGreeting()
    #expect(throws: ServerGreeting.Rejection.hostile("an SSH banner of more than 255 bytes")) {
      try greeting.consume(Array("SSH-2.0-\(String(repeating: "x", count: 300))\n".utf8))
    }
  }

  @Test func `SSH 1.99 is SSH 2`() throws {
    var greeting = ServerGreeting()
    _ = try greeting.consume(Array("SSH-1.99-Cisco-1.25\n".utf8))
    #expect(greeting.identification == "SSH-1.99-Cisco-1.25")
  }

  @Test func `packets that make no sense are left to libssh2`() throws {
    var random = SplitMix64(seed: 9)
    for _ in 0..<200 {
      var greeting = ServerGreeting()
      let bytes = (0..<64).map { _ in UInt8.random(in: 0...255, using: &random) }
      let passed = try greeting.consume(Array("SSH-2.0-x\n".utf8) + bytes)
      #expect(passed.suffix(64) == bytes[...])
      #expect(greeting.offer == nil)
    }
  }
}
