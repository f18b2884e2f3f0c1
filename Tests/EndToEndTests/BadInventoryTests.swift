import Foundation
import TenkenTestSupport
import Testing

extension EndToEndTests {
  /// What a person is told of an inventory that is wrong: where, what, what would be right, and with which status.
  @Suite struct BadInventoryTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
      let name: String
      let file: String
      /// What stands there, and what is written instead.
      let replaced: (String, String)
      let message: [String]

      var testDescription: String { name }
    }

    static let mistakes = [
      Mistake(
        name: "unknown key", file: "sites.yaml", replaced: ("time-zone: Asia/Bangkok", "timezone: Asia/Bangkok"),
        message: ["sites.yaml:18:", "unknown key \"timezone\"", "time-zone"]),
      Mistake(
        name: "duplicate id", file: "terminals/ohio.csv", replaced: ("ohio-0002,127.1.1.2", "ohio-0001,127.1.1.2"),
        message: ["terminals/ohio.csv:3:", "\"ohio-0001\" is here a second time", "terminals/ohio.csv:2"]),
      Mistake(
        name: "bad CIDR", file: "sites.yaml", replaced: ("127.62.1.0/24", "127.62.1.0/33"),
        message: ["sites.yaml:27:", "bad network \"127.62.1.0/33\"", "CIDR notation"]),
      Mistake(
        name: "range backwards", file: "terminals/bangkok.csv", replaced: ("bkk-[0001-0012]", "bkk-[0012-0001]"),
        message: ["terminals/bangkok.csv:2:", "range [0012-0001] runs backwards", "write [0001-0012]"]),
      Mistake(
        name: "row too short", file: "terminals/jakarta.csv",
        replaced: ("jkt-0003,127.62.1.3,workstation,,,/specimens/jkt-0003", "jkt-0003,127.62.1.3"),
        message: ["terminals/jakarta.csv:4:", "2 cells, 4 fewer than the header", "write every cell"]),
    ]

    @Test(arguments: mistakes)
    func `a mistake is told with its place and what would be right`(mistake: Mistake) async throws {
      try await Self.withExample { directory in
        try Self.make(mistake, in: directory)
        let check = try await Program.tenken(["inventory", "check", directory]).run()
        #expect(check.status == 65)
        #expect(check.stdout == "")
        for part in mistake.message { #expect(check.stderr.contains(part), "\(check.stderr)") }
        #expect(check.lastMessage.contains("1 problem in the input"))
        #expect(check.lastMessage.contains("Nothing was done."))
      }
    }

    @Test func `all mistakes of all files are told in one run`() async throws {
      try await Self.withExample { directory in
        for mistake in Self.mistakes { try Self.make(mistake, in: directory) }
        let check = try await Program.tenken(["inventory", "check", directory]).run()
        #expect(check.status == 65)
        for part in Self.mistakes.flatMap(\.message) { #expect(check.stderr.contains(part), "\(check.stderr)") }
      }
    }

    @Test func `a sweep of a bad inventory begins nothing`() async throws {
      try await Self.withExample { directory in
        try Self.make(Self.mistakes[0], in: directory)
        let state = directory + "/state"
        let sweep = try await Program.tenken(["sweep", "--inventory", directory, "--state", state]).run()
        #expect(sweep.status == 65)
        #expect(!FileManager.default.fileExists(atPath: state))
      }
    }

    @Test(arguments: ["sweep --inventory", "inventory check", "inventory list"])
    func `an inventory that is not there is named`(command: String) async throws {
      let arguments = command.split(separator: " ").map(String.init) + ["/nowhere/fleet"]
      let finished = try await Program.tenken(arguments).run()
      #expect(finished.status == 66)
      #expect(finished.stderr.contains("/nowhere/fleet"), "\(finished.stderr)")
    }

    @Test func `an inventory that is a file, or has none of its files, is refused`() async throws {
      let file = Program.repository.appending(path: "README.md").path
      let finished = try await Program.tenken(["inventory", "check", file]).run()
      #expect(finished.status == 66)
      #expect(finished.stderr.contains(file), "\(finished.stderr)")
      try await withTemporaryDirectory { directory in
        let empty = try await Program.tenken(["inventory", "check", directory.path]).run()
        #expect(empty.status == 66)
        for part in [directory.path, "no fleet.yaml", "inventories/README.md"] {
          #expect(empty.stderr.contains(part), "\(empty.stderr)")
        }
      }
    }

    private static func withExample(_ body: (String) async throws -> Void) async throws {
      try await withTemporaryDirectory { directory in
        let copy = directory.appending(path: "fleet").path
        try FileManager.default.copyItem(
          atPath: Program.repository.appending(path: "inventories/example").path, toPath: copy)
        try await body(copy)
      }
    }

    private static func make(_ mistake: Mistake, in directory: String) throws {
      let path = "\(directory)/\(mistake.file)"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try #require(text.contains(mistake.replaced.0))
      try text.replacingOccurrences(of: mistake.replaced.0, with: mistake.replaced.1)
        .write(toFile: path, atomically: true, encoding: .utf8)
    }
  }
}
