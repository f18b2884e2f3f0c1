internal import TenkenModel
internal import TenkenTransport

extension ClientLog {
  /// Why nobody is logged in, in the words of the built-in client where both mean the same.
  ///
  /// - Parameters:
  ///   - shown: what became of the host key that was shown; `nil` where none was.
  ///   - login: who tried to log in with which key, for people.
  func failure(
    _ interruption: ClientInterruption?, record: HostKeyRecord, shown: HostKeyRecord.Verdict?, login: String
  ) -> (Outcome, String) {
    switch shown {
    case .unknown(let reason): return (.hostKeyUnknown, reason)
    case .mismatch(let reason), .revoked(let reason): return (.hostKeyMismatch, reason)
    case .recorded, nil: break
    }
    if let interruption { return failure(interruption) }
    if let disagreement { return failure(disagreement, record) }
    switch phase {
    case .connecting: return (.unreachable, connectReason)
    case .awaitingBanner: return bannerFailure
    case .exchangingKeys: return keyExchangeFailure
    case .authenticating, .loggedIn: return authenticationFailure(login)
    }
  }

  private func failure(_ interruption: ClientInterruption) -> (Outcome, String) {
    switch interruption {
    case .cancelled: (phase == .connecting ? .unreachable : .timedOut, "cancelled (\(phase.name))")
    case .flooded(let limit): (.hostile, "more than \(limit) bytes before the login (\(phase.name))")
    case .expired(let limit):
      switch phase {
      case .connecting: (.unreachable, "no answer within \(limit) (connect)")
      case .awaitingBanner:
        (.timedOut, "no banner within \(limit)\(preamble.map { "; it said: \(Self.shown($0))" } ?? "")")
      default: (.timedOut, "no answer within \(limit) (\(phase.name))")
      }
    }
  }

  private func failure(_ disagreement: Disagreement, _ record: HostKeyRecord) -> (Outcome, String) {
    let isOfHostKeys = disagreement.list == "host key type"
    if isOfHostKeys, let reason = record.typeMismatch(offering: disagreement.offer) {
      return (.hostKeyMismatch, reason)
    }
    let list = isOfHostKeys ? "host key" : disagreement.list == "cipher" ? "encryption" : disagreement.list
    let offer = Self.shown(disagreement.offer.joined(separator: ","), 160)
    return (.unsupported, "no \(list) algorithm in common with ssh(1): the server offers \(offer)")
  }

  // MARK: Phase by phase

  private var connectReason: String {
    if let connectError { return Self.networkReason(connectError) }
    // Where ssh(1) will not begin at all, it says why: a key word that it does not know, a file that it cannot read.
    return "ssh(1) did not connect\(lastWords.map { ": \(Self.shown($0))" } ?? "")"
  }

  /// In the words of the built-in client.
  static func networkReason(_ text: String) -> String {
    switch text {
    case "Connection refused": "connection refused"
    case "No route to host": "no route to the host"
    case "Network is unreachable": "network unreachable"
    default: shown(text)
    }
  }

  /// OpenSSH says these lines where it is too busy (MaxStartups), or where it makes a source wait (PerSourcePenalties,
  /// OpenSSH 9.8); both pass.
  private static let busyWords = ["Exceeded MaxStartups", "Not allowed at this time"]

  private var bannerFailure: (Outcome, String) {
    let said = preamble.map { Self.shown($0) }
    if bannerFault == "banner line too long" { return (.hostile, "a line of more than 8192 bytes and no SSH banner") }
    if bannerFault?.hasPrefix("No SSH version received") == true {
      return (.hostile, "more than 1024 lines and no SSH banner")
    }
    if bannerFault?.hasPrefix("banner line contains invalid") == true {
      return (.unsupported, "no SSH banner: \(said ?? "bytes that are no text")")
    }
    if let said {
      let isBusy = Self.busyWords.contains { said.hasPrefix($0) }
      return isBusy ? (.unreachable, "closed before the banner: \(said)") : (.unsupported, "no SSH banner: \(said)")
    }
    if let bannerFault, bannerFault.hasPrefix("Bad remote") {
      return (.unsupported, "no SSH banner: \(Self.shown(bannerFault))")
    }
    return (
      .unreachable, "closed before the banner\(Self.reset(loss)): too many connections (MaxStartups), or not allowed"
    )
  }

  private var keyExchangeFailure: (Outcome, String) {
    if bannerFault?.hasPrefix("Protocol major versions differ") == true {
      return (.unsupported, "the server speaks only SSH 1")
    }
    if farewell == nil, loss == nil, let fault = protocolFault ?? lastWords {
      let isUnproven = fault == "incorrect signature"
      return (
        .hostile,
        isUnproven
          ? "the server does not prove its host key (\(Self.shown(fault)))" : "key exchange: \(Self.shown(fault))"
      )
    }
    return closure
  }

  private var closure: (Outcome, String) {
    let said = farewell.map { "; it said: \(Self.shown($0))" } ?? ""
    return (.unreachable, "the server closed the connection in \(phase.name)\(Self.reset(loss))\(said)")
  }

  private func authenticationFailure(_ login: String) -> (Outcome, String) {
    if isDenied, methods == nil || keyTrouble != nil {
      return (.authFailed, "the key was not used: \(Self.shown(keyTrouble ?? "")); the server refused nothing")
    }
    guard isDenied || farewell != nil else { return closure }
    let details =
      (methods.map { "; it takes \(Self.shown($0, 100))" } ?? "")
      + (farewell.map { "; it said: \(Self.shown($0))" } ?? "")
    return (.authFailed, "the server refused \(login)\(details)")
  }

  private static func reset(_ loss: String?) -> String {
    loss?.contains("reset") == true ? " (connection reset)" : ""
  }

  /// For people: ssh(1) itself lets control characters through.
  static func shown(_ text: String, _ length: Int = 100) -> String { text.escapedForPeople(maxLength: length) }
}
