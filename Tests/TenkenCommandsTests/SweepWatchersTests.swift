import Foundation
import TenkenTestSupport
import Testing

/// Who is told of a running sweep, through whole command lines over the rehearsal transport.
struct SweepWatchersTests {
  private static let checks = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "checks").path

  private func sweep(_ directory: URL, _ further: [String] = []) async -> (world: CapturedWorld, status: Int32) {
    let fleet = directory.appending(path: "fleet").path
    #expect(await CapturedWorld().run("inventory", "generate", fleet, "--terminals", "200", "--seed", "5") == 0)
    let world = CapturedWorld()
    let status = await world.run(
      [
        "sweep", "--inventory", fleet, "--checks", Self.checks, "--transport", "rehearsal", "--seed", "3", "--state",
        directory.appending(path: "state").path, "--json", "--no-progress",
      ] + further)
    return (world, status)
  }

  private func findings(_ directory: URL, _ further: String...) async -> [[String: Any]] {
    let world = CapturedWorld()
    #expect(
      await world.run(["findings", "--state", directory.appending(path: "state").path, "--json"] + further) == 0)
    return world.output.split(separator: "\n").compactMap { Self.object(String($0)) }
  }

  private static func object(_ line: String) -> [String: Any]? {
    (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any]
  }

  private static func name(_ finding: [String: Any]) -> String {
    "\(finding["terminal"] ?? "") \(finding["finding"] ?? "") \(finding["severity"] ?? "")"
  }

  @Test func `findings are listed worst first, followed as they were recorded, and handed to a program`() async throws {
    try await withTemporaryDirectory { directory in
      let program = directory.appending(path: "program")
      let out = directory.appending(path: "out")
      try Data("#!/bin/sh\nexec cat >> \(out.path)\n".utf8).write(to: program)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
      let (world, status) = await sweep(directory, ["--on-finding", program.path])
      #expect(status & 1 == 1 && world.errors.isEmpty, "\(world.errors)")
      let serious = await findings(directory, "--severity", "high")
      #expect(!serious.isEmpty)
      let handed = try String(contentsOf: out, encoding: .utf8).split(separator: "\n")
        .compactMap { Self.object(String($0)) }
      #expect(handed.map(Self.name).sorted() == serious.map(Self.name).sorted())
      #expect(handed.allSatisfy { $0["transport"] as? String == "rehearsal" })
      let followed = await findings(directory, "--severity", "high", "--follow")
      #expect(followed.map(Self.name).sorted() == serious.map(Self.name).sorted())
      let all = await findings(directory).compactMap { $0["severity"] as? String }
      let order = ["critical", "high", "medium", "low"]
      let ranks = all.compactMap(order.firstIndex)
      #expect(ranks == ranks.sorted() && ranks.count == all.count && Set(all).count > 1)
    }
  }

  @Test func `metrics and log say at the end what the journal says`() async throws {
    try await withTemporaryDirectory { directory in
      let (metrics, log) = (directory.appending(path: "m.prom"), directory.appending(path: "log.jsonl"))
      let (world, status) = await sweep(directory, ["--metrics", metrics.path, "--log", log.path])
      #expect([0, 1, 2, 3].contains(status) && world.errors.isEmpty, "\(world.errors)")
      let text = try String(contentsOf: metrics, encoding: .utf8)
      #expect(text.contains("# TYPE tenken_terminals gauge"))
      let sum = text.split(separator: "\n").filter { $0.hasPrefix("tenken_terminals{") }
        .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +)
      #expect(sum == 200)
      #expect(text.contains("tenken_run_over") && !text.contains("outcome=\"pending\"} 1"))
      let lines = try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map(String.init)
      #expect(lines.allSatisfy { Self.object($0)?["time"] as? String == "2025-11-24T16:00:00.000Z" })
      let events = lines.compactMap { Self.object($0)?["event"] as? String }
      #expect(events.first == "begin" && events.last == "end" && events.count == lines.count)
      #expect(
        lines.map { String($0.dropFirst(35)) } == world.output.split(separator: "\n").map { String($0.dropFirst()) })
    }
  }

  @Test func `a file that cannot be written is said, and a program that is not there begins no sweep`() async throws {
    try await withTemporaryDirectory { directory in
      let (world, status) = await sweep(directory, ["--metrics", "/nonexistent/m.prom"])
      #expect([0, 1, 2, 3].contains(status))
      #expect(world.errors.components(separatedBy: "cannot write the metrics").count == 2, "said once: \(world.errors)")
    }
    for (option, code) in [("--on-finding", 66 as Int32), ("--log", 73)] {
      try await withTemporaryDirectory { directory in
        #expect(await sweep(directory, [option, "/nonexistent/x"]).status == code)
        let sweeps = CapturedWorld()
        #expect(await sweeps.run("sweeps", "--state", directory.appending(path: "state").path, "--json") == 0)
        #expect(sweeps.output.isEmpty, "\(option): \(sweeps.output)")
      }
    }
  }

  @Test func `a sample is drawn by its seed, and the rest is excluded by name`() async throws {
    try await withTemporaryDirectory { directory in
      let (world, _) = await sweep(directory, ["--sample", "40", "--select", "not id:tyo-0001"])
      let end = world.output.split(separator: "\n").last.flatMap { Self.object(String($0)) }
      #expect((end?["outcomes"] as? [String: Int])?["excluded"] == 160)
      let ids = CapturedWorld()
      let state = directory.appending(path: "state").path
      #expect(await ids.run("list", "--state", state, "-o", "jsonl") == 0)
      #expect(ids.output.components(separatedBy: "not in the sample").count == 160)
    }
  }
}
