/// One `#% key: value` line.
struct HeaderLine: Hashable {
  let key: HeaderKey
  let value: String
  /// The script, or the sidecar beside it.
  let file: String
  let line: Int
}
