import TenkenModel
import Testing

struct DigestTests {
  private static let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  @Test func `64 lower-case hexadecimal digits are a digest`() {
    #expect(Digest(hex: Self.hex)?.description == Self.hex)
    #expect(Digest(hex: Self.hex)?.short == "ba7816bf8f01")
  }

  @Test func `anything else is none`() {
    #expect(Digest(hex: "") == nil)
    #expect(Digest(hex: String(Self.hex.dropLast())) == nil)
    #expect(Digest(hex: Self.hex + "0") == nil)
    #expect(Digest(hex: Self.hex.uppercased()) == nil)
    #expect(Digest(hex: Self.hex.dropLast() + "g") == nil)
    #expect(Digest(hex: Self.hex.dropLast(2) + "é") == nil)
  }
}
