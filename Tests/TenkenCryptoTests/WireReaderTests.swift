import TenkenCrypto
import TenkenModel
import Testing

struct WireReaderTests {
  @Test func `what is written is read again`() {
    var writer = WireWriter()
    writer.byte(7)
    writer.uint32(0x0102_0304)
    writer.string("ssh".utf8)
    writer.mpint([0, 0, 0x80])
    writer.bytes.withUnsafeBytes { bytes in
      var reader = WireReader(bytes)
      #expect(reader.byte() == 7)
      #expect(reader.uint32() == 0x0102_0304)
      #expect(reader.text() == "ssh")
      #expect(reader.string().map { Array($0) } == [0, 0x80])
      #expect(reader.isAtEnd)
    }
  }

  /// RFC 4251 section 5 has these as examples of an mpint.
  @Test(
    arguments: [
      ([], [0, 0, 0, 0]), ([0], [0, 0, 0, 0]), ([0x80], [0, 0, 0, 2, 0, 0x80]),
      ([0x09, 0xA3, 0x78], [0, 0, 0, 3, 0x09, 0xA3, 0x78]),
    ] as [([UInt8], [UInt8])])
  func `a number has the encoding of RFC 4251`(magnitude: [UInt8], encoded: [UInt8]) {
    var writer = WireWriter()
    writer.mpint(magnitude)
    #expect(writer.bytes == encoded)
  }

  @Test(
    arguments: [
      [], [0], [0, 0, 0], [0, 0, 0, 1], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 5, 1, 2, 3, 4],
      [0x7F, 0xFF, 0xFF, 0xFF, 1],
    ] as [[UInt8]])
  func `a length that goes beyond the bytes yields nothing`(bytes: [UInt8]) {
    bytes.withUnsafeBytes { bytes in
      var reader = WireReader(bytes)
      #expect(reader.string() == nil)
    }
  }

  @Test func `text for machines is ASCII`() {
    ([0, 0, 0, 2, 0xC3, 0xA9] as [UInt8]).withUnsafeBytes { bytes in
      var reader = WireReader(bytes)
      #expect(reader.text() == nil)
    }
  }
}
