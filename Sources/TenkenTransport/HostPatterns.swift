/// The host field of a known_hosts line, as sshd(8), SSH_KNOWN_HOSTS FILE FORMAT, has it: names without regard to
/// case, `*` and `?`, and `!` for "but not".
struct HostPatterns: Sendable, Equatable {
  private struct Pattern: Sendable, Equatable {
    let isNegated: Bool
    let text: [UInt8]
  }

  private let patterns: [Pattern]

  init(_ field: some StringProtocol) {
    patterns = field.utf8.split(separator: UInt8(ascii: ",")).map { pattern in
      let isNegated = pattern.first == UInt8(ascii: "!")
      let text = String(decoding: isNegated ? pattern.dropFirst() : pattern, as: UTF8.self)
      return Pattern(isNegated: isNegated, text: Array(text.lowercased().utf8))
    }
  }

  /// The names of a field that has no wildcard and no negation; `nil` for others, which must be matched one by one.
  var plainNames: [String]? {
    let isPlain = patterns.allSatisfy { !$0.isNegated && !$0.text.contains { $0 == 0x2A || $0 == 0x3F } }
    return isPlain ? patterns.map { String(decoding: $0.text, as: UTF8.self) } : nil
  }

  /// A negated pattern that matches decides against the whole line, whatever else stands in it.
  func match(_ name: String) -> Bool {
    let name = Array(name.lowercased().utf8)
    let hits = patterns.filter { Self.match(name[...], $0.text[...]) }
    return !hits.isEmpty && !hits.contains(where: \.isNegated)
  }

  /// Linear but for one place to return to, so that `*a*a*a*b` costs no more than its length times the name's.
  private static func match(_ name: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
    var (position, rest) = (name.startIndex, pattern.startIndex)
    var retry: (name: Int, pattern: Int)?
    while position < name.endIndex {
      if rest < pattern.endIndex, pattern[rest] == 0x2A {
        retry = (position, rest)
        rest += 1
      } else if rest < pattern.endIndex, pattern[rest] == 0x3F || pattern[rest] == name[position] {
        position += 1
        rest += 1
      } else if let last = retry {
        retry = (last.name + 1, last.pattern)
        (position, rest) = (last.name + 1, last.pattern + 1)
      } else {
        return false
      }
    }
    return pattern[rest...].allSatisfy { $0 == 0x2A }
  }
}
