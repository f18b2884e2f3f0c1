import TenkenModel
import TenkenCrypto

/// What a server says in the clear, read beside libssh2: the lines before its identification, the identification
/// (RFC 4253 section 4.2), and its first packets up to SSH_MSG_KEXINIT.
///
/// libssh2 is given nothing before the identification: its own reader neither minds SSH 1.5 nor ever stops at lines
/// without end.
struct ServerGreeting {
  enum Rejection: Error, Equatable {
    /// Not SSH, or only its first version; the text says what came.
    case unsupported(String)
    case hostile(String)
  }

  /// As OpenSSH has them (`SSH_MAX_BANNER_LEN`, `SSH_MAX_PRE_BANNER_LINES` of ssh.h).
  private static let longestLine = 8192
  private static let mostLines = 1024
  /// RFC 4253 section 6.1.
  private static let longestPacket = 35_000

  private enum State { case lines, packets, done }

  /// `SSH-2.0-OpenSSH_9.2p1`; `nil` until it came.
  private(set) var identification: String?
  /// The packet of the offer, kept as it came: it is only read where there is no agreement.
  private var offerPayload: [UInt8] = []
  private var state = State.lines
  private var pending: [UInt8] = []
  private var lines = 0
  private var firstLine: [UInt8]?

  var isDone: Bool { state == .done }

  /// What the server offers, once it said so and until it is forgotten.
  var offer: KeyExchangeOffer? {
    offerPayload.isEmpty ? nil : offerPayload.withUnsafeBytes { KeyExchangeOffer(payload: $0) }
  }

  /// The key exchange is over: a kilobyte a session is no longer needed.
  mutating func forgetOffer() { offerPayload = [] }

  /// The beginning of what came instead of an identification, for people; `nil` where nothing came.
  var preamble: String? {
    let text = firstLine ?? pending
    return text.isEmpty ? nil : String(escapingForPeople: text.prefix(200), maxLength: 100)
  }

  /// Reads on, and returns what libssh2 is to be given: everything from the identification on.
  mutating func consume(_ bytes: [UInt8]) throws(Rejection) -> [UInt8] {
    pending += bytes
    switch state {
    case .done: return bytes
    case .packets:
      readPackets()
      return bytes
    case .lines:
      guard let line = try readLines() else { return [] }
      state = .packets
      let rest = pending
      readPackets()
      return line + [0x0A] + rest
    }
  }

  /// The identification's line without its end, `nil` while it has not come; `pending` is then what follows it.
  private mutating func readLines() throws(Rejection) -> [UInt8]? {
    while let end = pending.firstIndex(of: 0x0A) {
      let line = Array(pending[..<end])
      pending.removeFirst(end + 1)
      if line.starts(with: "SSH-".utf8) {
        try judge(identification: line)
        return line
      }
      try judge(line)
      lines += 1
      if firstLine == nil { firstLine = line }
      if lines > Self.mostLines { throw .hostile("more than \(Self.mostLines) lines and no SSH banner") }
    }
    try judge(pending)
    return nil
  }

  private func judge(_ line: [UInt8]) throws(Rejection) {
    if line.contains(0) {
      throw .unsupported("no SSH banner: \(String(escapingForPeople: line.prefix(200), maxLength: 100))")
    }
    if line.count > Self.longestLine {
      throw .hostile("a line of more than \(Self.longestLine) bytes and no SSH banner")
    }
  }

  private mutating func judge(identification line: [UInt8]) throws(Rejection) {
    try judge(line)
    let text = String(escapingForPeople: line.last == 0x0D ? line.dropLast() : line, maxLength: 255)
    guard line.count <= 255 else { throw .hostile("an SSH banner of more than 255 bytes") }
    guard text.hasPrefix("SSH-2.0-") || text.hasPrefix("SSH-1.99-") else {
      throw .unsupported("the server speaks only \(text)")
    }
    identification = text
  }

  /// Looks for the offer among the packets, which are not encrypted yet. What it cannot make out it leaves to libssh2.
  private mutating func readPackets() {
    while case .packets = state, pending.count >= 6 {
      let length = pending.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      let padding = Int(pending[4])
      guard length <= Self.longestPacket, length > padding + 1 else { return finish() }
      guard pending.count >= 4 + length else { return }
      if pending[5] == KeyExchangeOffer.messageNumber {
        offerPayload = Array(pending[5..<(4 + length - padding)])
        return finish()
      }
      pending.removeFirst(4 + length)
    }
  }

  private mutating func finish() {
    state = .done
    pending = []
  }
}
