internal import TenkenCrypto
internal import TenkenModel
internal import TenkenTransport

/// What one ssh(1) says of itself at log level DEBUG1, line by line: how far it came, and why it came no further. Pure.
///
/// The lines are those of OpenSSH 8.5 to 10; ssh(1) has no other way to tell. A server can write lines of its own into
/// them, since the texts that it sends may hold newlines. So what counts most, the key that was shown and the login, is
/// told by lines that begin with a nonce, which ssh(1) is configured to have written and no server sees.
struct ClientLog: Sendable, Equatable {
  enum Phase: Int, Sendable, Comparable {
    case connecting
    /// The link is open; nothing of SSH has come.
    case awaitingBanner
    case exchangingKeys
    case authenticating
    case loggedIn

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// As a reason names it.
    var name: String {
      switch self {
      case .connecting: "connect"
      case .awaitingBanner: "banner"
      case .exchangingKeys: "key exchange"
      case .authenticating: "authentication"
      case .loggedIn: "run"
      }
    }
  }

  private let nonce: Nonce
  private(set) var phase = Phase.connecting
  /// The host's key, before ssh(1) has compared it, and before the host has proven to have its private half.
  private(set) var shownKey: HostKey?
  /// Why there is no link: `Connection refused`.
  private(set) var connectError: String?
  /// The first line that came in place of an identification.
  private(set) var preamble: String?
  /// What is wrong with the identification: `Connection closed by remote host`, `banner line too long`.
  private(set) var bannerFault: String?
  /// The list of algorithms that has nothing in common with the server's, and what the server offers in it.
  private(set) var disagreement: Disagreement?
  /// What ended the protocol from this side: `incorrect signature`.
  private(set) var protocolFault: String?
  /// The reason that came with SSH_MSG_DISCONNECT.
  private(set) var farewell: String?
  /// The methods of authentication that the server would take, as it last said.
  private(set) var methods: String?
  private(set) var isDenied = false
  /// Why the key was not used.
  private(set) var keyTrouble: String?
  /// A jump host's channel to the next host of the way is open.
  private(set) var hasForwarded = false
  /// Why the server opened no channel.
  private(set) var channelRefusal: String?
  private(set) var isCommandRefused = false
  /// The server said how the command ended: the link was still there.
  private(set) var hasEnding = false
  /// That of the command; -1 where the server said none. `nil` where ssh(1) did not come to its end.
  private(set) var exitStatus: Int32?
  /// What ended the link.
  private(set) var loss: String?
  /// The last line that is no debugging.
  private(set) var lastWords: String?

  struct Disagreement: Sendable, Equatable {
    /// As ssh(1) names it: `MAC`, `host key type`.
    let list: String
    let offer: [String]
  }

  init(nonce: Nonce) { self.nonce = nonce }

  mutating func read(_ line: some StringProtocol) {
    let line = line.hasSuffix("\r") ? Substring(line.dropLast()) : Substring(line)
    if let mark = line.after("\(nonce) ") {
      readMark(mark)
    } else if let text = line.after("debug1: ") ?? line.after("debug2: ") {
      readDebug(text)
    } else if !line.isEmpty {
      lastWords = String(line)
      readWords(line)
    }
  }

  /// The link to the host is open, though ssh(1) sees only a pipe.
  mutating func noteLink() { reach(.awaitingBanner) }

  private mutating func reach(_ phase: Phase) { self.phase = max(self.phase, phase) }

  private mutating func readMark(_ mark: Substring) {
    let words = mark.split(separator: " ")
    if words == ["login"] {
      reach(.loggedIn)
    } else if words.count == 3, words[0] == "key" {
      shownKey = HostKey(type: words[1], base64: words[2])
    }
  }

  private mutating func readDebug(_ text: Substring) {
    if text == "Connection established." {
      reach(.awaitingBanner)
    } else if text.hasPrefix("Remote protocol version ") {
      reach(.exchangingKeys)
    } else if text == "SSH2_MSG_SERVICE_ACCEPT received" {
      reach(.authenticating)
    } else if text.hasPrefix("connect to address ") {
      connectError = text.afterColon
    } else if let line = text.after("kex_exchange_identification: banner line ") {
      preamble = preamble ?? line.afterColon
    } else if let list = text.after("Authentications that can continue: ") {
      methods = String(list)
    } else if text.hasPrefix("channel 0: open confirm ") {
      hasForwarded = true
    } else if text.hasPrefix("client_input_channel_req: channel 0 rtype exit-") {
      hasEnding = true
    } else if let status = text.after("Exit status ") {
      exitStatus = Int32(status)
    }
  }

  private mutating func readWords(_ line: Substring) {
    if let fault = line.after("kex_exchange_identification: ") {
      bannerFault = bannerFault ?? String(fault)
    } else if line.hasPrefix("Bad remote protocol version") || line.hasPrefix("Protocol major versions differ") {
      bannerFault = String(line)
    } else if line.hasPrefix("Unable to negotiate with ") {
      disagreement = Disagreement(line)
    } else if line.hasPrefix("Received disconnect from ") {
      farewell = line.afterColon
    } else if line.contains(": Permission denied (") {
      isDenied = true
    } else if line.hasPrefix("ssh_dispatch_run_fatal: ") {
      protocolFault = line.lastPart
    } else {
      readTrouble(line)
    }
  }

  private mutating func readTrouble(_ line: Substring) {
    if line.hasPrefix("Load key ") || line.hasPrefix("sign_and_send_pubkey: ")
      || line.hasPrefix("no such identity: ")
    {
      keyTrouble = keyTrouble ?? String(line)
    } else if let refusal = line.after("channel 0: open failed: ") {
      channelRefusal = String(refusal)
    } else if line == "exec request failed on channel 0" {
      isCommandRefused = true
    } else if line.hasPrefix("Timeout, server ") || line.hasPrefix("client_loop: ")
      || line.hasPrefix("Read from remote host ") || line.hasPrefix("Connection ")
    {
      loss = loss ?? String(line)
    }
  }
}

extension ClientLog.Disagreement {
  /// `Unable to negotiate with 10.0.0.7 port 22: no matching MAC found. Their offer: hmac-sha1`
  fileprivate init?(_ line: Substring) {
    guard let list = line.firstMatch(of: /: no matching (.+) found\. Their offer: (.*)/) else { return nil }
    self.init(
      list: list.1.hasSuffix(" method") ? String(list.1.dropLast(7)) : String(list.1),
      offer: list.2.split(separator: ",").map(String.init))
  }
}

extension Substring {
  /// What follows a prefix; `nil` where it does not begin so.
  fileprivate func after(_ prefix: String) -> Substring? { hasPrefix(prefix) ? dropFirst(prefix.count) : nil }

  /// What follows the first `: `.
  fileprivate var afterColon: String { firstRange(of: ": ").map { String(self[$0.upperBound...]) } ?? String(self) }

  /// What follows the last `: `.
  fileprivate var lastPart: String {
    ranges(of: ": ").last.map { String(self[$0.upperBound...]) } ?? String(self)
  }
}
