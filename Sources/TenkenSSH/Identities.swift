import TenkenCrypto
import TenkenModel

/// The keys of all credentials, loaded and proven usable before anything is contacted.
///
/// `agent` takes the first key of the agent that Tenken can use: one attempt a contact, whatever the agent holds. To
/// choose among several, name the `.pub` file of the one that is meant.
struct Identities: Sendable {
  private let agent: AgentClient?
  private let held: [String: AgentClient]
  private let home: String?
  private let now: Timestamp
  private var identities: [Credential.Identity: Identity] = [:]
  private(set) var notes: [String] = []

  subscript(identity: Credential.Identity) -> Identity? { identities[identity] }

  /// - Parameters:
  ///   - agent: the user's.
  ///   - held: the private agents of encrypted files, by the path of the file without `~`.
  init(
    _ credentials: [Credential], agent: AgentClient?, held: [String: AgentClient] = [:], home: String?, now: Timestamp
  ) async throws(Failure) {
    self.agent = agent
    self.held = held
    self.home = home
    self.now = now
    for credential in credentials where identities[credential.identity] == nil {
      switch credential.identity {
      case .agent: identities[.agent] = try await first(for: credential.name)
      case .file(let path):
        do throws(Failure) {
          identities[credential.identity] = try await load(path)
        } catch {
          throw Failure(
            error.code, error.what, why: "\(error.why) (credential \(credential.name) of the inventory)",
            next: error.next)
        }
      }
    }
    notes += identities.values.compactMap { $0.certificate?.remark($0.name, at: now) }.sorted()
  }

  private func load(_ path: String) async throws(Failure) -> Identity {
    if path.hasSuffix(".pub"), let agent, let key = KeyFile.publicKey(KeyFile.expand(path, home)) {
      if let identity = try await AgentKeys(of: agent).identity(of: key, at: now) { return identity }
      throw Failure(
        .serviceUnavailable, "the ssh-agent does not hold the key of \(path)", why: "ssh-add -l shows what it holds",
        next: "Load it (ssh-add KEY), or name the private key's file, the one without .pub.")
    }
    let file = try IdentityFile(path, home: home, now: now)
    if let key = file.key {
      return Identity(key.publicKey, key.algorithm, certificate: file.certificate, .key(key))
    }
    guard let agent = held[file.path], let identity = try await AgentKeys(of: agent).bareKey else {
      throw KeyFile.encrypted(file.path)
    }
    try file.demandMatch(with: identity.publicKey)
    return Identity(identity.publicKey, identity.algorithm, certificate: file.certificate, identity.signer)
  }

  private mutating func first(for credential: String) async throws(Failure) -> Identity {
    guard let agent else {
      throw Failure(
        .serviceUnavailable, "there is no ssh-agent",
        why: "credential \(credential) needs one, and SSH_AUTH_SOCK is not set",
        next: "Start one (eval \"$(ssh-agent)\"; ssh-add KEY), or set `identity` to a key file.")
    }
    let keys = try await AgentKeys(of: agent)
    guard let first = try keys.first(at: now) else {
      throw Failure(
        .serviceUnavailable, "the ssh-agent holds no key that Tenken can use", why: "ssh-add -l shows what it holds",
        next: "Load an ed25519, ECDSA or RSA key: ssh-add KEY.")
    }
    if keys.count > 1 {
      notes.append(
        "The ssh-agent holds \(keys.count) keys; \(first.name) logs in. Name another's .pub file to choose it.")
    }
    return first
  }
}
