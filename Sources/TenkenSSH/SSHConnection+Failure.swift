import CLibSSH2
import TenkenModel
import TenkenTransport

extension SSHConnection {
  /// What an interruption before the login means for the terminal.
  func contactFailure(_ interruption: Interruption) -> ContactFailure {
    if let fault = fault(interruption) { return ContactFailure(at: fault, evidence: evidence) }
    let (outcome, reason) = verdict(interruption)
    let isForOpenSSH = if case .noAlgorithm = interruption { true } else { false }
    return ContactFailure(
      outcome, reason, evidence: evidence, didAuthenticate: phase == .authenticating, isForOpenSSH: isForOpenSSH)
  }

  /// What is at fault on the way. Once a request to authenticate may have left for the terminal, the attempt is the
  /// terminal's, whatever was lost: it must not be made again by itself.
  private func fault(_ interruption: Interruption) -> GatewayFault? {
    guard phase != .authenticating else { return nil }
    if case .gateway(let fault) = interruption { return fault }
    guard interruption == .expired, phase == .awaitingGateway, let hop = endpoint.hops.last else { return nil }
    return GatewayFault(hop.gateway.id, .unreachable, "no turn within \(limitText)")
  }

  private func verdict(_ interruption: Interruption) -> (Outcome, String) {
    switch interruption {
    case .failed(let outcome, let reason): (outcome, reason)
    case .gateway(let fault): (.unreachable, fault.text)
    case .noAlgorithm(let reason): (.unsupported, reason)
    case .cancelled: (isOnTheWay ? .unreachable : .timedOut, "cancelled (\(phase.name))")
    case .expired: expiry
    case .flooded(let limit): (.hostile, "more than \(limit) bytes before the login (\(phase.name))")
    case .closed(let detail): closure(detail)
    }
  }

  private var isOnTheWay: Bool { phase == .connecting || phase == .awaitingGateway }

  private var expiry: (Outcome, String) {
    switch phase {
    case .awaitingGateway, .connecting: (.unreachable, "no answer within \(limitText) (\(phase.name))")
    case .awaitingBanner:
      (.timedOut, "no banner within \(limitText)\(greeting.preamble.map { "; it said: \($0)" } ?? "")")
    default: (.timedOut, "no answer within \(limitText) (\(phase.name))")
    }
  }

  /// OpenSSH says these lines where it is too busy (MaxStartups), or where it makes a source wait (PerSourcePenalties,
  /// OpenSSH 9.8); both pass.
  private static let busyWords = ["Exceeded MaxStartups", "Not allowed at this time"]

  private func closure(_ detail: String?) -> (Outcome, String) {
    let how = detail.map { " (\($0))" } ?? ""
    guard phase == .awaitingBanner else {
      let farewell = io.farewell.map { "; it said: \($0)" } ?? ""
      return (.unreachable, "the server closed the connection in \(phase.name)\(how)\(farewell)")
    }
    guard let preamble = greeting.preamble else {
      return (.unreachable, "closed before the banner\(how): too many connections (MaxStartups), or not allowed")
    }
    let isBusy = Self.busyWords.contains { preamble.hasPrefix($0) }
    return isBusy
      ? (.unreachable, "closed before the banner: \(preamble)") : (.unsupported, "no SSH banner: \(preamble)")
  }

  /// What an error of libssh2 in the key exchange means.
  func keyExchangeFailure(_ code: Int32) -> Interruption {
    if code == LIBSSH2_ERROR_TIMEOUT { return .expired }
    if let offer = greeting.offer {
      if let reason = typeMismatch(offer) { return .failed(.hostKeyMismatch, reason) }
      if let reason = algorithms.disagreement(with: offer) { return .noAlgorithm(reason) }
    }
    if io.farewell != nil || code == LIBSSH2_ERROR_SOCKET_DISCONNECT { return .closed(nil) }
    switch code {
    case LIBSSH2_ERROR_HOSTKEY_INIT, LIBSSH2_ERROR_HOSTKEY_SIGN:
      return .failed(.hostile, "the server does not prove its host key (\(session.map(LibSSH2.lastError) ?? ""))")
    default: return .failed(.hostile, "key exchange: \(session.map(LibSSH2.lastError) ?? "")")
    }
  }

  /// Another type of key than the recorded ones is another key.
  private func typeMismatch(_ offer: KeyExchangeOffer) -> String? {
    let recorded = record.types
    let offered = offer.hostKeyTypes
    guard !recorded.isEmpty, !recorded.contains(where: offered.contains) else { return nil }
    return "recorded: \(recorded.joined(separator: ", ")); offered: "
      + offered.joined(separator: ", ").escapedForPeople(maxLength: 160)
  }
}
