import TenkenCrypto
import TenkenModel
import TenkenTransport
import Testing

@testable import TenkenOpenSSH

struct ClientLogTests {
  private static let nonce: Nonce = {
    var generator = SplitMix64(seed: 4)
    return Nonce(using: &generator)
  }()
  private static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"

  private static func log(_ lines: String...) -> ClientLog {
    var log = ClientLog(nonce: nonce)
    for line in lines { log.read("\(line)\r") }
    return log
  }

  private static let nothing = KnownHosts([], file: "").record(host: "h", port: 22)

  private static func failure(
    _ log: ClientLog, _ interruption: ClientInterruption? = nil, shown: HostKeyRecord.Verdict? = nil
  ) -> (Outcome, String) {
    log.failure(interruption, record: nothing, shown: shown, login: "user u with key k")
  }

  @Test func `the phases follow each other, and none comes back`() {
    var log = Self.log()
    #expect(log.phase == .connecting)
    for (line, phase) in [
      ("debug1: Connection established.", ClientLog.Phase.awaitingBanner),
      ("debug1: Remote protocol version 2.0, remote software version OpenSSH_9.2p1", .exchangingKeys),
      ("debug1: SSH2_MSG_SERVICE_ACCEPT received", .authenticating), ("\(Self.nonce) login", .loggedIn),
      ("debug1: Connection established.", .loggedIn),
    ] {
      log.read(line)
      #expect(log.phase == phase)
    }
  }

  @Test func `the key that was shown comes with the nonce`() {
    #expect(Self.log("\(Self.nonce) key \(Self.key)").shownKey?.type == "ssh-ed25519")
    #expect(Self.log("key \(Self.key)").shownKey == nil)
    #expect(Self.log("debug1: \(Self.nonce) key \(Self.key)").shownKey == nil)
    #expect(Self.log("\(Self.nonce) key ssh-rsa AAAA").shownKey == nil)
  }

  @Test(arguments: [
    "Authenticated to h ([127.0.0.1]:22) using \"publickey\".", "login", "debug1: login",
    "00000000000000000000000000000000 login", " login",
  ])
  func `no line that a server may write is a login`(line: String) {
    #expect(Self.log(line).phase == .connecting)
  }

