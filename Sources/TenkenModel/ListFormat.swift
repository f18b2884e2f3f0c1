/// The forms in which a list of terminals is written: columns for a screen, ids only, CSV, JSON Lines.
package enum ListFormat: String, Sendable, CaseIterable { case table, ids, csv, jsonl }
