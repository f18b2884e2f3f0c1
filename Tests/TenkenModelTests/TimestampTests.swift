import TenkenModel
import Testing

struct TimestampTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (1, "1970-01-01T00:00:00.001Z"), (-1, "1969-12-31T23:59:59.999Z"),
    (-1000, "1969-12-31T23:59:59.000Z"), (-86_400_000, "1969-12-31T00:00:00.000Z"),
    (-86_400_001, "1969-12-30T23:59:59.999Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
    (951_868_799_999, "2000-02-29T23:59:59.999Z"), (951_868_800_000, "2000-03-01T00:00:00.000Z"),
    (1_709_164_800_000, "2024-02-29T00:00:00.000Z"), (1_709_251_200_000, "2024-03-01T00:00:00.000Z"),
    (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (4_107_456_000_000, "2100-02-28T00:00:00.000Z"),
    (1_795_498_200_250, "2026-11-24T05:30:00.250Z"), (-2_208_988_800_000, "1900-01-01T00:00:00.000Z"),
    (-2_203_891_200_000, "1900-03-01T00:00:00.000Z"), (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
    (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
  ])
  func `a moment is written as RFC 3339 has it`(milliseconds: Int64, text: String) {
    #expect(Timestamp(milliseconds: milliseconds).description == text)
  }

  @Test func `every day of 800 years follows the one before it`() {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var (year, month, day) = (1600, 1, 1)
    var milliseconds: Int64 = -11_676_096_000_000
    while year < 2400 {
      let date = Timestamp(milliseconds: milliseconds).date
      guard date == "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)" else {
        Issue.record("\(milliseconds) is \(date), not \(year)-\(month)-\(day)")
        return
      }
      let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
      day += 1
      if day > lengths[month - 1] + (month == 2 && isLeap ? 1 : 0) { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
      milliseconds += 86_400_000
    }
  }

  @Test func `for people it is shorter, and time between two is their difference`() {
    let moment = Timestamp(milliseconds: 1_795_498_200_250)
    #expect(moment.forPeople == "2026-11-24 05:30:00 UTC")
    #expect(moment.elapsed(since: Timestamp(milliseconds: 1_795_498_199_000)) == .milliseconds(1250))
    #expect(Timestamp(milliseconds: 1) < Timestamp(milliseconds: 2))
  }
}
