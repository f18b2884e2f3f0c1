import Foundation
import TenkenModel
import TenkenPipeline
import TenkenTestSupport
import TenkenTransport
import Testing

/// `status --in-flight`, while a sweep contacts a terminal that takes its time.
struct InFlightTests {
  @Test func `whoever is in flight is named with the phase, by the transport's own account`() async throws {
    try await withTemporaryDirectory { directory in
      let station = Station(state: directory.appending(path: "state").path, tool: "test") { Timestamp(milliseconds: 5) }
      let conduct = try station.begin(try Self.sweep(station, in: directory))
      let seen = AsyncStream.makeStream(of: String.self)
      let transport = CannedTransport { endpoint in
        endpoint.gauge?.enter(.keyExchange)
        let page = (try? station.inFlight("latest", json: true)) ?? nil
        seen.continuation.yield(page ?? "nobody")
        return .success(CannedTransport.Host())
      }
      _ = try await conduct.run(over: transport, limits: conduct.plan.limits, signals: AsyncStream { $0.finish() }) {
        _ in
      }
      conduct.close()
      seen.continuation.finish()
      var pages: [String] = []
      for await page in seen.stream { pages.append(page) }
      #expect(pages.count == 8)
      for page in pages { #expect(page.contains(#""attempt":1,"phase":"key-exchange","phase-ms":0,"#), "\(page)") }
      #expect(try station.inFlight("latest", json: true) == nil)
    }
  }

  private static func sweep(_ station: Station, in directory: URL) throws -> NewSweep {
    let root = directory.appending(path: "fleet")
    for file in Inputs.generated(terminals: 8, seed: 9).files {
      let target = root.appending(path: file.path)
      try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: target)
    }
    let script = directory.appending(path: "one.sh")
    try Data("#!/bin/sh\necho one\n".utf8).write(to: script)
    let inventory = try Inputs.inventory(at: root.path)
    var limits = inventory.limits
    limits.retries = 0
    return try station.newSweep(
      of: inventory, with: try Inputs.catalogue(directories: [], scripts: [script.path]),
      scope: Scope(limits: limits, transport: .rehearsal))
  }
}
