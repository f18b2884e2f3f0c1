package import TenkenModel
internal import TenkenReport

/// The lines of `--json` while a sweep runs, each with its line feed.
package enum SweepJSON {
  package static func begin(_ sweep: ID<SweepManifest>, planned: Int, of inventory: Inventory) -> String {
    SweepEventLine.begin(sweep, planned: planned, of: inventory)
  }

  package static func event(_ event: SweepEvent, of inventory: Inventory) -> String {
    SweepEventLine.event(event, of: inventory)
  }
}
