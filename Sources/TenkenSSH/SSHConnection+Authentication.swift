import CLibSSH2
import NIOCore
import TenkenCrypto
import TenkenModel
import TenkenTransport

extension SSHConnection {
  /// One attempt with one key: accounts are not to be locked out.
  func authenticate(as identity: Identity) async throws(Interruption) {
    if case .key(let key) = identity.signer { io.signer = { key.sign($0) } }
    defer {
      io.signer = nil
      io.signature = nil
    }
    let result = try await driveLogin(as: identity)
    if result != 0 { throw await refusal(Int32(result), of: identity) }
  }

  /// A server that cannot take the key as libssh2 shows it is not asked: another client may log in with it, by an
  /// attempt that is then still the first. Dropbear looks for a type of key by the name of RSA's signatures (measured
  /// with 2022.83); ssh(1) logs in there.
  func demandServer(for identity: Identity) throws(Interruption) {
    guard identity.algorithm == .rsa, let server = greeting.identification, server.contains("-dropbear") else { return }
    throw .noAlgorithm(
      "the server (\(server)) does not know an RSA key by the name \(identity.algorithm.signatureName), "
        + "under which libssh2 shows it")
  }

  /// libssh2 asks for the signature in the middle of its work. An agent's takes its time: the callback says "again",
  /// and libssh2 is called again when the signature is there.
  private func driveLogin(as identity: Identity) async throws(Interruption) -> Int {
    while true {
      if let result = try attempt({ requestLogin($0, as: identity) }) { return result }
      guard let data = io.toSign else {
        await wait()
        continue
      }
      io.toSign = nil
      io.signature = try await signature(of: data, by: identity)
    }
  }

  private func requestLogin(_ session: OpaquePointer, as identity: Identity) -> Int {
    let blob = identity.loginBlob
    let context = libssh2_session_abstract(session)
    return Int(
      libssh2_userauth_publickey(session, endpoint.credential.user, blob, blob.count, LibSSH2.sign, context))
  }

  private func signature(of data: [UInt8], by identity: Identity) async throws(Interruption) -> [UInt8] {
    guard case .agent(let agent, let blob) = identity.signer else {
      throw .failed(.authFailed, "the key \(identity.name) does not sign")
    }
    let flags = identity.algorithm == .rsa ? AgentMessage.rsaSHA512 : 0
    let payload = try await answer(of: agent, to: AgentMessage.signRequest(blob: blob, data: data, flags: flags))
    let signature = payload.flatMap {
      AgentMessage.signature(inAnswer: $0, algorithm: identity.algorithm.signatureName)
    }
    guard let signature else {
      throw .failed(.authFailed, "the ssh-agent did not sign with \(identity.name); the server refused nothing")
    }
    return signature
  }

  /// `nil` where the agent went away. That it takes too long is no fault of the terminal, and is said.
  private func answer(of agent: AgentClient, to request: [UInt8]) async throws(Interruption) -> [UInt8]? {
    let answer: Result<[UInt8], any Error>
    do throws(Interruption) {
      answer = try await wait(for: agent.ask(request))
    } catch {
      guard error == .expired else { throw error }
      throw .failed(.timedOut, "no signature from the ssh-agent within \(limitText) (\(phase.name))")
    }
    return try? answer.get()
  }

  /// Why the login failed, with the methods that the server would take. They are asked for only now, by the request
  /// `none` of RFC 4252 section 5.2: a round trip that a login that works does not pay.
  private func refusal(_ code: Int32, of identity: Identity) async -> Interruption {
    switch code {
    case LIBSSH2_ERROR_AUTHENTICATION_FAILED, LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED, LIBSSH2_ERROR_SOCKET_DISCONNECT:
      let methods = await offeredMethods()
      // libssh2 has one code (-19) for a refused signature and for an answer that it cannot read: only a server that
      // goes on speaking, says farewell or hangs up has refused.
      let isRefusal = code == LIBSSH2_ERROR_AUTHENTICATION_FAILED || methods != nil || io.farewell != nil || hasEnded
      guard isRefusal else { return .failed(.hostile, "authentication: \(session.map(LibSSH2.lastError) ?? "")") }
      let isPartial = code == LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED && methods.map(Self.lacksPublicKey) == true
      return .failed(.authFailed, isPartial ? partialSuccess(identity, methods) : refused(identity, methods))
    case LIBSSH2_ERROR_TIMEOUT: return .expired
    default: return .failed(.hostile, "authentication: \(session.map(LibSSH2.lastError) ?? "")")
    }
  }

  /// A server that asked for the signature takes keys. That it no longer does after it saw one means that it was
  /// content with it, and wants more (RFC 4252 section 5.1); libssh2 does not hand on the flag that says so.
  private static func lacksPublicKey(_ methods: String) -> Bool {
    !methods.split(separator: ",").contains("publickey")
  }

  private var user: String { endpoint.credential.user.escapedForPeople(maxLength: 64) }

  private func partialSuccess(_ identity: Identity, _ methods: String?) -> String {
    "the server took key \(identity.name) of user \(user) and wants more than a key: \(methods ?? ""); "
      + "Tenken logs in with a key alone"
  }

  private func refused(_ identity: Identity, _ methods: String?) -> String {
    let algorithm = identity.algorithm == .rsa ? " by \(identity.algorithm.signatureName)" : ""
    let details = (methods.map { "; it takes \($0)" } ?? "") + (io.farewell.map { "; it said: \($0)" } ?? "")
    return "the server refused user \(user) with key \(identity.name)\(algorithm)\(details)"
  }

  private func offeredMethods() async -> String? {
    let user = endpoint.credential.user
    var methods: String?
    _ = try? await drive { session in
      if let list = libssh2_userauth_list(session, user, UInt32(user.utf8.count)) {
        methods = String(cString: list).escapedForPeople(maxLength: 100)
        return 0
      }
      return Int(libssh2_session_last_errno(session))
    }
    return methods
  }
}
