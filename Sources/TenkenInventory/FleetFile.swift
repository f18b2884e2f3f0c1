internal import TenkenModel

/// `fleet.yaml`: what holds for the whole fleet.
struct FleetFile {
  static let path = "fleet.yaml"
  private static let keys = ["name", "defaults", "limits", "credentials"]

  let name: String
  let defaults: Defaults
  let limits: Limits
  let credentials: CredentialRegister
  private let section: YAMLSection

  /// `nil` where it is missing or no YAML, which is logged.
  init?(_ sources: SourceFiles, _ log: inout ProblemLog) {
    guard let bytes = sources[Self.path] else {
      log.add(Self.path, nil, "missing", fix: "write one that begins with the fleet's name, such as name: head office")
      return nil
    }
    let file = SourceFiles.File(path: Self.path, bytes: bytes)
    guard let fleet = YAMLSection(file, known: Self.keys, &log) else { return nil }
    fleet.demand("name", example: "name: NAME OF THE FLEET", &log)
    name = fleet.text("name", &log)?.value ?? ""
    defaults = Defaults(
      fleet.section("defaults", title: "the defaults of the fleet", known: Defaults.keys, &log), &log)
    limits = LimitsSection.limits(
      fleet.section("limits", title: "the limits of the fleet", known: LimitsSection.keys, &log), &log)
    fleet.demand("credentials", example: "credentials: {default: {user: NAME, identity: agent}}", &log)
    credentials = CredentialRegister(fleet, &log)
    credentials.refuseUnknown(defaults.credential, &log)
    section = fleet
  }

  /// Logs ceilings on tags that no terminal has.
  func refuseUnusedTags(of terminals: [Terminal], _ log: inout ProblemLog) {
    LimitsSection.refuseUnusedTags(limits, of: terminals, section, &log)
  }
}
