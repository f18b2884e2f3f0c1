import Foundation
import Synchronization
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenJournal

/// Who is in flight, as the owner of a sweep tells it to other processes.
struct InFlightTests {
  private static let now = SampleSweep.now

  private static func contact(_ index: Int, _ phase: InFlight.Phase = .run) -> InFlight {
    InFlight(
      terminal: ID("t-\(index)")!, site: "tokyo", attempt: 2, began: now, phase: phase,
      phaseBegan: Timestamp(milliseconds: now.milliseconds + Int64(index)))
  }

  @Test func `the owner tells what is in flight at that moment, and nobody does afterwards`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let journal = try sweep.create()
      let contacts = Mutex<[InFlight]>([])
      journal.tellInFlight { contacts.withLock { $0 } }
      #expect(try sweep.state.inFlight(of: sweep.manifest.id) == [])
      let all = InFlight.Phase.allCases.enumerated().map { Self.contact($0, $1) }
      contacts.withLock { $0 = all }
      #expect(try sweep.state.inFlight(of: sweep.manifest.id) == all)
      journal.close()
      #expect(try sweep.state.inFlight(of: sweep.manifest.id) == nil)
      #expect(!FileManager.default.fileExists(atPath: "\(sweep.directory)/in-flight"))
    }
  }

  @Test func `a list of thousands arrives whole, in a directory deeper than a socket's address`() async throws {
    try await withTemporaryDirectory { directory in
      let deep = directory.appending(path: String(repeating: "d", count: 120))
      try FileManager.default.createDirectory(at: deep, withIntermediateDirectories: true)
      let sweep = try SampleSweep(in: deep)
      let journal = try sweep.create()
      let many = (0..<20_000).map { Self.contact($0) }
      journal.tellInFlight { many }
      #expect(try sweep.state.inFlight(of: sweep.manifest.id) == many)
      journal.close()
    }
  }

  @Test func `what a killed owner left behind is in nobody's way`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      try sweep.create().close()
      let left = try #require(LocalSocket.listening("in-flight", in: sweep.directory))
      close(left)
      #expect(try sweep.state.inFlight(of: sweep.manifest.id) == nil)
      let journal = try sweep.open()
      #expect(throws: Failure.self) { try sweep.state.inFlight(of: sweep.manifest.id) }
      journal.tellInFlight { [Self.contact(1)] }
      #expect(try sweep.state.inFlight(of: sweep.manifest.id) == [Self.contact(1)])
      journal.close()
    }
  }

  @Test func `a list that was cut off anywhere is not taken for the whole`() throws {
    let bytes = InFlightText.bytes([Self.contact(1), Self.contact(2)])
    #expect(try InFlightText.contacts(bytes).count == 2)
    for count in 0..<(bytes.count - 1) {
      #expect(throws: InFlightText.Malformed.self) { try InFlightText.contacts(Array(bytes.prefix(count))) }
    }
  }
}
