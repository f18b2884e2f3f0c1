import Foundation
import TenkenInventory
import TenkenModel
import TenkenTestSupport
import Testing

struct InventoryDirectoryTests {
  private func failure(_ directory: URL) -> Failure? {
    do throws(Failure) {
      _ = try InventoryReader.read(directory: directory.path)
      return nil
    } catch {
      return error
    }
  }

  private func write(_ text: String, _ path: String, in directory: URL) throws {
    let file = directory.appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  @Test func `the files of a directory are read, and only the ignored ones left out`() async throws {
    try await withTemporaryDirectory { directory in
      let paper = FleetOnPaper()
      for file in paper.sources.files {
        try write(String(decoding: file.bytes, as: UTF8.self), file.path, in: directory)
      }
      for path in ["README.md", ".gitignore", ".git/config", "terminals/README", "terminals/.x.csv.swp"] {
        try write("x", path, in: directory)
      }
      try write("known", "known_hosts", in: directory)
      let sources = try InventoryReader.read(directory: directory.path + "//")
      #expect(sources.origin == directory.path)
      #expect(sources.files.map(\.path) == ["fleet.yaml", "known_hosts", "sites.yaml", "terminals/tokyo.csv"])
      #expect(sources["fleet.yaml"] == Array(paper.fleet.utf8))
      #expect(try InventoryReader.parse(sources).terminals.count == 1)
    }
  }

  @Test func `other files and directories are left for the reader to refuse`() async throws {
    try await withTemporaryDirectory { directory in
      try write("name: n\n", "fleet.yaml", in: directory)
      for path in ["notes.yaml", "terminals/x.txt", "terminals/old/y.csv", "backup/fleet.yaml"] {
        try write("secret", path, in: directory)
      }
      let sources = try InventoryReader.read(directory: directory.path)
      #expect(
        sources.files.map(\.path) == ["backup/", "fleet.yaml", "notes.yaml", "terminals/old/", "terminals/x.txt"])
      #expect(sources["notes.yaml"] == [])
    }
  }

  @Test func `a missing directory, a file in its place and a missing fleet file are no such input`() async throws {
    try await withTemporaryDirectory { directory in
      let missing = directory.appending(path: "no")
      #expect(
        failure(missing)?.description
          == "cannot read \(missing.path): no such file or directory. Give the directory of an inventory; inventories/README.md describes one."
      )
      #expect(failure(missing)?.code == .noSuchInput)
      #expect(
        failure(directory)?.description
          == "no inventory in \(directory.path): it has no fleet.yaml. Give the directory of an inventory; inventories/README.md describes one."
      )
      #expect(failure(directory)?.code == .noSuchInput)
      try write("x", "file", in: directory)
      #expect(failure(directory.appending(path: "file"))?.code == .noSuchInput)
    }
  }

  @Test func `what is not a regular file is not waited for`() async throws {
    try await withTemporaryDirectory { directory in
      #expect(mkfifo(directory.appending(path: "fleet.yaml").path, 0o600) == 0)
      #expect(failure(directory)?.code == .inputOutput)
      #expect(failure(directory)?.why == "it is not a regular file")
    }
  }

  @Test func `a loop of links is an input error`() async throws {
    try await withTemporaryDirectory { directory in
      let link = directory.appending(path: "fleet.yaml")
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: link)
      #expect(failure(directory)?.code == .inputOutput)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func `a file that may not be read is a matter of permissions`() async throws {
    try await withTemporaryDirectory { directory in
      try write("name: n\n", "fleet.yaml", in: directory)
      let file = directory.appending(path: "fleet.yaml")
      try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file.path)
      #expect(
        failure(directory)?.description
          == "cannot read \(file.path): permission denied. Make it readable for whoever runs Tenken: chmod u+r.")
      #expect(failure(directory)?.code == .permissions)
    }
  }
}
