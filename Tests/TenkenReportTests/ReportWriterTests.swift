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
      let sites = ["tokyo-hq", "osaka-plant", "bangkok", "jakarta", "ohio"].map { "site-\($0).html" }
      let names = ["report.txt", "terminals.csv", "findings.csv", "sites.csv", "report.jsonl", "index.html"] + sites
      #expect(paths == names.map { "\(target)/\($0)" })
      #expect(try manager.contentsOfDirectory(atPath: target).sorted() == names.sorted())
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
      #expect(try manager.contentsOfDirectory(atPath: target) == ["report.txt"])
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
      #expect(try manager.contentsOfDirectory(atPath: target) == ["report.txt"])
    }
  }

  @Test func `of some sites has their pages and rows only, and no index`() async throws {
    let part = SampleSweep.fleet.report(only: ["bangkok"])
    try await withTemporaryDirectory { directory in
      let paths = try ReportWriter().write([.html, .csv], of: part, to: directory.path)
      #expect(
        paths.map { URL(filePath: $0).lastPathComponent }.sorted() == [
          "findings.csv", "site-bangkok.html", "sites.csv", "terminals.csv",
        ])
      let rows = try String(contentsOfFile: directory.appending(path: "terminals.csv").path, encoding: .utf8)
      #expect(rows.split(separator: "\r\n").count == 14)
      #expect(!rows.contains("jp-tyo"))
    }
  }

  private func mode(_ path: String) throws -> Int? {
    (try manager.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
  }
}
