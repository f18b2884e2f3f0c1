import Foundation
import TenkenInventory
import TenkenModel
import Testing

struct ExampleInventoryTests {
  private static let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "inventories/example").path

  @Test func `the example has no problem`() throws {
    let inventory = try InventoryReader.parse(InventoryReader.read(directory: Self.directory))
    #expect(inventory.sites.count == 5)
    #expect(inventory.terminals.count >= 60)
    #expect(Set(inventory.terminals.map(\.address)).count == inventory.terminals.count)
  }
}
