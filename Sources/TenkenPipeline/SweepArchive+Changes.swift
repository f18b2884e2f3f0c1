internal import TenkenChecks
internal import TenkenCrypto
internal import TenkenInventory
internal import TenkenModel

extension SweepArchive {
  /// What of the sweep's inputs is another where it was read from, if it is still there: the sweep goes on with its own
  /// copy, and a person should know.
  func changesSince() -> [String] {
    let suffix = "has changed since the sweep began; it goes on with its own copy. What is new is for a new sweep"
    var changes: [String] = []
    let inventory = inventory.sources
    if let now = try? InventoryReader.read(directory: inventory.origin), now.digest != inventory.digest {
      changes.append("the inventory \(inventory.origin) \(suffix)")
    }
    let checks = catalogue.sources
    // What was given for this sweep only came from elsewhere.
    let lasting = checks.files.filter { $0.path.contains("/") && !$0.path.hasPrefix("script/") }
    let directories = checks.origin.split(separator: ",").map(String.init)
    if let now = try? CatalogueReader.read(directories: directories, scripts: []),
      now.digest != SourceFiles(origin: checks.origin, files: lasting).digest
    {
      changes.append("the catalogue \(checks.origin) \(suffix)")
    }
    return changes
  }
}
