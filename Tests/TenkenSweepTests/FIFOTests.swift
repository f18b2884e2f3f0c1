import TenkenModel
import Testing

@testable import TenkenSweep

struct FIFOTests {
  @Test func `it behaves as an array that loses its first`() {
    var chance = SplitMix64(seed: 2)
    var queue = FIFO<Int>()
    var model: [Int] = []
    for number in 0..<20_000 {
      if chance.unit() < (number < 10_000 ? 0.6 : 0.4) {
        queue.append(number)
        model.append(number)
      } else {
        #expect(queue.popFirst() == (model.isEmpty ? nil : model.removeFirst()))
      }
      #expect(queue.isEmpty == model.isEmpty)
    }
  }
}
