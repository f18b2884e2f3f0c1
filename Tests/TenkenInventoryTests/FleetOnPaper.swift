import TenkenInventory
import TenkenModel

/// The files of a small inventory, of which a test changes what it is about.
struct FleetOnPaper {
  static let hostKey =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"

  var fleet = "name: Test\ncredentials:\n  default: {user: u, identity: agent}\n"
  var sites = "sites:\n  tokyo: {country: JP}\n  osaka: {}\n"
  var terminals = ["tokyo": "id,address\na,10.0.0.1\n"]
  var others: [String: String] = [:]

  var sources: SourceFiles {
    var files = [file("fleet.yaml", fleet), file("sites.yaml", sites)]
    files += terminals.map { file("terminals/\($0.key).csv", $0.value) }
    files += others.map { file($0.key, $0.value) }
    return SourceFiles(origin: "fleet", files: files)
  }

  func inventory() throws -> Inventory { try InventoryReader.parse(sources) }

  /// What is wrong, a line a problem; empty where nothing is.
  var problems: [String] { Self.problems(of: sources) }

  static func problems(of sources: SourceFiles) -> [String] {
    do throws(InputProblems) {
      _ = try InventoryReader.parse(sources)
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  private func file(_ path: String, _ text: String) -> SourceFiles.File {
    SourceFiles.File(path: path, bytes: Array(text.utf8))
  }
}
