import Foundation

/// What `report.jsonl` says of one terminal, as far as these tests compare it.
struct ReportedTerminal: Decodable, Sendable {
  struct Answer: Decodable, Hashable, Sendable {
    let check: String
    let result: String
    let message: String
  }

  /// What must not depend on how often the sweep was interrupted.
  struct Result: Hashable, Sendable {
    let outcome: String
    let state: String
    let attempts: Int
    let answers: [Answer]
  }

  let id: String
  let outcome: String
  let state: String
  let attempts: Int
  let answers: [Answer]
  /// Of the last attempt; tells one recording of it from another.
  let lastContact: String?

  private enum CodingKeys: String, CodingKey {
    case id, outcome, state, attempts, answers
    case lastContact = "last_contact"
  }

  var result: Result { Result(outcome: outcome, state: state, attempts: attempts, answers: answers) }
  var isPending: Bool { outcome == "pending" }

  /// The lines of kind `terminal`, in their order.
  static func all(inReport path: String) throws -> [ReportedTerminal] {
    struct Line: Decodable { let kind: String }
    let decoder = JSONDecoder()
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap { line in
      let data = Data(line.utf8)
      guard try decoder.decode(Line.self, from: data).kind == "terminal" else { return nil }
      return try decoder.decode(ReportedTerminal.self, from: data)
    }
  }
}
