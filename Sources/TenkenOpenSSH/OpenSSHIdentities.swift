internal import Foundation
internal import Glibc
internal import Subprocess
internal import SystemPackage
internal import TenkenCrypto
internal import TenkenModel
internal import TenkenTransport

/// The keys of all credentials as ssh(1) is given them, looked at before anything is contacted.
struct OpenSSHIdentities: Sendable {
  private var identities: [Credential.Identity: Result<OpenSSHIdentity, Failure>] = [:]

  /// - Parameters:
  ///   - held: encrypted files whose keys are in private agents.
  ///   - environment: `SSH_AUTH_SOCK` is where the user's ssh-agent is, `HOME` what `~/` stands for.
  init(_ credentials: [Credential], held: [HeldKey], environment: [String: String]) async throws(Failure) {
    let loader = try Loader(held: held, environment: environment)
    for credential in credentials where identities[credential.identity] == nil {
      do throws(Failure) {
        identities[credential.identity] = .success(try await loader.load(credential.identity))
      } catch {
        identities[credential.identity] = .failure(error)
      }
    }
  }

  /// Throws why the key of a credential cannot be used.
  subscript(credential: Credential) -> OpenSSHIdentity {
    get throws(Failure) {
      guard let result = identities[credential.identity] else {
        throw Failure(
          .bug, "the key of credential \(credential.name) was not loaded", why: "nobody said that it is used",
          next: "Report this.")
      }
      do throws(Failure) {
        return try result.get()
      } catch {
        throw Failure(
          error.code, error.what, why: "\(error.why) (credential \(credential.name) of the inventory)",
          next: error.next)
      }
    }
  }
}

private struct Loader {
  private let held: [String: String]
  private let agent: String?
  private let home: String?
  private let keygen: SystemProgram
  private let add: SystemProgram

  init(held: [HeldKey], environment: [String: String]) throws(Failure) {
    self.held = Dictionary(held.map { ($0.file, $0.socket) }) { first, _ in first }
    agent = environment["SSH_AUTH_SOCK"].flatMap { $0.isEmpty ? nil : $0 }
    home = environment["HOME"]
    keygen = try SystemProgram("ssh-keygen", searchPath: environment["PATH"])
    add = try SystemProgram("ssh-add", searchPath: environment["PATH"])
  }

  func load(_ identity: Credential.Identity) async throws(Failure) -> OpenSSHIdentity {
    switch identity {
    case .agent: try await first()
    case .file(let path):
      try await file(path.atHome(home))
    }
  }

  /// The first key of the agent that the built-in client could use too, so that both log in alike; else the first.
  private func first() async throws(Failure) -> OpenSSHIdentity {
    guard let agent else { throw Self.noAgent }
    let keys = try await keys(of: agent)
    guard let key = keys.first(where: { KeyAlgorithm(keyType: $0.type) != nil }) ?? keys.first else {
      throw Failure(
        .serviceUnavailable, "the ssh-agent holds no key", why: "ssh-add -l shows what it holds",
        next: "Load one: ssh-add KEY.")
    }
    return OpenSSHIdentity(signer: .agent(agent), publicKey: key, certificate: nil)
  }

  private func file(_ given: String) async throws(Failure) -> OpenSSHIdentity {
    // ssh(1) runs in a directory of its own.
    let path = given.hasPrefix("/") ? given : "\(FileManager.default.currentDirectoryPath)/\(given)"
    let certificate = access("\(path)-cert.pub", F_OK) == 0 ? "\(path)-cert.pub" : nil
    if path.hasSuffix(".pub"), let agent, let key = Self.publicKey(in: try read(path)) {
      guard try await keys(of: agent).contains(key) else {
        throw Failure(
          .serviceUnavailable, "the ssh-agent does not hold the key of \(path)", why: "ssh-add -l shows what it holds",
          next: "Load it (ssh-add KEY), or name the private key's file, the one without .pub.")
      }
      return OpenSSHIdentity(signer: .agent(agent), publicKey: key, certificate: nil)
    }
    if let socket = held[given], let key = try await keys(of: socket).first {
      return OpenSSHIdentity(signer: .agent(socket), publicKey: key, certificate: certificate)
    }
    return OpenSSHIdentity(signer: .file(path), publicKey: try await publicHalf(of: path), certificate: certificate)
  }

  // MARK: What OpenSSH itself makes of a key

  /// ssh-keygen(1) reads whatever ssh(1) reads, the handle of a hardware key included.
  private func publicHalf(of path: String) async throws(Failure) -> HostKey {
    try demandPrivacy(path)
    let answer = try await keygen.run(["-y", "-P", "", "-f", path])
    if let key = Self.publicKey(in: answer.output) { return key }
    guard !answer.errors.contains("incorrect passphrase") else {
      throw Failure(
        .serviceUnavailable, "the private key \(path) is encrypted", why: "there is nobody to ask for its passphrase",
        next: "Load it into ssh-agent (ssh-add \(path.asShellWord)) and use `identity: agent`.")
    }
    throw Failure(
      .badInput, "\(path) is no private key", why: ClientLog.shown(answer.errors, 200),
      next: "Name the file that ssh-keygen made, the one without .pub.")
  }

  private func demandPrivacy(_ path: String) throws(Failure) {
    var status = stat()
    guard stat(path, &status) == 0, access(path, R_OK) == 0 else { throw Self.cannotOpen(path, errno) }
    guard status.st_mode & 0o077 == 0 else {
      throw Failure(
        .permissions, "the private key \(path) is open to others",
        why: "its mode is \(String(status.st_mode & 0o777, radix: 8))", next: "chmod 600 \(path.asShellWord)")
    }
  }

  private func keys(of agent: String) async throws(Failure) -> [HostKey] {
    let answer = try await add.run(["-L"], environment: ["SSH_AUTH_SOCK": agent])
    guard !answer.errors.contains("Could not open") && !answer.errors.contains("Error connecting") else {
      throw Failure(
        .serviceUnavailable, "the ssh-agent does not answer",
        why: "\(agent.escapedForPeople()): \(ClientLog.shown(answer.errors, 200))",
        next: "Start one (eval \"$(ssh-agent)\"; ssh-add KEY), or set `identity` to a key file.")
    }
    return answer.output.split(separator: "\n").compactMap { Self.publicKey(in: String($0)) }
  }

  private func read(_ path: String) throws(Failure) -> String {
    guard let file = fopen(path, "re") else { throw Self.cannotOpen(path, errno) }
    defer { fclose(file) }
    var line = [UInt8](repeating: 0, count: 64 * 1024)
    let count = fread(&line, 1, line.count, file)
    return String(decoding: line.prefix(count), as: UTF8.self)
  }

  private static func publicKey(in text: String) -> HostKey? {
    let words = text.split(maxSplits: 2, whereSeparator: \.isWhitespace)
    return words.count < 2 ? nil : HostKey(type: words[0], base64: words[1])
  }

  private static let noAgent = Failure(
    .serviceUnavailable, "there is no ssh-agent", why: "a credential needs one, and SSH_AUTH_SOCK is not set",
    next: "Start one (eval \"$(ssh-agent)\"; ssh-add KEY), or set `identity` to a key file.")

  private static func cannotOpen(_ path: String, _ code: Int32) -> Failure {
    Failure(
      code == ENOENT ? .noSuchInput : code == EACCES ? .permissions : .inputOutput,
      "the private key \(path) cannot be read", why: String(cString: strerror(code)),
      next: "Set `identity` of the credential to a key file, or to `agent`.")
  }
}
