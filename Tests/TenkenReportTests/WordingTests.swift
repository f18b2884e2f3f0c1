import TenkenAnalysis
import TenkenModel
import Testing

@testable import TenkenReport

@Suite struct `Wording` {
  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (29_000, "29,000"), (1_234_567, "1,234,567")])
  func `groups digits by three`(number: Int, text: String) {
    #expect(number.grouped == text)
  }

  @Test func `tells of every gap exactly once, in order`() {
    let gaps = TerminalAssessment.Gap.inOrder
    #expect(Set(gaps).count == gaps.count)
    #expect(gaps.count == Outcome.allCases.count - 1 + 2)
    #expect(Set(gaps.map(\.word)).count == gaps.count)
  }

  @Test(arguments: [("abc", 3), ("点検", 4), ("e\u{301}", 1), ("ｱ", 1), ("", 0)])
  func `measures columns of a screen`(text: String, columns: Int) {
    #expect(text.displayWidth == columns)
  }

  @Test(arguments: [("abc", "abc  "), ("abcdefg", "abcd…"), ("点検点検", "点検…"), ("a点検点", "a点… ")])
  func `fits text to columns`(text: String, fitted: String) {
    #expect(text.fitted(to: 5) == fitted)
  }
}
