/// A module of the house and what it may import: the arrows of docs/architecture.md, as data.
struct Room {
  let name: String
  /// Further rooms; every room may see TenkenModel and TenkenCrypto.
  var uses: Set<String> = []
  /// Outside packages' modules and the system's libraries. An outside package stays in one room, Subprocess in two.
  var packages: Set<String> = []
  /// No input or output, no clock, no randomness: not even Foundation is imported.
  var isPure = false

  /// Modules of the toolchain that a room which is not pure may import.
  static let ofToolchain: Set = ["Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization"]

  static let house = [
    // Storey 0
    Room(name: "TenkenModel", isPure: true),
    Room(name: "TenkenCrypto", packages: ["COpenSSL"]),
    // Storey 1: these do not see each other.
    Room(name: "TenkenInventory", packages: ["Yams"]),
    Room(name: "TenkenChecks"),
    Room(name: "TenkenPlan", isPure: true),
    Room(name: "TenkenTransport"),
    Room(name: "TenkenJournal", packages: ["CZlib", "GRDB"]),
    Room(name: "TenkenAnalysis", isPure: true),
    // Storey 2: nor do these.
    Room(name: "TenkenSweep", uses: ["TenkenPlan", "TenkenTransport"]),
    Room(name: "TenkenReport", uses: ["TenkenAnalysis"]),
    Room(name: "TenkenSSH", uses: ["TenkenTransport"], packages: ["CLibSSH2", "NIOCore", "NIOPosix"]),
    Room(name: "TenkenOpenSSH", uses: ["TenkenTransport"], packages: ["Subprocess", "System", "SystemPackage"]),
    Room(name: "TenkenLocal", uses: ["TenkenTransport"], packages: ["Subprocess", "System", "SystemPackage"]),
    Room(name: "TenkenRehearsal", uses: ["TenkenTransport"]),
    // Storey 3: rooms meet here only.
    Room(
      name: "TenkenPipeline",
      uses: [
        "TenkenInventory", "TenkenChecks", "TenkenPlan", "TenkenTransport", "TenkenJournal", "TenkenAnalysis",
        "TenkenSweep", "TenkenReport",
      ]),
    // Storeys 4 and 5
    Room(
      name: "TenkenCommands", uses: ["TenkenPipeline", "TenkenSSH", "TenkenOpenSSH", "TenkenLocal", "TenkenRehearsal"],
      packages: ["ArgumentParser"]),
    Room(name: "tenken", uses: ["TenkenCommands"]),
  ]

  static let ofCLibraries: Set = ["CLibSSH2", "COpenSSL", "CZlib"]

  func mayImport(_ module: String) -> Bool {
    if module == "TenkenModel" || module == "TenkenCrypto" { return module != name && name != "TenkenModel" }
    if uses.contains(module) || packages.contains(module) { return true }
    return !isPure && Self.ofToolchain.contains(module)
  }
}
