import Foundation
import Testing

/// What the README promises to whoever pastes from it.
@Suite struct ReadmeTests {
  @Test func `the first two fenced blocks are the demonstration and the tests`() throws {
    let blocks = Self.fencedBlocks(in: try Repository.text(of: "README.md"))
    #expect(blocks.prefix(2) == ["scripts/demo", "scripts/test"])
    for script in blocks.prefix(2) {
      #expect(FileManager.default.isExecutableFile(atPath: Repository.root.appending(path: script).path))
    }
  }

  @Test(arguments: ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/threat-model.md"])
  func `every file that a page links to exists`(page: String) throws {
    let directory = Repository.root.appending(path: page).deletingLastPathComponent()
    for target in Self.localLinks(in: try Repository.text(of: page)) {
      #expect(FileManager.default.fileExists(atPath: directory.appending(path: target).path), "\(page): \(target)")
    }
  }

  @Test func `fenced blocks and links are read as Markdown has them`() {
    let text = "a\n```sh\none\ntwo\n```\n[x](docs/a.md#part) [y](https://example.org)\n```\nthree\n```\n"
    #expect(Self.fencedBlocks(in: text) == ["one\ntwo", "three"])
    #expect(Self.localLinks(in: text) == ["docs/a.md"])
  }

  private static func fencedBlocks(in markdown: String) -> [String] {
    let parts = markdown.components(separatedBy: "\n```")
    return stride(from: 1, to: parts.count, by: 2).map { index in
      parts[index].split(separator: "\n", omittingEmptySubsequences: false).dropFirst().joined(separator: "\n")
    }
  }

  private static func localLinks(in markdown: String) -> [String] {
    markdown.components(separatedBy: "](").dropFirst()
      .map { String($0.prefix { $0 != ")" && $0 != "#" }) }
      .filter { !$0.isEmpty && !$0.contains("://") }
  }
}
