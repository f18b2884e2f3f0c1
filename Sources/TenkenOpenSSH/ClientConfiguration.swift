internal import TenkenCrypto
internal import TenkenModel
internal import TenkenTransport

/// The ssh_config(5) of one contact, with a `Host` for each leg of the way. A pure value; its file names are relative
/// to the contact's own directory, in which ssh(1) runs.
///
/// It is the only configuration that ssh(1) reads (`-F`), and says everything that decides whom is believed, what is
/// shown of ours, and what may be opened.
struct ClientConfiguration: Sendable {
  static let file = "config"
  static let knownHostsFile = "known_hosts"

  let legs: [Leg]
  /// The path of ssh(1).
  let program: String
  /// Lines of a configuration of the user's, a leg each; what is said before them holds.
  let userLines: [[String]]
  /// What the lines begin with by which ssh(1) tells `ClientLog` what no server may feign.
  let nonce: Nonce
  /// When ssh(1) gives up by itself, in seconds: later than Tenken does.
  let connectTimeout: Int

  /// The file that ssh(1) writes its log of a leg to.
  static func logFile(of leg: Leg) -> String { "\(leg.name).log" }
  /// The file of the leg's key; its certificate and its public half are named after it.
  static func identityFile(of leg: Leg) -> String { "\(leg.name).key" }
  /// The socket of the leg's agent.
  static func agentSocket(of leg: Leg) -> String { "\(leg.name).agent" }

  /// Of this contact's hosts only.
  var knownHosts: String {
    legs.map { leg in
      leg.record.revoked.map { "@revoked \(leg.name) \(Self.line($0))\n" }.joined()
        + leg.provingKeys.map { "\(leg.name) \(Self.line($0))\n" }.joined()
    }.joined()
  }

  var text: String {
    legs.indices.map { host($0) }.joined() + "Host *\n" + Self.forAll.map { "  \($0)\n" }.joined()
      + "  ConnectTimeout \(connectTimeout)\n"
  }

  private func host(_ index: Int) -> String {
    let leg = legs[index]
    let lines =
      [
        "HostName \(Self.literally(leg.address))", "Port \(leg.port)", "User \(Self.quoted(leg.user))",
        "HostKeyAlias \(leg.name)",
        "HostKeyAlgorithms \(HostKeyAlgorithms.names(of: leg.keyTypes).joined(separator: ","))",
        // It names no key: it is told the one that the host shows.
        "KnownHostsCommand /bin/sh -c 'echo \"\(nonce) key $0 $1\" >>\(Self.logFile(of: leg))' %t %K",
        // It runs after the login.
        "PermitLocalCommand yes", "LocalCommand echo \(nonce) login >>\(Self.logFile(of: leg))",
        "IdentityFile \(Self.identityFile(of: leg))",
        "IdentityAgent \(leg.identity.isInAgent ? Self.agentSocket(of: leg) : "none")",
        "PubkeyAcceptedAlgorithms \(leg.identity.acceptedAlgorithms)",
        "ProxyCommand \(index == 0 ? "none" : forwarding(from: legs[index - 1], to: leg))",
        "LogLevel \(leg.gateway == nil ? "DEBUG1" : "DEBUG2")",
      ] + userLines[index]
    return "Host \(leg.name)\n" + lines.map { "  \($0)\n" }.joined()
  }

  /// ssh(1) has `ProxyJump` for this, but then what the jump hosts' ssh(1) says ends up on the terminal's stderr.
  private func forwarding(from before: Leg, to leg: Leg) -> String {
    let target = "[\(leg.address)]:\(leg.port)".asShellWord
    let command = "\(program.asShellWord) -F \(Self.file) -E \(Self.logFile(of: before)) -W \(target) \(before.name)"
    return Self.literally(command)
  }

  private static let forAll = [
    "BatchMode yes", "StrictHostKeyChecking yes", "UserKnownHostsFile \(knownHostsFile)", "GlobalKnownHostsFile none",
    "UpdateHostKeys no", "CheckHostIP no", "VerifyHostKeyDNS no", "NoHostAuthenticationForLocalhost no",
    "PreferredAuthentications publickey", "PubkeyAuthentication yes", "PasswordAuthentication no",
    "KbdInteractiveAuthentication no", "HostbasedAuthentication no", "IdentitiesOnly yes", "AddKeysToAgent no",
    "ForwardAgent no", "ForwardX11 no", "ClearAllForwardings yes", "Tunnel no",
    "RemoteCommand none", "ControlMaster no", "ControlPath none", "ControlPersist no", "CanonicalizeHostname no",
    "RequestTTY no", "EscapeChar none", "StdinNull no", "ForkAfterAuthentication no", "ConnectionAttempts 1",
    // A link that dies without a word is given up after 45 seconds.
    "ServerAliveInterval 15", "ServerAliveCountMax 3",
  ]

  private static func line(_ key: HostKey) -> String { "\(key.type) \(Base64.encode(key.blob))" }

  /// Where ssh(1) expands `%`.
  private static func literally(_ text: String) -> String {
    text.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%")
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
  }
}

extension OpenSSHIdentity {
  fileprivate var isInAgent: Bool { if case .agent = signer { true } else { false } }

  /// Either certificates or plain keys: ssh(1) would try the one after the other.
  fileprivate var acceptedAlgorithms: String {
    (certificate == nil ? HostKeyAlgorithms.plain : HostKeyAlgorithms.ofCertificates).joined(separator: ",")
  }
}
