internal import TenkenModel

/// One JSON object (RFC 8259), its members in the order in which they were set. Strings are lossless: what could move
/// a cursor, reverse a line or hide is written as `\uXXXX`, U+2028 and U+2029 among them.
struct JSONObject {
  private var bytes: [UInt8] = [UInt8(ascii: "{")]

  /// The finished object with a line feed, as a line of JSON Lines.
  var line: [UInt8] { bytes + [UInt8(ascii: "}"), 0x0A] }

  mutating func set(_ key: String, _ text: String) {
    begin(key)
    append(text)
  }

  mutating func set(_ key: String, _ number: Int) {
    begin(key)
    bytes.append(contentsOf: String(number).utf8)
  }

  mutating func set(_ key: String, _ flag: Bool) {
    begin(key)
    bytes.append(contentsOf: (flag ? "true" : "false").utf8)
  }

  /// Nothing to set: a member that is not there.
  mutating func set(_ key: String, _ text: String?) {
    if let text { set(key, text) }
  }

  mutating func set(_ key: String, _ object: JSONObject) {
    begin(key)
    append(object)
  }

  mutating func set(_ key: String, _ objects: [JSONObject]) {
    begin(key)
    list(objects) { object, target in target.append(object) }
  }

  mutating func set(_ key: String, _ texts: [String]) {
    begin(key)
    list(texts) { text, target in target.append(text) }
  }

  private mutating func list<Element>(_ elements: [Element], _ append: (Element, inout JSONObject) -> Void) {
    bytes.append(UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(element, &self)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func begin(_ key: String) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    append(key)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func append(_ object: JSONObject) { bytes.append(contentsOf: object.bytes + [UInt8(ascii: "}")]) }

  private mutating func append(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    if text.isPlain {
      bytes.append(contentsOf: text.utf8)
    } else {
      for scalar in text.unicodeScalars { append(scalar) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar.properties.generalCategory {
    case _ where scalar == "\"" || scalar == "\\":
      bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(scalar.value)])
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
      for unit in UTF16.encode(scalar)! { bytes.append(contentsOf: Self.escape(unit)) }
    default: bytes.append(contentsOf: UTF8.encode(scalar)!)
    }
  }

  private static func escape(_ unit: UInt16) -> some Sequence<UInt8> {
    let digits = String(unit, radix: 16)
    return ("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8
  }
}
