import TenkenModel
import TenkenSweep
import Testing

struct LimitsOpenFilesTests {
  @Test func `a ceiling that the open-file limit bears stays, and nothing is said`() {
    let (limits, notice) = Limits(concurrency: 480).lowered(forOpenFiles: 1024)
    #expect(limits.concurrency == 480)
    #expect(notice == nil)
  }

  @Test func `a ceiling above it is lowered and the notice says to what and how to raise it`() throws {
    let (limits, notice) = Limits(concurrency: 2000).lowered(forOpenFiles: 1024)
    #expect(limits.concurrency == 480)
    let text = try #require(notice)
    #expect(text.contains("480") && text.contains("2000") && text.contains("1024") && text.contains("ulimit -n 4064"))
    #expect(Limits(concurrency: 2000).lowered(forOpenFiles: 4064).notice == nil)
  }

  @Test(arguments: [0, 1, 63, 64, 65, 66, Int.max])
  func `there is always room for one`(soft: Int) {
    #expect(Limits().lowered(forOpenFiles: soft).limits.concurrency >= 1)
  }
}
