internal import TenkenModel

/// The distinct sets of checks that platforms are given, each once.
struct CheckSets {
  private(set) var sets: [[Check]] = []
  private let chosen: [Check]
  private var byPlatform: [String: Int] = [:]

  /// - Parameter chosen: sorted by id.
  init(of chosen: [Check]) { self.chosen = chosen }

  /// The index in `sets` of what a terminal of this platform is given.
  mutating func index(for platform: String) -> Int {
    if let known = byPlatform[platform] { return known }
    let set = chosen.filter { $0.platforms.contains(platform) }
    let ids = set.map(\.id)
    let index = sets.firstIndex { $0.map(\.id) == ids } ?? sets.count
    if index == sets.count { sets.append(set) }
    byPlatform[platform] = index
    return index
  }
}
