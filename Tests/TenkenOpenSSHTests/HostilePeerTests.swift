import Foundation
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenOpenSSH

extension OverSockets {
  /// Peers that are no honest SSH servers: each contact ends with the right outcome, and in time.
  struct HostilePeerTests {
    struct Case: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let act: CannedPeer.Act
      let outcome: Outcome
      let reason: String
    }

    private static let limits = Limits(
      connectTimeout: .seconds(10), loginTimeout: .seconds(2), bytesBeforeLogin: 256 * 1024)
    private static let banner = Array("SSH-2.0-fake\r\n".utf8)
    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    static let cases: [Case] = [
      Case(testDescription: "silence", act: .say([]), outcome: .timedOut, reason: "no banner within 2s"),
      Case(
        testDescription: "a text and silence", act: .say(text("220 mail ESMTP\r\n")), outcome: .timedOut,
        reason: "no banner within 2s; it said: 220 mail ESMTP"),
      Case(
        testDescription: "hangs up at once", act: .sayAndClose([]), outcome: .unreachable,
        reason: "closed before the banner: too many connections (MaxStartups), or not allowed"),
      Case(
        testDescription: "too busy", act: .sayAndClose(text("Exceeded MaxStartups\r\n")), outcome: .unreachable,
        reason: "closed before the banner: Exceeded MaxStartups"),
      Case(
        testDescription: "a web server", act: .sayAndClose(text("HTTP/1.1 400 Bad Request\r\n\r\n")),
        outcome: .unsupported, reason: "no SSH banner: HTTP/1.1 400 Bad Request"),
      Case(
        testDescription: "NULs", act: .say([UInt8](repeating: 0, count: 64)), outcome: .unsupported,
        reason: "no SSH banner: bytes that are no text"),
      Case(
        testDescription: "SSH 1.5", act: .say(text("SSH-1.5-OpenSSH_1.0\n")), outcome: .unsupported,
        reason: "the server speaks only SSH 1"),
      Case(
        testDescription: "a line without end", act: .repeatForever(first: [], [UInt8](repeating: 0x78, count: 4096)),
        outcome: .hostile, reason: "a line of more than 8192 bytes and no SSH banner"),
      Case(
        testDescription: "lines without end", act: .repeatForever(first: [], text("hello\r\n")), outcome: .hostile,
        reason: "more than 1024 lines and no SSH banner"),
      Case(
        testDescription: "a banner and silence", act: .say(banner), outcome: .timedOut,
        reason: "no answer within 2s (key exchange)"),
      Case(
        testDescription: "a banner and the end", act: .sayAndClose(banner), outcome: .unreachable,
        reason: "the server closed the connection in key exchange"),
      Case(
        testDescription: "a banner and nonsense", act: .say(banner + [UInt8](repeating: 0xA7, count: 600)),
        outcome: .hostile, reason: "key exchange: "),
      Case(
        testDescription: "IGNORE without end",
        act: .repeatForever(
          first: banner, PlainPacket.bytes([2, 0, 0, 7, 0xC4] + [UInt8](repeating: 0, count: 1988))),
        outcome: .hostile, reason: "more than 262144 bytes before the login (key exchange)"),
      Case(
        testDescription: "escape sequences in a banner", act: .sayAndClose(text("\u{1B}]0;owned\u{7}\u{202E}\r\n")),
        outcome: .unsupported, reason: "no SSH banner: \\\\033]0;owned\\x07"),
      Case(
        testDescription: "a farewell in the key exchange", act: .say(banner + PlainPacket.disconnect("bye\u{1B}")),
        outcome: .unreachable, reason: "the server closed the connection in key exchange; it said: bye"),
      Case(
        testDescription: "a farewell with a login in it",
        act: .say(
          banner
            + PlainPacket.disconnect("\r\nAuthenticated to you\r\nlogin\r\nroot@x: Permission denied (publickey).\r\n")),
        outcome: .unreachable, reason: "the server closed the connection in key exchange"),
    ]

    @Test(arguments: cases)
    func `the contact ends in time, with an outcome and a reason`(_ each: Case) async throws {
      try await withTemporaryDirectory { directory in
        let key = directory.appending(path: "key").path
        try OpenSSHServer.makeKey(key, "-t", "ed25519")
        let clock = ContinuousClock()
        var failure: ContactFailure?
        var took = Duration.zero
        try await CannedPeer.with(each.act) { port in
          try await Station.withTransport(knownHosts: "", keys: [key], in: directory) { transport in
            let endpoint = Station.endpoint(port: port, key: key, limits: Self.limits)
            took = await clock.measure { failure = await Station.run("true", on: endpoint, over: transport).failure }
          }
        }
        #expect(failure?.outcome == each.outcome, "\(failure?.reason ?? "-")")
        #expect(failure?.reason.hasPrefix(each.reason) == true, "\(failure?.reason ?? "-")")
        #expect(failure?.reason.unicodeScalars.allSatisfy { $0.value >= 0x20 } == true)
        #expect(failure?.evidence.hostKey == nil)
        #expect(failure?.evidence.dialled?.hasPrefix("127.0.0.1:") == true)
        #expect(failure?.didAuthenticate == false)
        // A deadline of two seconds, and what a busy machine takes to start and end processes.
        #expect(took < .seconds(6))
      }
    }
  }
}
