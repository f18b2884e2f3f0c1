internal import TenkenModel

/// A whole number and `%`.
enum Percent {
  /// `nil` where it is none, or above `most`.
  static func number(_ text: some StringProtocol, upTo most: Int = 100) -> Int? {
    guard text.hasSuffix("%"), let number = Int(text.dropLast()), (0...most).contains(number),
      text.utf8.first.map({ (0x30...0x39).contains($0) }) == true
    else { return nil }
    return number
  }

  static func ofBudget(_ text: String) throws(Malformed) -> Int {
    guard let percent = number(text, upTo: 1000) else {
      throw Malformed(what: "bad retry-budget \(text.quoted)", fix: "write a whole number and %, from 0% to 1000%")
    }
    return percent
  }
}
