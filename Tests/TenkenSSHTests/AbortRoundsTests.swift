import Foundation
import TenkenTestSupport
import Testing

extension OverSockets {
  /// In a process of its own, whose descriptors and memory no other test uses.
  @Suite struct AbortRoundsTests {
    private static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "AbortRounds").path

    @Test func `nothing is left of connections that are aborted, in whichever phase`() throws {
      let output = try runTool(Self.program, "3", "30")
      let lines = output.split(separator: "\n")
      #expect(lines.count >= 11, "\(output)")
      #expect(lines.allSatisfy { $0.hasPrefix("clean") }, "\(output)")
    }
  }
}
