internal import TenkenModel
internal import TenkenOpenSSH
internal import TenkenSSH

extension Examination {
  /// Whether each credential that the inventory uses could log in, as far as this station can tell.
  static func credentials(of inventory: Inventory) async -> [Examination] {
    let own = inventory.credentials(for: .builtIn, usual: .builtIn)
    var examinations: [Examination] = []
    for credential in own { examinations.append(await examine(credential, for: .builtIn)) }
    for credential in inventory.credentials(for: .openSSH, usual: .builtIn) where !own.contains(credential) {
      examinations.append(await examine(credential, for: .openSSH))
    }
    return examinations
  }

  private static func examine(_ credential: Credential, for client: SSHClient) async -> Examination {
    let what = "credential \(credential.name)"
    let (environment, now) = (World.current.environment, World.current.now())
    let (own, others) = client == .builtIn ? ([credential], []) : ([], [credential])
    do {
      let files = try SSHLibrary.encryptedKeyFiles(of: own, others: others, environment: environment, now: now)
      if let file = files.first {
        return encrypted(file, what, canAsk: PassphraseSource(environment: environment) != nil)
      }
      let key = try await keyName(of: credential, for: client, environment, now)
      return Examination(what, .fit, "\(credential.user), \(key), from \(place(of: credential))")
    } catch let failure as Failure {
      return Examination(what, .unfit, "\(failure.what): \(failure.why)", next: failure.next)
    } catch {
      return Examination(what, .unfit, "\(error)")
    }
  }

  /// What the client would log in with; it contacts nobody.
  private static func keyName(
    of credential: Credential, for client: SSHClient, _ environment: [String: String], _ now: Timestamp
  ) async throws -> String {
    switch client {
    case .builtIn: try await SSHLibrary.identityName(of: credential, environment: environment, now: now)
    case .openSSH: try await OpenSSHTransport.identityName(of: credential, environment: environment)
    }
  }

  private static func encrypted(_ file: String, _ what: String, canAsk: Bool) -> Examination {
    canAsk
      ? Examination(what, .fit, "\(file) is encrypted; its passphrase will be asked for")
      : Examination(
        what, .unfit, "\(file) is encrypted, and there is nobody to ask for its passphrase",
        next: "Run this at a terminal, or set SSH_ASKPASS and SSH_ASKPASS_REQUIRE=force.")
  }

  private static func place(of credential: Credential) -> String {
    switch credential.identity {
    case .agent: "the ssh-agent"
    case .file(let path): path
    }
  }
}
