import TenkenModel
import Testing

struct StringProtocolQuotedTests {
  @Test func `nothing in a quoted text reaches the screen as an instruction, and a long one is cut`() {
    #expect("".quoted == "\"\"")
    #expect("東京".quoted == "\"東京\"")
    #expect("a\u{1B}[2J\n".quoted == "\"a\\x1b[2J\\x0a\"")
    #expect(String(repeating: "x", count: 61).quoted == "\"\(String(repeating: "x", count: 60))…\"")
  }
}
