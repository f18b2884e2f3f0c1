import TenkenModel

extension SampleSweep {
  /// The fleet with all that can qualify a whole sweep: a rehearsal, unfinished, with a specimen, and with a check left
  /// out.
  static var qualified: SampleSweep {
    var sweep = fleet
    sweep.transport = .rehearsal
    sweep.records.removeLast(2)
    sweep.catalogue = sweep.checks + [check("zz.last", .low, .integrity, "", "", "")]
    return sweep
  }

  /// Of a terminal, in the inventory.
  func index(of id: ID<Terminal>) -> Int { terminals.firstIndex { $0.id == id } ?? 0 }
}
