import TenkenModel
import Testing

struct NetworkTests {
  private var random = SplitMix64(seed: 5)

  private mutating func address(width: Int) -> IPAddress {
    let bytes = (0..<width / 8).map { _ in UInt8.random(in: 0...255, using: &random) }
    return IPAddress(bytes: bytes)!
  }

  private mutating func network(in width: Int) -> Network {
    let length = Int.random(in: 0...width, using: &random)
    return Network(address(width: width).cut(to: length), prefixLength: length)
  }

  /// The two halves of a network that is more than one address.
  private func halves(_ network: Network) -> [Network] {
    let bit = network.prefixLength
    var upper = network.address
    upper[bit / 8] |= 0x80 >> UInt8(bit % 8)
    return [network.address, upper].map { Network(IPAddress(bytes: $0)!, prefixLength: bit + 1) }
  }

  @Test(arguments: [32, 128]) mutating func `a network holds what its bits say`(width: Int) {
    for _ in 0..<500 {
      let network = network(in: width)
      let address = address(width: width)
      let bits = { (bytes: [UInt8]) in bytes.flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 } } }
      let isInside = bits(address.bytes).prefix(network.prefixLength)
        .elementsEqual(bits(network.address).prefix(network.prefixLength))
      #expect(network.contains(address) == isInside)
      #expect(network.contains(IPAddress(bytes: network.address)!))
    }
  }

  @Test(arguments: [32, 128]) mutating func `an address of a network is in one of its halves`(width: Int) {
    for _ in 0..<500 {
      let network = network(in: width)
      guard network.prefixLength < width else { continue }
      let halves = halves(network)
      #expect(halves.allSatisfy { network.contains($0) && !$0.contains(network) })
      let address = address(width: width)
      #expect(network.contains(address) == (halves[0].contains(address) != halves[1].contains(address)))
    }
  }

  @Test func `the families are apart`() {
    let all = [Network(.v4(0), prefixLength: 0), Network(.v6(0), prefixLength: 0)]
    #expect(!all[0].contains(.v6(0x7F00_0001)) && !all[1].contains(.v4(1)))
    #expect(!all[0].contains(all[1]) && !all[1].contains(all[0]))
    #expect(!Network(.v6(0), prefixLength: 128).contains(.v4(0)))
  }
}
