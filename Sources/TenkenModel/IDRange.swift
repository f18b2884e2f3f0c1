/// Text that stands for many: `bkk-[0001-0400]`, `10.66.[0-1].[1-200]`. The rightmost range runs fastest.
///
/// Numbers are padded with zeros to the width they are written in: `[0001-0400]` gives `0001`, `[1-400]` gives `1`.
/// Text without brackets stands for itself.
package struct IDRange: Sendable, Hashable, CustomStringConvertible {
  /// Why a text cannot be read, and what would be right.
  package struct Malformed: Error, Sendable, Hashable {
    package let what: String
    package let fix: String
  }

  private enum Part: Sendable, Hashable {
    case literal([UInt8])
    case numbers(Numbers)
  }

  /// As it was written.
  package let description: String
  /// How many texts it stands for; `Int.max` where there are more than that.
  package let count: Int
  private let parts: [Part]

  package init(parsing text: some StringProtocol) throws(Malformed) {
    var parts: [Part] = []
    var rest = Array(text.utf8)[...]
    while let opening = rest.firstIndex(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") }) {
      guard rest[opening] == UInt8(ascii: "["), let closing = rest[opening...].firstIndex(of: UInt8(ascii: "]")) else {
        throw Malformed(what: "unpaired bracket in \(text.quoted)", fix: "write a range as [1-20] or [0001-0400]")
      }
      if opening > rest.startIndex { parts.append(.literal(Array(rest[..<opening]))) }
      parts.append(.numbers(try Numbers(parsing: rest[(opening + 1)..<closing])))
      rest = rest[(closing + 1)...]
    }
    if !rest.isEmpty { parts.append(.literal(Array(rest))) }
    self.parts = parts
    description = String(text)
    count = Self.product(of: parts)
  }

  /// The text at `position`, from 0 to `count` - 1.
  package subscript(position: Int) -> String {
    precondition(position >= 0 && position < count, "position beyond the range")
    var position = position
    var reversed: [UInt8] = []
    reversed.reserveCapacity(description.utf8.count)
    for part in parts.reversed() {
      switch part {
      case .literal(let bytes): reversed.append(contentsOf: bytes.reversed())
      case .numbers(let numbers):
        let (quotient, remainder) = position.quotientAndRemainder(dividingBy: numbers.count)
        numbers.appendReversed(numbers.first + remainder, to: &reversed)
        position = quotient
      }
    }
    return String(decoding: reversed.reversed(), as: UTF8.self)
  }

  /// Whether `text` is one of those it stands for; decided without expanding it.
  package func contains(_ text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    // Where the parts so far can end. More than one place only after ranges whose numbers differ in width.
    var ends: Set<Int> = [0]
    for part in parts where !ends.isEmpty {
      var next: Set<Int> = []
      for end in ends {
        switch part {
        case .literal(let literal): if bytes[end...].starts(with: literal) { next.insert(end + literal.count) }
        case .numbers(let numbers): next.formUnion(numbers.ends(in: bytes, from: end))
        }
      }
      ends = next
    }
    return ends.contains(bytes.count)
  }

  private static func product(of parts: [Part]) -> Int {
    parts.reduce(1) { product, part in
      guard case .numbers(let numbers) = part else { return product }
      let (next, overflow) = product.multipliedReportingOverflow(by: numbers.count)
      return overflow ? .max : next
    }
  }
}
