internal import TenkenModel
internal import TenkenPipeline

/// What a person should know of an inventory before a sweep, though nothing is wrong with it.
enum InventoryRemarks {
  /// - Parameter hosts: the keys on record; `nil` where nobody is asked for one.
  static func lines(_ inventory: Inventory, hosts: HostKeysOnRecord?) -> [String] {
    let count = inventory.terminals.count
    let specimens = inventory.terminals.count { $0.root != nil }
    var lines: [String] = []
    if specimens > 0 {
      lines.append(
        "SPECIMENS: on \(specimens.grouped) of \(count.grouped) terminals the checks look at a prepared root")
    }
    if let hosts {
      let known = inventory.terminals.count(where: hosts.knows)
      if known < count {
        lines.append(
          "host keys: \(known.grouped) of \(count.grouped) terminals have one on record; the others end host-key-unknown"
        )
      }
    }
    return lines
  }
}
