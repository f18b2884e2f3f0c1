/// What a terminal of one site has when its row says nothing, complete.
struct SiteDefaults {
  /// The credential of terminals for which neither site nor fleet names one.
  static let implicitCredential = "default"

  let port: UInt16
  let platform: String
  let role: String
  let owner: String
  let credential: String
}
