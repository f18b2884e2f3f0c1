internal import TenkenModel

/// Everything that a row says of its terminal but who it is and where: the same for all terminals of a range.
struct TerminalTraits {
  /// In the sites' order; `nil` where the row names none that can be read, which is logged.
  let site: Int?
  /// `nil` where it is bad, which is logged.
  let port: UInt16?
  let platform: String
  let role: String
  let owner: String
  let tags: [String]
  let pinnedKeys: [HostKey]
  let root: String?
  let labels: [Label]
}
