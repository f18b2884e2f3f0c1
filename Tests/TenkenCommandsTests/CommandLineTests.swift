import Foundation
import TenkenTestSupport
import Testing

/// Whole command lines in this process, over the rehearsal transport: nothing is contacted.
struct CommandLineTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let checks = root.appending(path: "checks").path

  /// A fleet of 60 and a finished rehearsal of it under `directory`.
  private func rehearsal(in directory: URL) async -> (sweep: CapturedWorld, status: Int32) {
    let world = CapturedWorld()
    let fleet = directory.appending(path: "fleet").path
    #expect(await world.run("inventory", "generate", fleet, "--terminals", "60", "--seed", "5") == 0)
    let sweep = CapturedWorld()
    let status = await sweep.run(
      "sweep", "--inventory", fleet, "--checks", Self.checks, "--transport", "rehearsal", "--seed", "3", "--state",
      directory.appending(path: "state").path, "--name", "drill", "--json", "--no-progress", "--check", "integrity",
      "--select", "not id:tyo-0001")
    return (sweep, status)
  }

  @Test func `a rehearsal runs through plan, sweep, journal and report`() async throws {
    try await withTemporaryDirectory { directory in
      let (sweep, status) = await rehearsal(in: directory)
      #expect([0, 1, 2, 3].contains(status), "\(sweep.errors)")
      let lines = sweep.output.split(separator: "\n")
      let last = try #require(lines.last.flatMap { Self.object(String($0)) })
      #expect(last["event"] as? String == "end")
      #expect(last["ending"] as? String == "finished")
      #expect(last["terminals"] as? Int == 60)
      #expect((last["outcomes"] as? [String: Int])?.values.reduce(0, +) == 60)
      #expect((last["outcomes"] as? [String: Int])?["excluded"] == 1)
      #expect(lines.allSatisfy { Self.object(String($0)) != nil })

      let state = directory.appending(path: "state").path
      let repeated = CapturedWorld()
      #expect(await repeated.run("status", "drill", "--state", state, "--json", "--exit-status") == status)
      let account = try #require(repeated.output.split(separator: "\n").last.flatMap { Self.object(String($0)) })
      #expect(account["outcomes"] as? [String: Int] == last["outcomes"] as? [String: Int])
      #expect(account["states"] as? [String: Int] == last["states"] as? [String: Int])
    }
  }

  @Test func `a finished sweep is listed, shown and reported`() async throws {
    try await withTemporaryDirectory { directory in
      _ = await rehearsal(in: directory)
      let state = directory.appending(path: "state").path
      let ids = CapturedWorld()
      #expect(await ids.run("list", "--state", state, "--select", "outcome:excluded", "-o", "ids") == 0)
      #expect(ids.output == "tyo-0001\n")
      let page = CapturedWorld()
      #expect(await page.run("show", "tyo-0001", "--state", state) == 0)
      #expect(page.output.contains("excluded: not selected"))
      let report = CapturedWorld()
      let output = directory.appending(path: "report").path
      #expect(await report.run("report", "--state", state, "--output", output) == 0)
      let paths = report.output.split(separator: "\n").map(String.init)
      #expect(paths.contains("\(output)/index.html"))
      #expect(paths.allSatisfy { FileManager.default.fileExists(atPath: $0) })
      let index = try String(contentsOfFile: "\(output)/index.html", encoding: .utf8)
      #expect(index.uppercased().contains("REHEARSAL"))
      let sweeps = CapturedWorld()
      #expect(await sweeps.run("sweeps", "--state", state) == 0)
      #expect(sweeps.output.contains("drill") && sweeps.output.contains("finished"))
    }
  }

  @Test func `a rehearsal cannot be probed`() async {
    let world = CapturedWorld()
    #expect(await world.run("probe", "--inventory", "x", "--transport", "rehearsal") == 64)
    #expect(world.errors.contains("nothing to probe"))
  }

  @Test func `a dry run contacts nothing and keeps nothing`() async throws {
    try await withTemporaryDirectory { directory in
      let world = CapturedWorld()
      let fleet = directory.appending(path: "fleet").path
      #expect(await world.run("inventory", "generate", fleet, "--terminals", "60") == 0)
      let state = directory.appending(path: "state").path
      let plan = CapturedWorld()
      #expect(
        await plan.run("sweep", "--inventory", fleet, "--checks", Self.checks, "--state", state, "--dry-run") == 0)
      #expect(plan.output.contains("60 terminals") && plan.output.contains("log.wtmp"))
      #expect(!FileManager.default.fileExists(atPath: state))
    }
  }

  @Test(
    arguments: [
      (["sweep"], 64, ["--inventory"]),
      (["nonsense"], 64, ["nonsense"]),
      (["sweep", "--inventory", "/nonexistent"], 66, ["/nonexistent"]),
      (["status", "--state", "/nonexistent"], 66, ["latest"]),
      (["resume", "--state", "/nonexistent"], 66, ["nothing to resume", "/nonexistent", "tenken sweeps"]),
      (["sweep", "--inventory", "x", "--timeout", "soon"], 64, ["soon", "whole number"]),
      (["sweep", "--inventory", "x", "--concurrency", "0"], 64, ["--concurrency"]),
      (["report", "--output", "x", "--format", "pdf"], 64, ["pdf", "html"]),
      (["show", "x", "--raw"], 64, ["--check"]),
      (["checks", "show", "nonsense", "--checks", checks], 66, ["nonsense", "log.wtmp"]),
      (["inventory", "generate", "/nonexistent/x", "--terminals", "0"], 64, ["--terminals"]),
    ] as [([String], Int32, [String])])
  func `a mistake is said, with what to do, and ends with its status`(
    arguments: [String], status: Int32, says: [String]
  ) async {
    let world = CapturedWorld()
    #expect(await world.run(arguments) == status)
    #expect(world.output.isEmpty)
    for text in says { #expect(world.errors.contains(text), "\(world.errors)") }
  }

  @Test(arguments: [
    "site:atlantis", "not site:atlantis", "not tag:kisok", "site:tokyo-hq and site:osaka", "label.rack:9",
  ])
  func `a selection that means nobody, or names what is not there, is refused before anything is kept`(
    selection: String
  ) async throws {
    try await withTemporaryDirectory { directory in
      let world = CapturedWorld()
      let fleet = directory.appending(path: "fleet").path
      #expect(await world.run("inventory", "generate", fleet, "--terminals", "60") == 0)
      let state = directory.appending(path: "state").path
      #expect(
        await world.run(
          "sweep", "--inventory", fleet, "--checks", Self.checks, "--state", state, "--transport", "rehearsal",
          "--select", selection) == 64)
      #expect(world.errors.contains(selection))
      #expect(!FileManager.default.fileExists(atPath: state))
    }
  }

  @Test func `a check that fails lint is not sent anywhere, and a script with a word`() async throws {
    try await withTemporaryDirectory { directory in
      let world = CapturedWorld()
      let fleet = directory.appending(path: "fleet").path
      #expect(await world.run("inventory", "generate", fleet, "--terminals", "3") == 0)
      let bad = directory.appending(path: "checks/bad.write")
      try FileManager.default.createDirectory(at: bad, withIntermediateDirectories: true)
      let text =
        try String(contentsOfFile: Self.checks + "/host.identity/check.sh", encoding: .utf8)
        .replacing("#% id: host.identity", with: "#% id: bad.write") + "echo hi >/tmp/trace\n"
      try text.write(to: bad.appending(path: "check.sh"), atomically: true, encoding: .utf8)
      let checks = directory.appending(path: "checks").path
      let refused = CapturedWorld()
      let arguments = ["sweep", "--inventory", fleet, "--transport", "rehearsal", "--dry-run"]
      #expect(await refused.run(arguments + ["--checks", checks]) == 65)
      #expect(refused.errors.contains("bad.write/check.sh:"))
      #expect(await CapturedWorld().run("checks", "lint", checks) == 65)
      let script = directory.appending(path: "look.sh")
      try "#!/bin/sh\ntouch /tmp/trace; echo x >/tmp/trace\n".write(to: script, atomically: true, encoding: .utf8)
      let noted = CapturedWorld()
      #expect(await noted.run(arguments + ["--checks", Self.checks, "--script", script.path]) == 0)
      #expect(noted.errors.contains("note: ") && noted.errors.contains("look.sh:2"))
    }
  }

  @Test func `lines of known_hosts that say nothing are told by the inventory's check`() async throws {
    try await withTemporaryDirectory { directory in
      let world = CapturedWorld()
      let fleet = directory.appending(path: "fleet").path
      #expect(await world.run("inventory", "generate", fleet, "--terminals", "3") == 0)
      #expect(await world.run("inventory", "check", fleet) == 0)
      #expect(world.output.contains("host keys: 0 of 3 terminals"))
      try "10.0.0.1 ssh-ed25519 garbage\n".write(toFile: fleet + "/known_hosts", atomically: true, encoding: .utf8)
      #expect(await world.run("inventory", "check", fleet) == 65)
      #expect(world.errors.contains("known_hosts:1"))
      let doctor = CapturedWorld()
      #expect(await doctor.run("doctor", "--inventory", fleet, "--state", directory.appending(path: "s").path) == 69)
      #expect(doctor.output.contains("known_hosts:1"))
    }
  }

  @Test func `what is missing of gateways is told before a sweep`() async throws {
    try await withTemporaryDirectory { directory in
      let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
      let files = [
        "fleet.yaml": "name: two\ncredentials: {default: {user: u, identity: agent}}\n",
        "sites.yaml": """
        sites: {a: {gateways: [known]}, b: {gateways: [known, unknown]}, c: {}}
        gateways:
          known: {address: 203.0.113.7, port: 2222, credential: default}
          unknown: {address: 10.0.0.254, credential: default}
        """,
        "terminals/all.csv": """
        id,address,site,host_key
        a1,10.0.0.1,a,
        b1,10.0.0.1,b,
        a2,10.0.0.2,a,\(key)
        b2,10.0.0.2,b,
        c1,10.0.0.3,c,
        """,
        "known_hosts": "[203.0.113.7]:2222,10.0.0.1,10.0.0.2,10.0.0.3 \(key)\n",
      ]
      let fleet = directory.appending(path: "fleet")
      try FileManager.default.createDirectory(
        at: fleet.appending(path: "terminals"), withIntermediateDirectories: true)
      for (path, text) in files {
        try text.write(to: fleet.appending(path: path), atomically: true, encoding: .utf8)
      }
      let world = CapturedWorld()
      #expect(await world.run("inventory", "check", fleet.path) == 0)
      let remarks = world.output.split(separator: "\n").dropFirst()
      #expect(
        remarks == [
          "gateways: 2, on the way to 4 terminals at 2 sites",
          "host keys: nobody is reached through a gateway without one on record: unknown",
          "host keys: 2 terminals have the address of another one behind other gateways, and known_hosts cannot tell them apart: pin their keys in the column host_key",
        ])
      let doctor = CapturedWorld()
      _ = await doctor.run(
        "doctor", "--inventory", fleet.path, "--state", directory.appending(path: "s").path)
      #expect(doctor.output.contains("none on record of unknown"))
    }
  }

  @Test(arguments: [(ENOSPC, 74), (EIO, 74), (EPIPE, 0)] as [(Int32, Int32)])
  func `output that could not be written is a failure, a reader who left is none`(error: Int32, status: Int32) async {
    let world = CapturedWorld(outputError: error)
    #expect(await world.run("checks", "list", Self.checks) == status)
    #expect(world.errors.contains("not whole") == (status == 74))
  }

  @Test func `a sweep whose inventory has changed says what, and goes on only when it is to be amended`() async throws {
    try await withTemporaryDirectory { directory in
      _ = await rehearsal(in: directory)
      let state = directory.appending(path: "state").path
      let arguments = ["resume", "--state", state, "--retry", "inspected", "--no-progress", "--json"]
      let same = CapturedWorld()
      _ = await same.run(arguments)
      #expect(!same.errors.contains("has changed"))
      try "note\n".write(
        to: directory.appending(path: "fleet/known_hosts"), atomically: true, encoding: .utf8)
      let changed = CapturedWorld()
      #expect(await changed.run(arguments) == 65)
      #expect(changed.errors.contains("has changed: files changed: known_hosts"), "\(changed.errors)")
      #expect(changed.errors.contains("--amend"))
      let amended = CapturedWorld()
      #expect([1, 2, 3].contains(await amended.run(arguments + ["--amend"])), "\(amended.errors)")
      let status = CapturedWorld()
      #expect(await status.run("status", "--state", state) == 0)
      #expect(status.output.contains("AMENDED on "), "\(status.output)")
      let verified = CapturedWorld()
      #expect(await verified.run("verify", "--state", state) == 0)
      #expect(verified.output.contains("verifies"), "\(verified.output)\(verified.errors)")
    }
  }

  @Test func `to retry what the sweep's own known_hosts cannot mend is refused`() async {
    let world = CapturedWorld()
    #expect(await world.run("resume", "--retry", "host-key-unknown") == 64)
    #expect(world.errors.contains("--select 'outcome:host-key-unknown@latest'"))
  }

  @Test func `the local transport inspects nothing but this machine`() async throws {
    try await withTemporaryDirectory { directory in
      let world = CapturedWorld()
      let fleet = directory.appending(path: "fleet").path
      #expect(await world.run("inventory", "generate", fleet, "--terminals", "3") == 0)
      let status = await world.run(
        "sweep", "--inventory", fleet, "--checks", Self.checks, "--state", directory.appending(path: "state").path,
        "--transport", "local", "--no-progress", "--json")
      #expect(status == 2)
      #expect(world.output.contains(#""outcomes":{"unsupported":3}"#))
    }
  }

  private static func object(_ line: String) -> [String: Any]? {
    (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any]
  }
}
