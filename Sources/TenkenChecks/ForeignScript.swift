package import TenkenModel

/// A script that somebody else wrote, and the sidecar that makes a check of it without changing a byte. Pure.
///
/// What a sidecar would have to guess makes it refuse: a script that reads another file, one that waits for values, one
/// for an interpreter or a distribution that is not known. What it cannot know is worded as not known, for a person to
/// write: severity and class are the lowest there are.
package struct ForeignScript: Sendable {
  package let id: String
  /// Of the file: the script's `$0`.
  package let name: String
  package let bytes: [UInt8]
  /// The header lines.
  package let sidecar: String

  /// Why there is no check to be made of a file, for people.
  package struct Refusal: Error, Sendable {
    package let reason: String

    package init(reason: String) { self.reason = reason }
  }

  /// - Parameters:
  ///   - path: inside the directory that is imported, with `/`.
  ///   - values: of parameters, by their names without `XCCDF_VALUE_`.
  package init(
    _ bytes: [UInt8], at path: String, by resultProtocol: Check.ResultProtocol, values: [String: String]
  ) throws(Refusal) {
    let reader = try ForeignText(bytes)
    let file = path.split(separator: "/").last.map(String.init) ?? path
    guard ID<Check>(file) != nil else { throw Refusal(reason: "its name is not one of \(ID<Check>.rule)") }
    try reader.refuseSiblings()
    let parameters = try Self.parameters(of: reader, resultProtocol, values)
    id = Self.id(of: path)
    guard ID<Check>(id) != nil else { throw Refusal(reason: "its name makes no id") }
    name = file
    self.bytes = bytes
    let requires = try reader.programs()
    let lines: [(String, String)] =
      [
        ("id", id), ("version", "1"), ("title", "\(id), as it is"), ("severity", "low"), ("class", "hardening"),
        ("protocol", resultProtocol.rawValue), ("interpreter", reader.interpreter),
        ("platform", try ForeignPlatform.words(reader.lines)),
      ] + (requires.isEmpty ? [] : [("requires", requires.joined(separator: " "))]) + parameters
      + [
        ("rationale", "Written elsewhere; what it looks for stands in its own comments."),
        ("false-positives", "Not known: whoever imports it has to find out, and write them here."),
        ("remediation", "Its message says what it found; its own comments may say what to do."),
        ("source", path),
      ]
    sidecar = lines.map { "#% \($0): \($1)\n" }.joined()
  }

  /// A rule of ComplianceAsCode keeps its script in a directory of its own: `RULE/sce/shared.sh`.
  private static func id(of path: String) -> String {
    var parts = path.split(separator: "/").map(String.init)
    let file = parts.removeLast()
    if parts.last == "sce", parts.count > 1 { return parts[parts.count - 2] }
    for ending in [".sh", ".bash", ".pl", ".py"] where file.hasSuffix(ending) {
      return String(file.dropLast(ending.count))
    }
    return file
  }

  /// The values that a script of the Script Check Engine is given. Where one is missing the script would compare with
  /// nothing, and say what comes of that.
  private static func parameters(
    of reader: ForeignText, _ resultProtocol: Check.ResultProtocol, _ values: [String: String]
  ) throws(Refusal) -> [(String, String)] {
    guard resultProtocol == .sce else { return [] }
    guard reader.text.contains("XCCDF_RESULT_") || reader.text.contains(#/\bexit\s+10[1-9]\b/#) else {
      throw Refusal(reason: "it says no result of the Script Check Engine")
    }
    var lines: [(String, String)] = []
    for name in Set(reader.text.matches(of: #/XCCDF_VALUE_([A-Za-z0-9_]+)/#).map { String($0.1) }).sorted() {
      guard let value = values[name] else {
        throw Refusal(reason: "it needs a value: give --value \(name)=VALUE")
      }
      lines.append(("param", "\(name) string \"\(value)\" \"XCCDF_VALUE_\(name)\""))
    }
    return lines
  }
}
