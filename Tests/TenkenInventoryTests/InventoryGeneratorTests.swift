import TenkenInventory
import TenkenModel
import Testing

struct InventoryGeneratorTests {
  @Test(arguments: [1, 2, 17, 29, 2900, 29_000])
  func `a generated fleet has its size and no problem`(terminals: Int) throws {
    let inventory = try InventoryReader.parse(InventoryGenerator.files(terminals: terminals, seed: 1))
    #expect(inventory.terminals.count == terminals)
    #expect(Set(inventory.terminals.map(\.site)) == Set(inventory.sites.map(\.id)))
  }

  @Test func `29000 terminals are spread as the mission has them`() throws {
    let inventory = try InventoryReader.parse(InventoryGenerator.files(terminals: 29_000, seed: 3))
    let countries = Dictionary(uniqueKeysWithValues: inventory.sites.map { ($0.id, $0.country) })
    let counts = Dictionary(grouping: inventory.terminals) { countries[$0.site] ?? "" }.mapValues(\.count)
    #expect((counts["JP"] ?? 0) + (counts["TH"] ?? 0) == 26_000)
    #expect(counts.count >= 6)
    #expect(inventory.sites.count >= 12)
    #expect(inventory.sites.count { $0.country == "JP" } >= 3)
    #expect((2...3).contains(inventory.sites.count { $0.country == "TH" }))
    #expect(Set(inventory.terminals.map(\.role)).count >= 6)
    #expect(Set(inventory.terminals.map(\.owner)).count >= 8)
    #expect(Set(inventory.terminals.flatMap(\.tags)).count >= 6)
    #expect(inventory.sites.allSatisfy { !$0.networks.isEmpty })
  }

  @Test func `a site with more terminals than a network holds has several`() throws {
    // Only the sites: a million rows would take a debug build half a minute.
    let sites = try #require(InventoryGenerator.files(terminals: 363_000, seed: 1)["sites.yaml"])
    #expect(String(decoding: sites, as: UTF8.self).contains("networks: [10.16.0.0/16, 10.17.0.0/16]"))
  }

  @Test func `the seed alone decides what is in a fleet`() {
    let first = InventoryGenerator.files(terminals: 100, seed: 7)
    #expect(first == InventoryGenerator.files(terminals: 100, seed: 7))
    #expect(first.files.map(\.bytes) != InventoryGenerator.files(terminals: 100, seed: 8).files.map(\.bytes))
  }
}
