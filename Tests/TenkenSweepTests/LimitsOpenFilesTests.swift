import TenkenModel
import TenkenSweep
import Testing

struct LimitsOpenFilesTests {
  @Test func `a ceiling that the open-file limit bears stays, and nothing is said`() {
    let (limits, notice) = Limits(concurrency: 416).lowered(forOpenFiles: 1024)
    #expect(limits.concurrency == 416)
    #expect(notice == nil)
  }

  @Test func `a ceiling above it is lowered and the notice says to what and how to raise it`() throws {
    let (limits, notice) = Limits(concurrency: 2000).lowered(forOpenFiles: 1024)
    #expect(limits.concurrency == 416)
    let text = try #require(notice)
    #expect(text.contains("416") && text.contains("2000") && text.contains("1024") && text.contains("ulimit -n 4192"))
    #expect(Limits(concurrency: 2000).lowered(forOpenFiles: 4192).notice == nil)
    #expect(Limits(concurrency: 2000).lowered(forOpenFiles: 4191).notice != nil)
  }

  /// A process of ssh(1) costs ten, any other contact two, and Tenken itself 64.
  @Test func `the processes of ssh are counted with their streams and logs`() {
    for openSSH in [1, 4, 16, 100] {
      for soft in stride(from: 74, to: 2000, by: 7) {
        let ceiling = Limits(openSSH: openSSH).bearable(forOpenFiles: soft)
        let processes = min(openSSH, ceiling)
        #expect(64 + processes * 10 + (ceiling - processes) * 2 <= soft)
        let more = min(openSSH, ceiling + 1)
        #expect(64 + more * 10 + (ceiling + 1 - more) * 2 > soft, "no more than that is borne")
      }
    }
  }

  @Test(arguments: [0, 1, 63, 64, 65, 66, Int.max])
  func `there is always room for one`(soft: Int) {
    #expect(Limits().lowered(forOpenFiles: soft).limits.concurrency >= 1)
  }
}
