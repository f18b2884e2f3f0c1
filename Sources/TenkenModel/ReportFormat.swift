/// The forms in which a report is written.
package enum ReportFormat: String, Sendable, CaseIterable { case text, csv, jsonl, html, xccdf, junit }
