import Testing

@testable import TenkenChecks

struct ByteCountTests {
  @Test(arguments: [("0", 0), ("65536", 65536), ("64k", 65536), ("1m", 1_048_576)])
  func `a size is read and written back`(text: String, bytes: Int) {
    #expect(ByteCount.parse(text) == bytes)
    #expect(ByteCount.parse(ByteCount.text(bytes)) == bytes)
  }

  @Test(arguments: ["", "k", "-1", "1g", "1 k", "1.5m", "99999999999999999999", "9223372036854775807k"])
  func `anything else is none`(text: String) { #expect(ByteCount.parse(text) == nil) }
}
