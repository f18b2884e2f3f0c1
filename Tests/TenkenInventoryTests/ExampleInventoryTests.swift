import Foundation
import TenkenInventory
import TenkenModel
import Testing

struct ExampleInventoryTests {
  private static let inventories = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "inventories")

  @Test func `the example has no problem`() throws {
    let inventory = try InventoryReader.parse(
      InventoryReader.read(directory: Self.inventories.appending(path: "example").path))
    #expect(inventory.sites.count == 5)
    #expect(inventory.terminals.count >= 60)
    #expect(Set(inventory.terminals.map(\.address)).count == inventory.terminals.count)
  }

  @Test func `the examples of the manual make an inventory`() throws {
    let manual = try String(contentsOf: Self.inventories.appending(path: "README.md"), encoding: .utf8)
    let blocks = manual.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    var paper = FleetOnPaper()
    paper.fleet = try #require(blocks.first { $0.contains("credentials:") }).replacing("yaml\n", with: "")
    paper.sites = try #require(blocks.first { $0.contains("sites:") }).replacing("yaml\n", with: "")
    paper.terminals = [
      "tokyo": try #require(blocks.first { $0.hasPrefix("\nid,address,port") }),
      "bangkok": try #require(blocks.first { $0.hasPrefix("\nid,address,role") }),
    ]
    paper.others["policy.yaml"] = try #require(blocks.first { $0.contains("flows:") }).replacing("yaml\n", with: "")
    #expect(paper.problems == [])
    #expect(try paper.inventory().flows?.rules.count == 2)
    #expect(try paper.inventory().terminals.count == 2 + 400 + 400 + 6)
  }
}
