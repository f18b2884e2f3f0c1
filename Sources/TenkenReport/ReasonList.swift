internal import TenkenModel

/// What was said to terminals that share a trouble, the most frequent first, with the number of times it was heard.
struct ReasonList {
  let reasons: [(text: String, count: Int)]

  /// - Parameter texts: as they came, empty ones among them: the renderer escapes.
  init(_ texts: some Sequence<String>) {
    var counts: [String: Int] = [:]
    for text in texts where !text.isEmpty { counts[text, default: 0] += 1 }
    reasons = counts.map { (text: $0.key, count: $0.value) }.sorted { ($1.count, $0.text) < ($0.count, $1.text) }
  }

  /// `connection refused (3), no answer within 10s (2) and 4 other reasons`.
  func text(most: Int) -> String {
    let shown = reasons.prefix(most).map { reason in
      reasons.count == 1 ? Self.clipped(reason.text) : "\(Self.clipped(reason.text)) (\(reason.count.grouped))"
    }
    let rest = reasons.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest.of("other reason"))" : "")
  }

  /// A summary has room for two host keys with their fingerprints; the whole text stands beside the terminal itself.
  private static func clipped(_ text: String) -> String { text.clipped(to: 260) }
}
