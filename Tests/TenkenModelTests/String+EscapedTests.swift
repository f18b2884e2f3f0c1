import TenkenModel
import Testing

struct StringEscapedTests {
  @Test(arguments: [
    ("plain text, 点検 and é", "plain text, 点検 and é"),
    ("\u{1B}[31mred\u{7}", #"\x1b[31mred\x07"#),
    ("a\r\nb\tc\u{7F}", #"a\x0d\x0ab\x09c\x7f"#),
    ("\u{9B}31m", #"\xc2\x9b31m"#),
    ("evil\u{202E}txt.exe", #"evil\xe2\x80\xaetxt.exe"#),
    ("\u{2066}x\u{2069}", #"\xe2\x81\xa6x\xe2\x81\xa9"#),
    ("zero\u{200B}width\u{FEFF}", #"zero\xe2\x80\x8bwidth\xef\xbb\xbf"#),
    ("line\u{2028}separator", #"line\xe2\x80\xa8separator"#),
    (#"\x1b"#, #"\\x1b"#),
    ("", ""),
  ])
  func `what could act on a screen is spelled out, the rest stands`(text: String, shown: String) {
    #expect(text.escapedForPeople() == shown)
  }

  @Test(
    arguments: [
      ([0xFF, 0x41], #"\xffA"#), ([0xC3], #"\xc3"#), ([0xC3, 0x41], #"\xc3A"#), ([0xE2, 0x80, 0x41], #"\xe2\x80A"#),
      ([0xC0, 0x80], #"\xc0\x80"#), ([0xED, 0xA0, 0x80], #"\xed\xa0\x80"#), ([0xF0, 0x9F, 0x98], #"\xf0\x9f\x98"#),
      ([0xE2, 0xC3, 0xA9], #"\xe2é"#), ([0], #"\x00"#),
    ] as [([UInt8], String)])
  func `what is not UTF-8 is spelled out byte for byte`(bytes: [UInt8], shown: String) {
    #expect(String(escapingForPeople: bytes) == shown)
  }

  @Test func `a long text is cut, and never in the middle of an escape`() {
    #expect(String(repeating: "a", count: 300).escapedForPeople(maxLength: 10) == "aaaaaaaaaa…")
    #expect("aaaaaaaa\u{1B}".escapedForPeople(maxLength: 10) == "aaaaaaaa…")
    #expect(String(repeating: "a", count: 10).escapedForPeople(maxLength: 10) == "aaaaaaaaaa")
    #expect("never cut".escapedForPeople(maxLength: .max) == "never cut")
    #expect("\u{1B}".escapedForPeople(maxLength: .max) == #"\x1b"#)
  }

  @Test func `no byte of any value ever shows as a control character`() {
    for byte in UInt8.min...UInt8.max {
      let shown = String(escapingForPeople: [byte, 0x80, byte])
      #expect(shown.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
    }
  }
}
