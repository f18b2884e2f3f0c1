internal import TenkenModel

/// `profiles.yaml`: named lists of rules that say which checks go to which terminals.
struct ProfilesFile {
  static let path = "profiles.yaml"
  private static let keys = ["select", "checks", "without", "parameters"]

  private(set) var profiles: [Profile] = []

  /// - Parameter inventory: what the selections are held against.
  init(_ sources: SourceFiles, _ fleet: SelectionReader, _ log: inout ProblemLog) {
    guard let bytes = sources[Self.path],
      let root = YAMLSection(SourceFiles.File(path: Self.path, bytes: bytes), known: ["profiles"], &log)
    else { return }
    root.demand("profiles", example: "profiles: {night: [{checks: [light]}]}", &log)
    guard let profiles = root.section("profiles", title: "the profiles", known: nil, &log) else { return }
    for key in profiles.keys {
      let title = "profile \(key.value.quoted)"
      guard ID<Check>(key.value) != nil else {
        profiles.add(key.line, "bad name \(key.value.quoted) of a profile", fix: "write \(ID<Check>.rule)", &log)
        continue
      }
      let rules = profiles.sections(key.value, title: "a rule of \(title)", known: Self.keys, &log)
      if rules.isEmpty { profiles.add(key.line, "\(title) has no rule", fix: "write - checks: [light]", &log) }
      self.profiles.append(Profile(name: key.value, rules: rules.map { Self.rule($0, fleet, &log) }))
    }
  }

  private static func rule(_ section: YAMLSection, _ fleet: SelectionReader, _ log: inout ProblemLog) -> Profile.Rule {
    Profile.Rule(
      selection: fleet.selection(section.text("select", &log), &log),
      checks: section.texts("checks", &log).map(\.value), without: section.texts("without", &log).map(\.value),
      parameters: parameters(section, &log), place: log.place(path, section.line))
  }

  private static func parameters(_ section: YAMLSection, _ log: inout ProblemLog) -> [ID<Check>: [String: String]] {
    guard let checks = section.section("parameters", title: "the parameters of a rule", known: nil, &log) else {
      return [:]
    }
    var parameters: [ID<Check>: [String: String]] = [:]
    for key in checks.keys {
      guard let check = ID<Check>(key.value) else {
        checks.add(key.line, "bad id of a check \(key.value.quoted)", fix: "write \(ID<Check>.rule)", &log)
        continue
      }
      guard let values = checks.section(key.value, title: "the parameters of \(check)", known: nil, &log) else {
        continue
      }
      for name in values.keys { parameters[check, default: [:]][name.value] = values.text(name.value, &log)?.value }
    }
    return parameters
  }
}
