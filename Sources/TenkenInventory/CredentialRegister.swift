internal import TenkenModel

/// `credentials:` of `fleet.yaml`: the ways to log in, by name.
struct CredentialRegister {
  private(set) var credentials: [String: Credential] = [:]
  /// Those that stand in the file but cannot be read are known as well: that they are bad is said once.
  private var names: [String] = []
  private let line: Int

  init(_ fleet: YAMLSection, _ log: inout ProblemLog) {
    let section = fleet.section("credentials", title: "the credentials", known: nil, &log)
    line = section?.line ?? fleet.line
    guard let section else { return }
    if section.keys.isEmpty {
      section.add(line, "there is no credential", fix: "add default: {user: NAME, identity: agent}", &log)
    }
    for key in section.keys {
      names.append(key.value)
      if ID<Credential>(key.value) == nil {
        section.add(
          key.line, "bad name \(key.value.quoted) of a credential", fix: "write \(ID<Credential>.rule)", &log)
      } else {
        credentials[key.value] = Self.credential(key, section, &log)
      }
    }
  }

  /// Logs a name that no credential has.
  func refuseUnknown(_ name: Located<String>?, _ log: inout ProblemLog) {
    guard let name, !names.contains(name.value) else { return }
    let known =
      names.isEmpty ? "add it to the credentials of fleet.yaml" : "write one of \(names.joined(separator: ", "))"
    log.add(name.file, name.line, "unknown credential \(name.value.quoted)", fix: known)
  }

  /// Logs that terminals log in with the credential `default` and there is none. When there is no credential at all,
  /// or another one with a bad name is meant, that was said already.
  func demandImplicit(for sites: [String], _ log: inout ProblemLog) {
    guard let site = sites.first, !names.isEmpty, !names.contains(SiteDefaults.implicitCredential) else { return }
    let others = sites.count == 1 ? "" : " and of \(sites.count - 1) other sites"
    log.add(
      FleetFile.path, line, "no credential \"default\", with which the terminals of \(site)\(others) log in",
      fix: "add default: {user: NAME, identity: agent}, or name a credential in the defaults of the fleet or the site")
  }

  private static func credential(
    _ name: Located<String>, _ section: YAMLSection, _ log: inout ProblemLog
  ) -> Credential? {
    let title = "credential \(name.value.quoted)"
    guard let section = section.section(name.value, title: title, known: ["user", "identity"], &log) else { return nil }
    section.demand("user", example: "user: LOGIN NAME", &log)
    section.demand("identity", example: "identity: agent, or the path of a private key", &log)
    guard let user = section.text("user", &log), let identity = section.text("identity", &log),
      let user = log.value(of: user, Self.user), let identity = log.value(of: identity, Self.identity)
    else { return nil }
    return Credential(name: name.value, user: user, identity: identity)
  }

  private static func user(_ text: String) throws(Malformed) -> String {
    guard !text.hasPrefix("-"), text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw Malformed(
        what: "bad user \(text.quoted)", fix: "write a login name without spaces that does not begin with -")
    }
    return text
  }

  private static func identity(_ text: String) throws(Malformed) -> Credential.Identity {
    if text == "agent" { return .agent }
    guard text.utf8.contains(UInt8(ascii: "/")), !text.hasSuffix("/") else {
      throw Malformed(
        what: "bad identity \(text.quoted)", fix: "write agent, or the path of a private key such as ~/.ssh/id_ed25519")
    }
    return .file(text)
  }
}
