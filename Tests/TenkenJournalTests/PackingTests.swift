import TenkenModel
import Testing

@testable import TenkenJournal

struct PackingTests {
  @Test(arguments: 0..<40) func `what is packed comes out as it went in`(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let words = (0..<Int.random(in: 1...30, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator)
    }
    let bytes = (0..<Int.random(in: 0...70_000, using: &generator)).map { _ in words.randomElement(using: &generator)! }
    guard let packed = Packing.packed(bytes) else { return }
    #expect(packed.count * 4 <= bytes.count * 3)
    #expect(try Packing.unpacked(packed, size: bytes.count) == bytes)
  }

  @Test func `what would save nothing is left as it is`() {
    var generator = SplitMix64(seed: 1)
    #expect(Packing.packed([]) == nil)
    #expect(Packing.packed([UInt8](repeating: 0, count: Packing.threshold - 1)) == nil)
    #expect(Packing.packed((0..<5000).map { _ in UInt8.random(in: 0...255, using: &generator) }) == nil)
    #expect(Packing.packed([UInt8](repeating: 0, count: Packing.threshold)) != nil)
  }

  @Test func `what is not as long as it says, or is no packed output, is refused`() throws {
    let packed = try #require(Packing.packed([UInt8](repeating: 7, count: 1000)))
    for size in [0, 1, 999, 1001, 1_000_000_000, .max] {
      #expect(throws: Packing.Malformed.self) { try Packing.unpacked(packed, size: size) }
    }
    #expect(throws: Packing.Malformed.self) { try Packing.unpacked(Array(packed.dropLast()), size: 1000) }
    #expect(throws: Packing.Malformed.self) { try Packing.unpacked([1, 2, 3], size: 1000) }
  }
}
