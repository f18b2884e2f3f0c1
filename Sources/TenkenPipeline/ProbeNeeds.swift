internal import TenkenModel

/// What the checks of a catalogue need of a terminal, by platform.
struct ProbeNeeds: Sendable {
  /// Further programs that a probe asks for: how root is had, and how a check is killed.
  private static let always: Set<String> = ["sudo", "doas", "setsid"]

  private var rootOn: Set<String> = []
  private var programsOn: [String: Set<String>] = [:]

  init(of catalogue: Catalogue) {
    for check in catalogue.checks {
      for platform in check.platforms {
        if check.privilege == .root { rootOn.insert(platform) }
        programsOn[platform, default: []].formUnion(check.requires)
      }
    }
  }

  func root(on platform: String) -> Bool { rootOn.contains(platform) }

  /// Those that checks for this platform require.
  func programs(on platform: String) -> Set<String> { programsOn[platform] ?? [] }

  /// All that a terminal is asked for.
  var programs: Set<String> { programsOn.values.reduce(Self.always) { $0.union($1) } }
}
