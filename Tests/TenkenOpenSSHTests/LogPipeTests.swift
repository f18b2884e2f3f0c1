import Foundation
import TenkenTestSupport
import Testing

@testable import TenkenOpenSSH

struct LogPipeTests {
  /// What is told of a log that is written by `write` and then ended.
  private static func events(_ write: (String) throws -> Void) async throws -> [ClientEvent] {
    try await withTemporaryDirectory { directory in
      let path = directory.appending(path: "log").path
      let (events, feed) = AsyncStream.makeStream(of: ClientEvent.self)
      let pipe = try LogPipe(path, of: 3, feed: feed)
      try write(path)
      pipe.end()
      var told: [ClientEvent] = []
      for await event in events {
        told.append(event)
        if case .logEnded = event { break }
      }
      return told
    }
  }

  private static func lines(_ events: [ClientEvent]) -> [String] {
    events.compactMap { if case .said(leg: 3, let line) = $0 { line } else { nil } }
  }

  private static func append(_ text: String, to path: String) throws {
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }

  @Test func `every line is told in its order, whoever wrote it, and then the end`() async throws {
    let events = try await Self.events { path in
      try Self.append("one\r\ntwo\r\n", to: path)
      try Self.append("three\r\n", to: path)
    }
    #expect(Self.lines(events) == ["one\r", "two\r", "three\r"])
  }

  @Test func `a log that nobody writes to ends all the same`() async throws {
    #expect(try await Self.events { _ in }.count == 1)
  }

  @Test(arguments: [1, 20, 100])
  func `a long log is told to its last line`(kilobytes: Int) async throws {
    let line = String(repeating: "x", count: 127)
    for _ in 0..<20 {
      let events = try await Self.events {
        try Self.append(String(repeating: line + "\n", count: kilobytes * 8), to: $0)
      }
      #expect(Self.lines(events).count == kilobytes * 8)
    }
  }

  @Test func `a log without end is a flood`() async throws {
    let events = try await Self.events { path in
      // The pipe is closed under its writer.
      try runTool("/bin/sh", "-c", "yes | head -c 600000 >>\(path)")
    }
    #expect(events.contains { if case .flooded = $0 { true } else { false } })
    // The piece with which it came to be too much is told as well.
    #expect(Self.lines(events).count <= (256 + 16) * 1024 / 2)
  }
}
