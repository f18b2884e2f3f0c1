internal import TenkenModel

/// What a terminal has when its row says nothing; a site's stand before the fleet's.
struct Defaults {
  static let keys = ["port", "platform", "role", "owner", "credential"]

  var port: UInt16?
  var platform: String?
  var role: String?
  var owner: String?
  var credential: Located<String>?

  init() {}

  init(_ section: YAMLSection?, _ log: inout ProblemLog) {
    guard let section else { return }
    if let port = section.text("port", &log) {
      self.port = log.value(of: port) { text throws(Malformed) in try Port.number(text) }
    }
    if let platform = section.text("platform", &log) {
      self.platform = log.value(of: platform) { text throws(Malformed) in try Platform.name(text) }
    }
    role = section.text("role", &log)?.value
    owner = section.text("owner", &log)?.value
    credential = section.text("credential", &log)
  }

  /// These, completed by the fleet's and then by Tenken's own.
  func over(_ fleet: Defaults) -> SiteDefaults {
    SiteDefaults(
      port: port ?? fleet.port ?? 22, platform: platform ?? fleet.platform ?? "linux", role: role ?? fleet.role ?? "",
      owner: owner ?? fleet.owner ?? "",
      credential: credential?.value ?? fleet.credential?.value ?? SiteDefaults.implicitCredential)
  }
}
