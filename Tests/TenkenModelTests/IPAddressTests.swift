import TenkenModel
import Testing

struct IPAddressTests {
  @Test(arguments: [
    ("10.64.0.7", "10.64.0.7"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("::", "::"),
    ("::1", "::1"), ("1::", "1::"), ("FD00:64:0:0:0:0:0:7", "fd00:64::7"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
    ("1:0:0:2:3:0:0:4", "1::2:3:0:0:4"), ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"), ("0:0:0:1:0:0:0:0", "0:0:0:1::"),
    ("::ffff:10.64.0.7", "::ffff:10.64.0.7"), ("::ffff:a40:7", "::ffff:10.64.0.7"),
    ("64:ff9b::1.2.3.4", "64:ff9b::102:304"),
  ])
  func `an address is written as RFC 5952 has it`(text: String, written: String) throws {
    let address = try #require(IPAddress(text))
    #expect(address.description == written)
    #expect(IPAddress(written) == address)
  }

  @Test func `text and bytes lead back to the address`() {
    var random = SplitMix64(seed: 11)
    for round in 0..<2000 {
      var bytes = (0..<(round % 2 == 0 ? 4 : 16)).map { _ in UInt8.random(in: 0...255, using: &random) }
      // Rows of zeros of any length anywhere.
      for index in bytes.indices where Bool.random(using: &random) { bytes[index] = 0 }
      let address = IPAddress(bytes: bytes)
      #expect(address?.bytes == bytes)
      #expect(IPAddress(address?.description ?? "") == address)
    }
  }

  @Test(arguments: [0, 1, 3, 5, 8, 15, 17]) func `any other number of bytes is no address`(count: Int) {
    #expect(IPAddress(bytes: Array(repeating: 1, count: count)) == nil)
  }

  @Test(arguments: [
    ("10.0.0.1", "10.0.0.1"), ("fd00::1", "fd00::1"), ("::ffff:127.0.0.1", "127.0.0.1"),
    ("64:ff9b::a9fe:a9fe", "169.254.169.254"), ("::1", "::1"), ("64:ff9b:0:0:0:1:7f00:1", "64:ff9b::1:7f00:1"),
    ("::fffe:127.0.0.1", "::fffe:7f00:1"),
  ])
  func `an address that carries another leads there`(text: String, destination: String) {
    #expect(IPAddress(text)?.destination.description == destination)
  }
}
