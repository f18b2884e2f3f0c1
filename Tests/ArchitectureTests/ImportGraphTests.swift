import Testing

/// The arrows between the rooms, held against every `import` of the sources.
@Suite struct ImportGraphTests {
  @Test func `every import is an arrow of the house`() throws {
    for file in try Repository.swiftFiles(under: "Sources") {
      #expect(Self.forbiddenImports(of: file) == [], "\(file.path)")
    }
  }

  @Test func `every room of the sources is in the house's table`() throws {
    let known = Set(Room.house.map(\.name))
    for file in try Repository.swiftFiles(under: "Sources") { #expect(known.contains(file.room), "\(file.path)") }
  }

  @Test func `an outside package stays in one room, that which starts processes in two`() {
    var owners: [String: [String]] = [:]
    for room in Room.house { for package in room.packages { owners[package, default: []].append(room.name) } }
    for package in ["Subprocess", "System", "SystemPackage"] {
      #expect(owners.removeValue(forKey: package) == ["TenkenOpenSSH", "TenkenLocal"])
    }
    for (package, rooms) in owners { #expect(rooms.count == 1, "\(package)") }
  }

  @Test func `arrows point down: no room can be reached from itself`() {
    for room in Room.house { #expect(!Self.reachable(from: room.uses).contains(room.name)) }
  }

  @Test(arguments: [
    ("TenkenSweep", "import TenkenJournal"), ("TenkenModel", "import Foundation"),
    ("TenkenInventory", "package import TenkenChecks"), ("TenkenPipeline", "internal import TenkenSSH"),
    ("TenkenReport", "import struct GRDB.Row"), ("TenkenUnheardOf", "import TenkenModel"),
    ("TenkenPlan", "@preconcurrency import Glibc"),
  ])
  func `a forbidden import is found`(room: String, line: String) {
    let file = SourceFile(path: "Sources/\(room)/Thing.swift", text: "// import Nothing\n\(line)\n")
    #expect(Self.forbiddenImports(of: file).count == 1)
  }

  private static func forbiddenImports(of file: SourceFile) -> [String] {
    let room = Room.house.first { $0.name == file.room }
    return file.imports.filter { room?.mayImport($0) != true }
  }

  private static func reachable(from names: Set<String>) -> Set<String> {
    let next = names.union(Room.house.filter { names.contains($0.name) }.flatMap(\.uses))
    return next == names ? names : reachable(from: next)
  }
}