  @Test func `a list without anything in common is read, with what the server offers`() {
    let log = Self.log(
      "debug1: Connection established.",
      "Unable to negotiate with ::1 port 22: no matching key exchange method found. Their offer: a,b\u{1B}[2J")
    #expect(log.disagreement?.list == "key exchange")
    #expect(log.disagreement?.offer == ["a", "b\u{1B}[2J"])
    #expect(
      Self.failure(log) == (
        .unsupported, "no key exchange algorithm in common with ssh(1): the server offers a,b\\x1b[2J"
      ))
  }

  @Test(arguments: [
    ("cipher", "encryption"), ("MAC", "MAC"), ("compression method", "compression"), ("host key type", "host key"),
  ])
  func `the list is named as the built-in client names it`(list: String, name: String) {
    let log = Self.log("Unable to negotiate with h port 1: no matching \(list) found. Their offer: x")
    #expect(Self.failure(log).1.hasPrefix("no \(name) algorithm in common"))
  }

  @Test(arguments: [
    ("Connection refused", "connection refused"), ("No route to host", "no route to the host"),
    ("Network is unreachable", "network unreachable"), ("Invalid argument", "Invalid argument"),
  ])
  func `why there is no link is said as the built-in client says it`(text: String, reason: String) {
    let log = Self.log("debug1: connect to address fd00::7 port 22: \(text)")
    #expect(Self.failure(log) == (.unreachable, reason))
  }

  @Test func `what was made of the key comes before everything else`() {
    let log = Self.log(
      "debug1: SSH2_MSG_SERVICE_ACCEPT received", "u@h: Permission denied (publickey).",
      "Unable to negotiate with h port 1: no matching MAC found. Their offer: x")
    #expect(Self.failure(log, .cancelled, shown: .mismatch("another")) == (.hostKeyMismatch, "another"))
    #expect(Self.failure(log, shown: .revoked("revoked")) == (.hostKeyMismatch, "revoked"))
    #expect(Self.failure(log, shown: .unknown("unknown")) == (.hostKeyUnknown, "unknown"))
    #expect(Self.failure(log, shown: .recorded).0 == .unsupported)
  }

  @Test func `a refusal before the host was proven is not believed`() {
    let log = Self.log(
      "debug1: Remote protocol version 2.0, x", "u@h: Permission denied (publickey).",
      "Received disconnect from 10.0.0.7 port 22:2: go: away")
    #expect(
      Self.failure(log) == (
        .unreachable, "the server closed the connection in key exchange; it said: go: away"
      ))
  }

  @Test func `a key that could not be used is not the server's refusal`() {
    let log = Self.log(
      "debug1: SSH2_MSG_SERVICE_ACCEPT received", "debug1: Authentications that can continue: publickey",
      "sign_and_send_pubkey: signing failed for ED25519 \"k\" from agent: agent refused operation",
      "u@h: Permission denied (publickey).")
    let (outcome, reason) = Self.failure(log, shown: .recorded)
    #expect(outcome == .authFailed)
    #expect(reason.contains("agent refused operation") && reason.hasSuffix("the server refused nothing"))
  }

  @Test func `an impostor that has only the public half of the key is hostile`() {
    let log = Self.log(
      "debug1: Remote protocol version 2.0, x", "\(Self.nonce) key \(Self.key)",
      "ssh_dispatch_run_fatal: Connection to 10.0.0.7 port 22: incorrect signature")
    #expect(
      Self.failure(log, shown: .recorded) == (
        .hostile, "the server does not prove its host key (incorrect signature)"
      ))
  }

  @Test func `every phase has its words for a deadline`() {
    #expect(Self.failure(Self.log(), .expired("10s")) == (.unreachable, "no answer within 10s (connect)"))
    #expect(
      Self.failure(Self.log("debug1: Connection established."), .expired("20s")) == (
        .timedOut, "no banner within 20s"
      ))
    #expect(
      Self.failure(Self.log("debug1: SSH2_MSG_SERVICE_ACCEPT received"), .expired("20s")) == (
        .timedOut, "no answer within 20s (authentication)"
      ))
  }

  @Test func `what ended a run is kept apart from its status`() {
    #expect(Self.log("debug1: Exit status 7").exitStatus == 7)
    #expect(Self.log("debug1: Exit status -1").exitStatus == -1)
    #expect(Self.log("debug1: client_input_channel_req: channel 0 rtype exit-signal reply 0").hasEnding)
    #expect(!Self.log("debug1: client_input_channel_req: channel 0 rtype eow@openssh.com reply 0").hasEnding)
    #expect(Self.log("Timeout, server h not responding.").loss != nil)
    #expect(Self.log("client_loop: send disconnect: Broken pipe").loss != nil)
    #expect(
      Self.log("channel 0: open failed: connect failed: Connection refused").channelRefusal
        == "connect failed: Connection refused")
    #expect(Self.log("exec request failed on channel 0").isCommandRefused)
  }

  @Test func `lines of any bytes are read without harm`() {
    var generator = SplitMix64(seed: 12)
    let beginnings = [
      "debug1: ", "debug2: channel 0: ", "Unable to negotiate with ", "Received disconnect from ",
      "kex_exchange_identification: ",
      "debug1: Exit status ", "channel 0: open failed: ", "\(Self.nonce) ", "ssh_dispatch_run_fatal: ", "",
    ]
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      var log = ClientLog(nonce: Self.nonce)
      log.read(beginnings.randomElement(using: &generator)! + String(decoding: bytes, as: UTF8.self))
      let (_, reason) = Self.failure(log)
      #expect(reason.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
    }
  }
}
