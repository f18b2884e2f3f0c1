import TenkenModel
import Testing

struct IDRangeTests {
  private func expanded(_ text: String) throws -> [String] {
    let range = try IDRange(parsing: text)
    return (0..<range.count).map { range[$0] }
  }

  @Test func `ranges are expanded, the rightmost fastest, padded as they are written`() throws {
    #expect(try expanded("plain") == ["plain"])
    #expect(try expanded("") == [""])
    #expect(try expanded("a[1-3]") == ["a1", "a2", "a3"])
    #expect(try expanded("a[008-011]b") == ["a008b", "a009b", "a010b", "a011b"])
    #expect(try expanded("[8-11]") == ["8", "9", "10", "11"])
    #expect(try expanded("[0-1].[1-2]") == ["0.1", "0.2", "1.1", "1.2"])
    #expect(try expanded("[5-5]") == ["5"])
    #expect(try expanded("[00-01]") == ["00", "01"])
    #expect(try IDRange(parsing: "10.66.[0-1].[1-200]")[399] == "10.66.1.200")
  }

  @Test(arguments: [
    "[", "]", "a[1-2", "a1-2]", "[[1-2]]", "[]", "[1]", "[-]", "[1-]", "[-2]", "[a-b]", "[1-2-3]", "[ 1-2]", "[+1-2]",
    "[1-1234567890]", "[2-1]", "[0400-0001]", "[01-9]", "[1-09]", "[1,2]",
  ])
  func `what is no range is refused`(text: String) {
    #expect(throws: IDRange.Malformed.self) { try IDRange(parsing: text) }
  }

  @Test func `a backwards range is told with the right one`() throws {
    let error = #expect(throws: IDRange.Malformed.self) { try IDRange(parsing: "jp-[0400-0001]") }
    #expect(error?.what == "range [0400-0001] runs backwards")
    #expect(error?.fix == "write [0001-0400]")
  }

  @Test func `a count that overflows is the greatest one`() throws {
    let range = try IDRange(parsing: String(repeating: "[0-999999999]", count: 3) + "[1-1]")
    #expect(range.count == .max)
    #expect(range[0] == "0001")
    #expect(range[1] == "0011")
    #expect(range.contains("9991"))
    #expect(!range.contains("9990"))
  }

  @Test func `a range contains what it expands to, and nothing else`() throws {
    var random = SplitMix64(seed: 3)
    for _ in 0..<300 {
      let text = Self.randomRange(&random)
      let range = try IDRange(parsing: text)
      let expanded = Set((0..<range.count).map { range[$0] })
      for member in expanded.sorted().prefix(50) {
        #expect(range.contains(member), "\(text) contains \(member)")
        let changed = Self.changed(member, &random)
        #expect(range.contains(changed) == expanded.contains(changed), "\(text) and \(changed)")
      }
    }
  }

  @Test func `many ranges side by side are decided quickly`() throws {
    let range = try IDRange(parsing: String(repeating: "[1-99999]", count: 40))
    #expect(!range.contains(String(repeating: "1", count: 63) + "x"))
    #expect(range.contains(String(repeating: "1", count: 63)))
  }

  private static func randomRange(_ random: inout SplitMix64) -> String {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in
      let first = Int.random(in: 0...30, using: &random)
      let last = first + Int.random(in: 0...8, using: &random)
      let pads = Bool.random(using: &random)
      let literal = ["", "a", "1", "-"][Int.random(in: 0..<4, using: &random)]
      return literal + (pads ? "[\(padded(first))-\(padded(last))]" : "[\(first)-\(last)]")
    }.joined()
  }

  private static func padded(_ number: Int) -> String {
    String(repeating: "0", count: 3 - String(number).count) + String(number)
  }

  private static func changed(_ text: String, _ random: inout SplitMix64) -> String {
    var bytes = Array(text.utf8)
    let place = Int.random(in: 0...bytes.count, using: &random)
    switch Int.random(in: 0..<3, using: &random) {
    case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0x30...0x39, using: &random)
    case 1 where place < bytes.count: bytes.remove(at: place)
    default: bytes.insert(UInt8.random(in: 0x30...0x39, using: &random), at: place)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
