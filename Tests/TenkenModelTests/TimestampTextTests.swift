import TenkenModel
import Testing

@Suite struct `A moment as text` {
  @Test(arguments: ["2026-11-20T03:12:05Z", "1970-01-01T00:00:00Z", "2028-02-29T23:59:59Z", "2100-12-31T12:00:00Z"])
  func `comes back as it was written`(text: String) throws {
    let time = try #require(Timestamp(written: text))
    #expect(time.description == text.replacing("Z", with: ".000Z"))
  }

  @Test(arguments: [
    "", "2026-11-20", "2026-11-20T03:12:05", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-20T24:00:00Z",
    "2026-11-20T00:60:00Z", "2026-11-20T00:00:61Z", "2026-11-20 03:12:05Z", "+026-11-20T03:12:05Z",
    "٢٠٢٦-11-20T03:12:05Z", "2026-11-20T03:12:05Z\n",
  ])
  func `anything else is none`(text: String) { #expect(Timestamp(written: text) == nil) }

  @Test func `a day ends with its last millisecond, and is one of the calendar`() {
    #expect(Timestamp(endOfDay: "2026-12-31")?.description == "2026-12-31T23:59:59.999Z")
    for text in ["2026-02-30", "2026-2-3", "31.12.2026", "2026-00-10", ""] { #expect(Timestamp(endOfDay: text) == nil) }
  }
}
