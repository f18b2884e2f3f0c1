import Synchronization
import Testing

@testable import TenkenCommands

struct BackgroundWriterTests {
  @Test func `everything is written in order`() {
    let written = Mutex("")
    let writer = BackgroundWriter(
      TextSink { bytes in
        written.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
        return 0
      }, label: "test")
    for number in 0..<1000 { writer.line("\(number)") }
    let end = writer.finish(within: 10)
    #expect(end.dropped == 0 && !end.isStuck)
    #expect(written.withLock { $0 } == (0..<1000).map { "\($0)\n" }.joined())
  }

  @Test func `a reader who does not read holds nobody up, and is told what it missed`() {
    let gate = Mutex<Void>(())
    let writer = BackgroundWriter(
      TextSink { _ in
        gate.withLock { _ in 0 }
      }, label: "test")
    let megabyte = String(repeating: "x", count: 1 << 20)
    gate.withLock { _ in
      for _ in 0..<40 { writer.write(megabyte) }
      #expect(writer.finish(within: 0).isStuck)
    }
    let end = writer.finish(within: 30)
    #expect(!end.isStuck)
    #expect(end.dropped >= 23)
  }
}
