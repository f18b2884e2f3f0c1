import Foundation
import TenkenTestSupport
import Testing

@testable import TenkenOpenSSH

struct NameLookupTests {
  @Test func `each address comes once, in the resolver's order, and not too many`() {
    let text = """
      fd00::7         STREAM host.example
      fd00::7         DGRAM
      fd00::7         RAW
      10.0.0.7        STREAM
      10.0.0.7        DGRAM
      nonsense

      """
    #expect(NameLookup.addresses(in: text) == ["fd00::7", "10.0.0.7"])
    let many = (1...9).map { "10.0.0.\($0) STREAM\n" }.joined()
    #expect(NameLookup.addresses(in: many) == ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"])
    #expect(NameLookup.addresses(in: "").isEmpty)
  }

  @Test func `a name that begins with a hyphen is a name`() async {
    await #expect(throws: NameLookup.NotFound.self) {
      try await NameLookup.addresses(of: "--help", within: .seconds(10), ContinuousClock())
    }
  }

  @Test func `whoever gives no answer in time is ended`() async throws {
    try await withTemporaryDirectory { directory in
      let slow = directory.appending(path: "getent").path
      try writeProgram("#!/bin/sh\nexec sleep 600\n", to: slow)
      let clock = ContinuousClock()
      let took = await clock.measure {
        let error = await #expect(throws: NameLookup.NotFound.self) {
          try await NameLookup.addresses(of: "host", within: .milliseconds(200), clock, asking: slow)
        }
        #expect(error?.reason == "no answer within 200ms")
      }
      // Ten minutes otherwise.
      #expect(took < .seconds(60))
    }
  }
}
