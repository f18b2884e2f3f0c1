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
    if !inventory.gateways.isEmpty { lines.append(gateways(of: inventory)) }
    if let hosts { lines += keys(of: inventory, hosts) }
    return lines
  }

  private static func gateways(of inventory: Inventory) -> String {
    let sites = Set(inventory.sites.filter { !$0.gateways.isEmpty }.map(\.id))
    let behind = inventory.terminals.count { sites.contains($0.site) }
    return "gateways: \(inventory.gateways.count.grouped), on the way to \(behind.grouped) terminals "
      + "at \(sites.count.grouped) sites"
  }

  private static func keys(of inventory: Inventory, _ hosts: HostKeysOnRecord) -> [String] {
    var lines: [String] = []
    let count = inventory.terminals.count
    let known = inventory.terminals.count(where: hosts.knows)
    if known < count {
      lines.append(
        "host keys: \(known.grouped) of \(count.grouped) terminals have one on record; the others end "
          + "host-key-unknown: `tenken keyscan --inventory \(inventory.sources.origin.asShellWord)` collects theirs")
    }
    let unproven = inventory.gateways.filter { !hosts.knows($0) }.map(\.id.rawValue)
    if !unproven.isEmpty {
      lines.append(
        "host keys: nobody is reached through a gateway without one on record: \(unproven.joined(separator: ", "))")
    }
    let alike = alike(in: inventory)
    if alike > 0 {
      lines.append(
        "host keys: \(alike.grouped) terminals have the address of another one behind other gateways, and known_hosts "
          + "cannot tell them apart: pin their keys in the column host_key")
    }
    return lines
  }

  /// How many terminals are one name to known_hosts with another terminal, so that the key of either proves both.
  private static func alike(in inventory: Inventory) -> Int {
    guard !inventory.gateways.isEmpty else { return 0 }
    let names = inventory.terminals.filter(\.pinnedKeys.isEmpty).map { "\($0.address.lowercased()) \($0.port)" }
    return Dictionary(grouping: names) { $0 }.values.filter { $0.count > 1 }.map(\.count).reduce(0, +)
  }
}
