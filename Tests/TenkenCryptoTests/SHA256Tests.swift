import TenkenCrypto
import TenkenModel
import Testing

struct SHA256Tests {
  @Test func `the test vectors of FIPS 180-4 come out`() {
    #expect(
      SHA256.digest(of: Array("abc".utf8)).hex
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256.digest(of: [UInt8]()).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func `a digest of files is the one that sha256sum gives`() {
    // printf a > x; printf b > y/z; find . -type f -printf '%P\n' | sort | xargs sha256sum | sha256sum
    let files = SourceFiles(
      origin: "t", files: [.init(path: "y/z", bytes: [0x62]), .init(path: "x", bytes: [0x61])])
    #expect(files.digest.hex == "453ff19cc57d223865275b4ecd54b7d6eadd8da75862a99f998034bd30cb3560")
  }
}
