import TenkenModel
import Testing

struct AddressPolicyTests {
  private func policy(_ networks: [(String, Int)]) -> AddressPolicy {
    AddressPolicy(networks.map { Network(IPAddress($0.0)!, prefixLength: $0.1) })
  }

  /// In the order of `SpecialRange`: the first and the last address of each, and one in the middle.
  private static let special = [
    "0.0.0.0", "0.0.0.1", "0.255.255.255", "127.0.0.0", "127.0.0.1", "127.255.255.255", "169.254.0.0",
    "169.254.169.254", "169.254.255.255", "224.0.0.0", "239.255.255.255", "255.255.255.255", "240.0.0.0",
    "255.255.255.254", "::", "::1", "::2", "::127.0.0.1", "::ffff:ffff", "fe80::", "fe80::1",
    "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ff00::", "ff02::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:0.0.0.0", "64:ff9b::127.0.0.1", "64:ff9b::169.254.169.254",
  ]
  private static let ordinary = [
    "1.0.0.0", "10.0.0.1", "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "192.168.1.1",
    "223.255.255.255", "::1:0:0", "64:ff9b::10.0.0.1", "::ffff:10.0.0.1", "2001:db8::1", "fd00::1",
    "fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  ]
  private static let everything = [("0.0.0.0", 0), ("::", 0)]

  @Test(arguments: special) func `an address that no terminal has is refused`(text: String) throws {
    let address = try #require(IPAddress(text))
    for policy in [policy([]), policy([("10.0.0.0", 8)]), policy(Self.everything)] {
      #expect(policy.objection(to: address)?.contains("address, and no network of the site inside ") == true)
      #expect(policy.objection(toGateway: address) == policy.objection(to: address))
    }
  }

  @Test(arguments: special) func `it is not refused where a network of its own kind holds it`(text: String) throws {
    let address = try #require(IPAddress(text)).destination
    let policy = AddressPolicy([Network(address, prefixLength: address.width)])
    #expect(policy.objection(to: try #require(IPAddress(text))) == nil)
    #expect(policy.objection(toGateway: address) == nil)
  }

  @Test(arguments: ordinary) func `an ordinary address is refused only by a list that leaves it out`(text: String)
    throws
  {
    let address = try #require(IPAddress(text))
    #expect(policy([]).objection(to: address) == nil)
    #expect(policy(Self.everything).objection(to: address) == nil)
    #expect(policy([("198.51.100.0", 24)]).objection(to: address)?.hasSuffix(" is in no network of the site") == true)
    #expect(policy([("198.51.100.0", 24)]).objection(toGateway: address) == nil)
  }

  @Test func `the reason is for people`() {
    #expect(
      policy([("10.0.0.0", 8)]).objection(to: .v4(0x7F00_0001))
        == "127.0.0.1 is a loopback address, and no network of the site inside 127.0.0.0/8 holds it")
    #expect(
      policy([]).objection(to: IPAddress("64:ff9b::a9fe:a9fe")!)
        == "64:ff9b::a9fe:a9fe (that is 169.254.169.254) is a link-local address, and no network of the site inside 169.254.0.0/16 holds it"
    )
    #expect(policy([("10.0.0.0", 8)]).objection(to: .v4(0x0B00_0001)) == "11.0.0.1 is in no network of the site")
  }

  @Test func `a network of a special kind opens its own addresses and no other`() {
    let policy = policy([("127.20.0.0", 16)])
    #expect(policy.objection(to: IPAddress("127.20.0.7")!) == nil)
    #expect(policy.objection(to: IPAddress("::ffff:127.20.0.7")!) == nil)
    for other in ["127.0.0.1", "127.21.0.0", "::1", "169.254.169.254", "10.0.0.1", "::ffff:127.0.0.1"] {
      #expect(policy.objection(to: IPAddress(other)!) != nil, "\(other)")
    }
  }

  /// Near the edges of the special ranges, where mistakes are, and anywhere else.
  private func someAddress(_ random: inout SplitMix64) -> IPAddress {
    let texts = Self.special + Self.ordinary
    switch IPAddress(texts[Int.random(in: texts.indices, using: &random)])! {
    case .v4(let value): return .v4(value &+ UInt32.random(in: 0...2, using: &random) &- 1)
    case .v6(let value): return .v6(value &+ UInt128(UInt32.random(in: 0...2, using: &random)) &- 1)
    }
  }

  private func someNetwork(_ random: inout SplitMix64) -> Network {
    let address = someAddress(&random).destination
    let length = Int.random(in: 0...address.width, using: &random)
    return Network(address.cut(to: length), prefixLength: length)
  }

  @Test func `whoever carries an address is judged as it`() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<2000 {
      let policy = AddressPolicy((0..<3).map { _ in someNetwork(&random) })
      guard case .v4(let value) = someAddress(&random) else { continue }
      let isRefused = policy.objection(to: .v4(value)) != nil
      for prefix in [UInt128(0xFFFF), 0x0064_FF9B << 64] {
        #expect((policy.objection(to: .v6(prefix << 32 | UInt128(value))) != nil) == isRefused)
      }
    }
  }

  @Test func `order and repetition do not matter, and a further network takes nothing away`() {
    var random = SplitMix64(seed: 4)
    for _ in 0..<2000 {
      let networks = (0..<3).map { _ in someNetwork(&random) }
      let address = someAddress(&random)
      let isRefused = AddressPolicy(networks).objection(to: address) != nil
      #expect((AddressPolicy(networks.reversed() + networks).objection(to: address) != nil) == isRefused)
      if !isRefused { #expect(AddressPolicy(networks + [someNetwork(&random)]).objection(to: address) == nil) }
    }
  }

  @Test func `what a network allows, one of its halves allows as well`() {
    var random = SplitMix64(seed: 6)
    for _ in 0..<2000 {
      let network = someNetwork(&random)
      let address = someAddress(&random)
      guard network.prefixLength < network.address.count * 8, AddressPolicy([network]).objection(to: address) == nil
      else { continue }
      let bit = network.prefixLength
      var upper = network.address
      upper[bit / 8] |= 0x80 >> UInt8(bit % 8)
      let halves = [network.address, upper].map { Network(IPAddress(bytes: $0)!, prefixLength: bit + 1) }
      #expect(halves.count { AddressPolicy([$0]).objection(to: address) == nil } == 1)
      #expect(AddressPolicy(halves).objection(to: address) == nil)
    }
  }
}
