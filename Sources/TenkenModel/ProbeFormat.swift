/// The forms in which a probe is told: by site for a screen, CSV, JSON Lines.
package enum ProbeFormat: String, Sendable, CaseIterable { case text, csv, jsonl }
