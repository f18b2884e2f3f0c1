import TenkenModel
import Testing

struct TimestampDayTests {
  @Test func `every day of two leap cycles comes back as itself`() {
    for day in stride(from: Int64(-800), through: 3500, by: 1) {
      let start = Timestamp(milliseconds: day * 86_400_000)
      #expect(Timestamp(endOfDay: start.date)?.milliseconds == (day + 1) * 86_400_000 - 1)
    }
  }

  @Test(arguments: ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "20261231", "", "2026-12-31 ", "२०२६-१२-३१"])
  func `what is no day is refused`(text: String) { #expect(Timestamp(endOfDay: text) == nil) }
}
