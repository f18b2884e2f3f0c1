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
        // Each in a state directory of its own: which of two sweeps of one second is the latest is not told.
        let (strict, trusting, recorded) = (fleet.state + "-1", fleet.state + "-2", fleet.state + "-3")
        #expect(try await fleet.sweep(state: strict).run().status == 2)
        #expect(try await fleet.terminals(selected: "outcome:host-key-unknown", state: strict).count == 3)

        let first = try await fleet.sweep(["--record-new-keys"], state: trusting).run()
        #expect(first.status == 0, "\(first.stderr)")
        #expect(first.stderr.contains("-o known-hosts"), "\(first.stderr)")
        #expect(try await fleet.terminals(selected: "state:observations", state: trusting).count == 3)

        let keys = try await Program.tenken(["list", "--state", trusting, "-o", "known-hosts"]).run()
        #expect(keys.stdout.split(separator: "\n").count == 3, "\(keys.stdout)")
        try keys.stdout.write(toFile: fleet.inventory + "/known_hosts", atomically: true, encoding: .utf8)
        #expect(try await fleet.sweep(state: recorded).run().status == 0)
        #expect(try await fleet.terminals(selected: "state:sound", state: recorded).count == 3)
      }
    }
  }
}
