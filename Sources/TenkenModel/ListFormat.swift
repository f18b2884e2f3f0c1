/// The forms in which a list of terminals is written: columns for a screen, ids only, CSV, JSON Lines, and the host
/// keys that a sweep met on terminals that have none on record.
package enum ListFormat: String, Sendable, CaseIterable {
  case table, ids, csv, jsonl
  case knownHosts = "known-hosts"
}
