import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenReport

@Suite struct `A report writer` {
  private let report = SampleSweep.fleet.report()
  private let manager = FileManager.default

  @Test func `writes every file of every format, for the eyes of its owner`() async throws {
    try await withTemporaryDirectory { directory in
      let target = directory.appending(path: "a/b").path
      let paths = try ReportWriter().write(ReportFormat.allCases, of: report, to: target + "/")
      let ids = ["tokyo-hq", "osaka-plant", "bangkok", "jakarta", "ohio"]
      let sites = [("site", "html"), ("xccdf", "xml"), ("junit", "xml")].flatMap { kind in
        ids.map { "\(kind.0)-\($0).\(kind.1)" }
      }
      let names =
        ["report.txt", "terminals.csv", "findings.csv", "sites.csv", "flows.csv", "report.jsonl", "index.html"] + sites
      #expect(paths == names.map { "\(target)/\($0)" })
      #expect(
        try manager.contentsOfDirectory(atPath: target).sorted() == (names + [".tenken-report", "SHA256SUMS"]).sorted())
      for path in paths { #expect(try mode(path) == 0o600) }
      #expect(try mode(target) == 0o700)
      #expect(try mode(directory.appending(path: "a").path) == 0o700)
      let page = try String(contentsOfFile: "\(target)/index.html", encoding: .utf8)
      #expect(page == ReportDocument.indexPage.rendered(report))
    }
  }

