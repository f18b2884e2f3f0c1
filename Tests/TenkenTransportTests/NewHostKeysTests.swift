import TenkenCrypto
import TenkenModel
import TenkenTransport
import Testing

struct NewHostKeysTests {
  private static func key(_ byte: UInt8) -> HostKey {
    HostKey(type: "ssh-ed25519", blob: [UInt8](repeating: byte, count: 51))
  }

  @Test func `the first key of a terminal is the only one that it may show again`() {
    let keys = NewHostKeys()
    #expect(keys.accepts(Self.key(1), of: "a"))
    #expect(keys.accepts(Self.key(1), of: "a"))
    #expect(!keys.accepts(Self.key(2), of: "a"))
    #expect(keys.accepts(Self.key(1), of: "a"))
    #expect(keys.accepts(Self.key(2), of: "b"))
  }

  @Test func `a key that an earlier run of the sweep accepted binds the terminal`() {
    let keys = NewHostKeys()
    keys.remember(["a": Self.key(1).fingerprint])
    #expect(!keys.accepts(Self.key(2), of: "a"))
    #expect(keys.accepts(Self.key(1), of: "a"))
  }
}
