package import TenkenModel

/// A specimen of a check: what is planted in a small root, and what the check must answer there.
/// `checks/README.md` documents its two files, `plant.sh` and `expect`.
package struct Fixture: Sendable, Hashable, CustomStringConvertible {
  /// Whose rights a specimen needs.
  package enum Login: String, Sendable, Hashable, CaseIterable {
    case anyone
    /// Only root can plant it.
    case root
    /// The check must run without root's rights.
    case ordinary
  }

  package let check: ID<Check>
  package let name: String
  /// The script that builds the root in the directory that it is given.
  package let plant: String
  package let login: Login
  package let result: CheckResult
  /// Parts of the message.
  package let messages: [String]
  /// All of the facts, in any order.
  package let facts: [Fact]
  /// Values in place of the header's defaults.
  package let parameters: [String: String]

  package var description: String { "\(check)/\(name)" }

  /// How an observation departs from what is expected, in the order in which a person looks; empty where it does not.
  /// A check that complains on stderr departs too: somewhere a program did not do what the check believed.
  package func differences(from said: Observation) -> [FixtureDifference] {
    var differences: [FixtureDifference] = []
    if said.result != result {
      differences.append(
        FixtureDifference("result", expected: [result.rawValue], got: ["\(said.result.rawValue) (\(said.message))"]))
    }
    for part in messages where !said.message.contains(part) {
      differences.append(FixtureDifference("message", expected: [part], got: [said.message]))
    }
    let missing = Self.rows(facts, without: said.facts)
    let surplus = Self.rows(said.facts, without: facts)
    if !missing.isEmpty || !surplus.isEmpty {
      differences.append(FixtureDifference("fact", expected: missing, got: surplus))
    }
    if !said.stderr.isEmpty {
      let lines = said.stderr.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
      differences.append(FixtureDifference("stderr", expected: [], got: lines))
    }
    return differences
  }

  /// The rows of `facts` that have no counterpart among `others`, each as `expect` would have it.
  private static func rows(_ facts: [Fact], without others: [Fact]) -> [String] {
    var left = others
    return facts.compactMap { fact in
      if let index = left.firstIndex(of: fact) {
        left.remove(at: index)
        return nil
      }
      return ([fact.name] + fact.values.map(FactLine.escaped)).joined(separator: " | ")
    }
  }
}
