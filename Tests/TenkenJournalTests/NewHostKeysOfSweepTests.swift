import TenkenCrypto
import TenkenJournal
import TenkenModel
import TenkenTestSupport
import Testing

struct NewHostKeysOfSweepTests {
  @Test func `the first key of each terminal without one on record is told, over a resume too`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory, terminals: 4)
      let journal = try sweep.create()
      try await journal.record(attempt(sweep, 0, 1, .unknown, key(1)))
      try await journal.record(attempt(sweep, 0, 2, .mismatch, key(2)))
      try await journal.record(attempt(sweep, 1, 1, .recorded, nil))
      journal.close()
      let next = try sweep.open()
      try await next.record(attempt(sweep, 2, 1, .unknown, key(3)))
      #expect(try next.reader.newHostKeys() == [sweep.terminals[0]: key(1), sweep.terminals[2]: key(3)])
      next.close()
    }
  }

  private func key(_ byte: UInt8) -> HostKey {
    var writer = WireWriter()
    writer.string("ssh-ed25519".utf8)
    writer.string([UInt8](repeating: byte, count: 32))
    return HostKey(type: "ssh-ed25519", blob: writer.bytes)
  }

  private func attempt(
    _ sweep: SampleSweep, _ terminal: Int, _ number: Int, _ standing: HostKeyEvidence.Standing, _ key: HostKey?
  ) -> Attempt {
    Attempt(
      terminal: sweep.terminals[terminal], number: number, started: Timestamp(milliseconds: 1),
      ended: Timestamp(milliseconds: 2), outcome: standing == .mismatch ? .hostKeyMismatch : .partial, reason: "said",
      isFinal: false,
      hostKey: HostKeyEvidence(
        type: "ssh-ed25519", fingerprint: key?.fingerprint ?? "SHA256:on-record", standing: standing, blob: key?.blob))
  }
}