  @Test func `replaces an earlier report, and a link in its place without following it`() async throws {
    try await withTemporaryDirectory { directory in
      let outside = directory.appending(path: "outside").path
      try "untouched".write(toFile: outside, atomically: false, encoding: .utf8)
      let target = directory.appending(path: "report").path
      try manager.createDirectory(atPath: target, withIntermediateDirectories: true)
      try manager.createSymbolicLink(atPath: "\(target)/report.txt", withDestinationPath: outside)
      try manager.createSymbolicLink(atPath: "\(target)/.report.txt.tmp", withDestinationPath: outside)
      _ = try ReportWriter().write([.text], of: report, to: target)
      #expect(try String(contentsOfFile: outside, encoding: .utf8) == "untouched")
      #expect(try String(contentsOfFile: "\(target)/report.txt", encoding: .utf8) == TextReport.render(report))
      #expect(
        try manager.contentsOfDirectory(atPath: target).sorted() == [".tenken-report", "SHA256SUMS", "report.txt"])
    }
  }

  @Test func `the checksums are of all its files, as sha256sum has them, and a changed one is found`() async throws {
    try await withTemporaryDirectory { directory in
      _ = try ReportWriter().write([.text], of: report, to: directory.path)
      _ = try ReportWriter().write([.csv, .html], of: report, to: directory.path)
      let check = "cd '\(directory.path)' && sha256sum --check --strict --quiet SHA256SUMS && echo sound"
      #expect(try runTool("/bin/sh", "-c", check) == "sound\n")
      let list = try String(contentsOf: directory.appending(path: "SHA256SUMS"), encoding: .utf8)
      #expect(list.split(separator: "\n").count == 1 + 4 + 6)
      let file = try FileHandle(forWritingTo: directory.appending(path: "findings.csv"))
      try file.write(contentsOf: Array("x".utf8))
      try file.close()
      #expect(try runTool("/bin/sh", "-c", check).hasPrefix("findings.csv: FAILED\n"))
    }
  }

  @Test func `says so where a file stands in the place of the directory`() async throws {
    try await withTemporaryDirectory { directory in
      let target = directory.appending(path: "taken").path
      try "x".write(toFile: target, atomically: false, encoding: .utf8)
      let failure = #expect(throws: Failure.self) { try ReportWriter().write([.text], of: report, to: target) }
      #expect(failure?.code == .cannotCreate)
      #expect(failure?.description.hasPrefix("the report cannot be written to \(target): Not a directory. ") == true)
    }
  }

  @Test func `leaves nothing half written where a file cannot take its place`() async throws {
    try await withTemporaryDirectory { directory in
      let target = directory.appending(path: "report").path
      try manager.createDirectory(atPath: "\(target)/report.txt", withIntermediateDirectories: true)
      let failure = #expect(throws: Failure.self) { try ReportWriter().write([.text], of: report, to: target) }
      #expect(failure?.code == .inputOutput)
      #expect(try manager.contentsOfDirectory(atPath: target).sorted() == [".tenken-report", "report.txt"])
    }
  }

  @Test func `of some sites has their pages and rows only, and no index`() async throws {
    let part = SampleSweep.fleet.report(only: ["bangkok"])
    try await withTemporaryDirectory { directory in
      let paths = try ReportWriter().write([.html, .csv], of: part, to: directory.path)
      #expect(
        paths.map { URL(filePath: $0).lastPathComponent }.sorted() == [
          "findings.csv", "flows.csv", "site-bangkok.html", "sites.csv", "terminals.csv",
        ])
      let rows = try String(contentsOfFile: directory.appending(path: "terminals.csv").path, encoding: .utf8)
      #expect(rows.split(separator: "\r\n").count == 14)
      #expect(!rows.contains("jp-tyo"))
    }
  }

  @Test func `does not mix with the report of another sweep, and says whose it is`() async throws {
    try await withTemporaryDirectory { directory in
      let target = directory.appending(path: "report").path
      let paths = try ReportWriter().write(ReportFormat.allCases, of: report, to: target)
      let before = try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }
      var other = SampleSweep.fleet
      other.id = "20261125-0530-zzzz"
      let failure = #expect(throws: Failure.self) {
        try ReportWriter().write([.csv], of: other.report(), to: target)
      }
      #expect(failure?.code == .cannotCreate)
      #expect(failure?.why.contains("20261124-0530-k3fz") == true)
      #expect(failure?.next.contains("--output") == true)
      #expect(try paths.map { try String(contentsOfFile: $0, encoding: .utf8) } == before)
      for path in paths { try manager.removeItem(atPath: path) }
      #expect(try ReportWriter().write([.text], of: other.report(), to: target).count == 1)
    }
  }

  @Test func `of the same sweep replaces the earlier one, and removes the pages that it lacks, but nothing else`()
    async throws
  {
    try await withTemporaryDirectory { directory in
      let target = directory.path
      _ = try ReportWriter().write([.html], of: report, to: target)
      for name in ["notes.html", "site-.html"] {
        try "x".write(toFile: "\(target)/\(name)", atomically: false, encoding: .utf8)
      }
      _ = try ReportWriter().write([.csv], of: SampleSweep.fleet.report(only: ["ohio"]), to: target)
      #expect(manager.fileExists(atPath: "\(target)/site-bangkok.html"))
      _ = try ReportWriter().write([.html], of: SampleSweep.fleet.report(only: ["ohio"]), to: target)
      let pages = try manager.contentsOfDirectory(atPath: target).filter { $0.hasSuffix(".html") }
      #expect(pages.sorted() == ["notes.html", "site-.html", "site-ohio.html"])
    }
  }

  @Test func `leaves the pages of others alone where no marker says that they are its own`() async throws {
    try await withTemporaryDirectory { directory in
      let target = directory.path
      try "x".write(toFile: "\(target)/site-map.html", atomically: false, encoding: .utf8)
      try manager.createSymbolicLink(atPath: "\(target)/.tenken-report", withDestinationPath: "/etc/passwd")
      _ = try ReportWriter().write([.html], of: report, to: target)
      #expect(manager.fileExists(atPath: "\(target)/site-map.html"))
      #expect(
        try String(contentsOfFile: "\(target)/.tenken-report", encoding: .utf8) == "20261124-0530-k3fz\n")
    }
  }

  private func mode(_ path: String) throws -> Int? {
    (try manager.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
  }
}
