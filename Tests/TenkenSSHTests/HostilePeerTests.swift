import Foundation
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// Peers that are no honest SSH servers: each contact ends with the right outcome, and in time.
  struct HostilePeerTests {
    private static let limits = Limits(
      connectTimeout: .seconds(2), loginTimeout: .seconds(1), bytesBeforeLogin: 256 * 1024)

    private func failure(_ act: FakePeer.Act, key: String) async throws -> ContactFailure? {
      try await FakePeer.with(act) { port in
        try await Station.withTransport(knownHosts: "", identities: [.file(key)]) { transport in
          let endpoint = Station.endpoint(port: port, identity: .file(key), limits: Self.limits)
          return await Station.run("true", on: endpoint, over: transport).failure
        }
      }
    }

    struct Case: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let act: FakePeer.Act
      let outcome: Outcome
      let reason: String
    }

    private static let banner = Array("SSH-2.0-fake\r\n".utf8)
    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }
    private static func endless(_ payload: [UInt8]) -> FakePeer.Act {
      .repeatForever(first: banner, ServerGreetingTests.packet(payload))
    }

    static let cases: [Case] = [
      Case(testDescription: "silence", act: .say([]), outcome: .timedOut, reason: "no banner within 1s"),
      Case(
        testDescription: "a text and silence", act: .say(text("220 mail ESMTP\r\n")), outcome: .timedOut,
        reason: "no banner within 1s; it said: 220 mail ESMTP\\x0d"),
      Case(
        testDescription: "hangs up at once", act: .sayAndClose([]), outcome: .unreachable,
        reason: "closed before the banner: too many connections (MaxStartups), or not allowed"),
      // The reset may come before the connection counts as open, and then has words of its own.
      Case(testDescription: "resets at once", act: .reset, outcome: .unreachable, reason: ""),
      Case(
        testDescription: "too busy", act: .sayAndClose(text("Exceeded MaxStartups\r\n")), outcome: .unreachable,
        reason: "closed before the banner: Exceeded MaxStartups"),
      Case(
        testDescription: "a web server", act: .sayAndClose(text("HTTP/1.1 400 Bad Request\r\n\r\n")),
        outcome: .unsupported,
        reason: "no SSH banner: HTTP/1.1 400 Bad Request"),
      Case(
        testDescription: "NULs", act: .say([UInt8](repeating: 0, count: 64)), outcome: .unsupported,
        reason: "no SSH banner: \\x00\\x00"),
      Case(
        testDescription: "blank lines without end", act: .repeatForever(first: [], text("\r\n")), outcome: .hostile,
        reason: "more than 1024 lines and no SSH banner"),
      Case(
        testDescription: "NULs without end", act: .repeatForever(first: [], [UInt8](repeating: 0, count: 4096)),
        outcome: .unsupported, reason: "no SSH banner: \\x00"),
      Case(
        testDescription: "a byte a second", act: .drip(0x53), outcome: .timedOut, reason: "no banner within 1s"),
      Case(
        testDescription: "a banner and a byte a second", act: .drip(0x53, first: banner), outcome: .timedOut,
        reason: "no answer within 1s (key exchange)"),
      Case(
        testDescription: "a banner and a reset", act: .sayAndReset(banner), outcome: .unreachable,
        reason: "the server closed the connection in key exchange"),
      Case(
        testDescription: "CHANNEL_OPEN without end",
        act: endless([90, 0, 0, 0, 7] + text("session") + [UInt8](repeating: 0, count: 12)), outcome: .hostile,
        reason: ""),
      Case(
        testDescription: "SSH 1.5", act: .say(text("SSH-1.5-OpenSSH_1.0\n")), outcome: .unsupported,
        reason: "the server speaks only SSH-1.5-OpenSSH_1.0"),
      Case(
        testDescription: "a line without end", act: .repeatForever(first: [], [UInt8](repeating: 0x78, count: 4096)),
        outcome: .hostile, reason: "a line of more than 8192 bytes and no SSH banner"),
      Case(
        testDescription: "lines without end", act: .repeatForever(first: [], text("hello\r\n")), outcome: .hostile,
        reason: "more than 1024 lines and no SSH banner"),
      Case(
        testDescription: "a banner and silence", act: .say(banner), outcome: .timedOut,
        reason: "no answer within 1s (key exchange)"),
      Case(
        testDescription: "a banner and the end", act: .sayAndClose(banner), outcome: .unreachable,
        reason: "the server closed the connection in key exchange"),
      Case(
        testDescription: "a banner and nonsense", act: .say(banner + [UInt8](repeating: 0xA7, count: 600)),
        outcome: .hostile, reason: "key exchange: libssh2"),
      Case(
        testDescription: "unknown packets without end", act: endless([99] + [UInt8](repeating: 0, count: 2000)),
        outcome: .hostile, reason: "more than 262144 bytes before the login (key exchange)"),
      Case(
        testDescription: "IGNORE without end", act: endless([2, 0, 0, 7, 0xC4] + [UInt8](repeating: 0, count: 1988)),
        outcome: .hostile, reason: "more than 262144 bytes before the login (key exchange)"),
      Case(
        testDescription: "an offer of old algorithms",
        act: .say(
          banner + ServerGreetingTests.packet(AlgorithmsTests.message(keyExchange: "diffie-hellman-group1-sha1"))),
        outcome: .unsupported,
        reason: "no key exchange algorithm in common: the server offers diffie-hellman-group1-sha1, Tenken speaks curve"
      ),
      Case(
        testDescription: "escape sequences in a banner", act: .sayAndClose(text("\u{1B}]0;owned\u{7}\u{202E}\r\n")),
        outcome: .unsupported, reason: "no SSH banner: \\x1b]0;owned\\x07\\xe2\\x80\\xae\\x0d"),
      Case(
        testDescription: "a farewell in the key exchange",
        act: .say(
          banner + ServerGreetingTests.packet([1, 0, 0, 0, 2, 0, 0, 0, 4, 0x62, 0x79, 0x65, 0x1B, 0, 0, 0, 0])),
        outcome: .unreachable, reason: "the server closed the connection in key exchange; it said: bye\\x1b"),
    ]

    @Test(arguments: cases)
    func `the contact ends in time, with an outcome and a reason`(_ each: Case) async throws {
      try await withTemporaryDirectory { directory in
        let key = directory.appending(path: "key").path
        try OpenSSHServer.makeKey(key, "-t", "ed25519")
        let clock = ContinuousClock()
        var failure: ContactFailure?
        let took = try await clock.measure { failure = try await self.failure(each.act, key: key) }
        #expect(failure?.outcome == each.outcome, "\(failure?.reason ?? "-")")
        #expect(failure?.reason.hasPrefix(each.reason) == true, "\(failure?.reason ?? "-")")
        #expect(failure?.reason.isEmpty == false)
        #expect(failure?.evidence.hostKey == nil)
        #expect(failure?.didAuthenticate == false)
        #expect(took < .seconds(2))
      }
    }
  }
}
