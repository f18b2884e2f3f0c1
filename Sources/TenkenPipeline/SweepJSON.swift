package import TenkenModel
internal import TenkenReport

/// The lines of `--json` while a sweep runs, each with its line feed.
package enum SweepJSON {
  package static func begin(
    _ sweep: ID<SweepManifest>, planned: Int, of inventory: Inventory, over transport: Scope.Transport
  ) -> String {
    SweepEventLine.begin(sweep, planned: planned, of: inventory, over: transport)
  }

  /// One of these lines with the time at which it was told, and a line feed.
  package static func stamped(_ line: some StringProtocol, at time: Timestamp) -> String {
    "{\"time\":\"\(time)\"," + line.dropFirst() + "\n"
  }

  package static func event(_ event: SweepEvent, of inventory: Inventory) -> String {
    SweepEventLine.event(event, of: inventory)
  }
}
