import Testing

@testable import TenkenJournal

struct KnownOutputsTests {
  @Test func `what many say stays known while ever new outputs come, and memory stays bounded`() {
    var known = KnownOutputs()
    known.remember([0xFF], row: 1)
    for number in 0..<60_000 {
      known.remember([UInt8(number & 255), UInt8(number >> 8), 0], row: Int64(number))
      if number % 500 == 0 { #expect(known.row(of: [0xFF]) == 1) }
    }
    #expect(known.row(of: [0, 0, 0]) == nil)
    #expect(known.count <= 2 * KnownOutputs.limit)
  }
}
