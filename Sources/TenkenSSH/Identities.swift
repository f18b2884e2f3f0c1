import NIOCore
import TenkenCrypto
import TenkenModel

/// The keys of all credentials, loaded and proven usable before anything is contacted.
///
/// `agent` takes the first key of the agent that Tenken can use: one attempt a contact, whatever the agent holds. To
/// choose among several, name the `.pub` file of the one that is meant.
struct Identities: Sendable {
  private var identities: [Credential.Identity: Identity] = [:]
  private(set) var notes: [String] = []

  subscript(identity: Credential.Identity) -> Identity? { identities[identity] }

  init(_ credentials: [Credential], agent: AgentClient?, home: String?) async throws(Failure) {
    for credential in credentials where identities[credential.identity] == nil {
      switch credential.identity {
      case .agent: identities[.agent] = try await first(of: agent, for: credential.name)
      case .file(let path):
        do throws(Failure) {
          identities[credential.identity] = try await load(path, agent, home)
        } catch {
          throw Failure(
            error.code, error.what, why: "\(error.why) (credential \(credential.name) of the inventory)",
            next: error.next)
        }
      }
    }
  }

  private func load(_ path: String, _ agent: AgentClient?, _ home: String?) async throws(Failure) -> Identity {
    if path.hasSuffix(".pub"), let agent, let key = KeyFile.publicKey(path, home: home),
      let identity = try await Self.keys(of: agent).first(where: { $0.publicKey == key })
    {
      return identity
    }
    let key = try KeyFile.load(path, home: home)
    return Identity(key.publicKey, key.algorithm, .key(key))
  }

  private mutating func first(of agent: AgentClient?, for credential: String) async throws(Failure) -> Identity {
    guard let agent else {
      throw Failure(
        .serviceUnavailable, "there is no ssh-agent",
        why: "credential \(credential) needs one, and SSH_AUTH_SOCK is not set",
        next: "Start one (eval \"$(ssh-agent)\"; ssh-add KEY), or set `identity` to a key file.")
    }
    let keys = try await Self.keys(of: agent)
    guard let first = keys.first else {
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

  private static func keys(of agent: AgentClient) async throws(Failure) -> [Identity] {
    let answer: [UInt8]
    do {
      answer = try await agent.list(within: .seconds(10)).get()
    } catch {
      let reason = (error as? AgentClient.Unavailable)?.reason ?? String(describing: error)
      throw Failure(
        .serviceUnavailable, "the ssh-agent does not answer", why: "\(agent.path.escapedForPeople()): \(reason)",
        next: "Start one (eval \"$(ssh-agent)\"; ssh-add KEY), or set `identity` to a key file.")
    }
    return (AgentMessage.keys(inAnswer: answer) ?? []).compactMap { key in
      guard let publicKey = HostKey(blob: key.blob), let algorithm = KeyAlgorithm(keyType: publicKey.type) else {
        return nil
      }
      return Identity(publicKey, algorithm, .agent(agent))
    }
  }
}
