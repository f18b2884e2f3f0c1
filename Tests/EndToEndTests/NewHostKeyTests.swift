import Foundation
import TenkenTestSupport
import Testing

extension EndToEndTests {
  /// A fleet that nobody has keys of: they are taken on first sight only when that is asked for, and a person puts them
  /// on record.
  @Suite struct NewHostKeyTests {
    @Test func `keys are taken on first sight when asked, said to be unproven, and can be put on record`() async throws
    {
      let terminals = (1...3).map { Fleet.Terminal(id: "t-\($0)", site: "tokyo", address: "127.81.0.\($0)") }
      try await Fleet.with(terminals, limits: ["retries": "0"]) { fleet in
        try Data().write(to: URL(fileURLWithPath: fleet.inventory + "/known_hosts"))
        #expect(try await fleet.sweep().run().status == 2)
        #expect(try await fleet.terminals(selected: "outcome:host-key-unknown").count == 3)

        let first = try await fleet.sweep(["--record-new-keys"]).run()
        #expect(first.status == 0, "\(first.stderr)")
        #expect(first.stderr.contains("-o known-hosts"), "\(first.stderr)")
        #expect(try await fleet.terminals(selected: "state:observations").count == 3)

        let keys = try await Program.tenken(["list", "--state", fleet.state, "-o", "known-hosts"]).run()
        #expect(keys.stdout.split(separator: "\n").count == 3, "\(keys.stdout)")
        try keys.stdout.write(toFile: fleet.inventory + "/known_hosts", atomically: true, encoding: .utf8)
        #expect(try await fleet.sweep().run().status == 0)
        #expect(try await fleet.terminals(selected: "state:sound").count == 3)
      }
    }
  }
}
