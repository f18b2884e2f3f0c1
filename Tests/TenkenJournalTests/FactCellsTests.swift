import Foundation
import TenkenModel
import Testing

@testable import TenkenJournal

struct FactCellsTests {
  @Test func `any strings come back as they went in, and any JSON reader reads them the same`() throws {
    var generator = SplitMix64(seed: 3)
    for _ in 0..<2000 {
      let values = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
        String(
          decoding: (0..<Int.random(in: 0...6, using: &generator)).map { _ in randomByte(&generator) }, as: UTF8.self)
      }
      let json = FactCells.json(values)
      #expect(try FactCells.values(json).map { Array($0.utf8) } == values.map { Array($0.utf8) })
      #expect(try JSONDecoder().decode([String].self, from: Data(json.utf8)) == values)
    }
  }

  @Test(arguments: [
    "", "[", "]", "[]]", "[\"]", "[\"a\",]", "[,\"a\"]", "[\"a\" ,\"b\"]", "[\"\\x\"]", "[\"\\u12\"]", "[\"\\u0100\"]",
    "[\"a\"\"b\"]", "{}", "[1]", "[\"a\\\"]", "[\"\\", "null",
  ])
  func `what was not written here is refused`(json: String) {
    #expect(throws: FactCells.Malformed.self) { try FactCells.values(json) }
  }

  /// Often one that JSON minds.
  private func randomByte(_ generator: inout some RandomNumberGenerator) -> UInt8 {
    Bool.random(using: &generator)
      ? Array("\"\\\u{0}\n,[]u".utf8).randomElement(using: &generator)! : UInt8.random(in: 0...255, using: &generator)
  }
}
