import TenkenModel

/// The indicators that a sweep is given, as whoever investigates hands them over: entries between blanks or newlines,
/// and lines that begin with `#` for people. Pure.
///
/// An entry that no check would know is refused here, with its line, and not on each terminal.
struct IndicatorList {
  /// A list reaches a script as one variable, and Linux takes 128 KiB for one.
  static let limit = 100_000

  /// Each entry once, in their order, a line each.
  let text: String

  /// - Throws: every entry that is none, with its line; a list that holds none or is too long.
  init(_ bytes: [UInt8], file: String) throws(InputProblems) {
    var entries: [String] = []
    var known: Set<String> = []
    var problems: [InputProblem] = []
    for (index, line) in try Self.lines(bytes, file).enumerated() where line.trimmed.first != "#" {
      for entry in line.split(whereSeparator: \.isWhitespace).map(String.init) {
        guard let fix = Self.fault(of: entry) else {
          if known.insert(entry).inserted { entries.append(entry) }
          continue
        }
        problems.append(
          InputProblem(file: file, line: index + 1, what: "\(entry.quoted) is not an indicator", fix: fix))
      }
    }
    text = entries.joined(separator: "\n")
    if problems.isEmpty, let whole = Self.fault(ofWhole: text, file) { problems = [whole] }
    guard problems.isEmpty else { throw InputProblems(problems) }
  }

  private static func lines(_ bytes: [UInt8], _ file: String) throws(InputProblems) -> [String] {
    do throws(InputProblem) {
      return try SourceText(bytes, file: file).lines
    } catch {
      throw InputProblems([error])
    }
  }

  private static func fault(ofWhole text: String, _ file: String) -> InputProblem? {
    if text.isEmpty {
      return InputProblem(
        file: file, what: "there is no indicator in it", fix: "write one a line: sha256:HEX, ip:203.0.113.7")
    }
    guard text.utf8.count > limit else { return nil }
    return InputProblem(
      file: file, what: "the indicators take \(text.utf8.count.grouped) bytes",
      fix: "no system passes on more than \(limit.grouped): sweep with one part after the other")
  }

  /// What to write instead; `nil` for an indicator. The forms are those of `ioc.files` and `ioc.network`.
  private static func fault(of entry: String) -> String? {
    let parts = entry.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let form = forms[parts[0]] else {
      return "write one of \(forms.values.map(\.example).sorted().joined(separator: " "))"
    }
    return parts[1].utf8.allSatisfy { (0x21...0x7E).contains($0) } && form.holds(parts[1])
      ? nil : "write \(form.example)"
  }

  private struct Form {
    let example: String
    let holds: (String) -> Bool
  }

  private static var forms: [String: Form] {
    [
      "sha256": Form(example: "sha256:HEX (64 digits)") { isHex($0, 64) },
      "sha1": Form(example: "sha1:HEX (40 digits)") { isHex($0, 40) },
      "md5": Form(example: "md5:HEX (32 digits)") { isHex($0, 32) },
      "path": Form(example: "path:/x/y (%20 for a blank)") { $0.hasPrefix("/") && $0.utf8.count > 1 },
      "name": Form(example: "name:FILE (%20 for a blank)") { !$0.isEmpty && !$0.contains("/") },
      "ip": Form(example: "ip:203.0.113.7") { IPAddress($0) != nil },
      "net": Form(example: "net:198.51.100.0/24", holds: isNetwork),
      "domain": Form(example: "domain:evil.example") {
        $0.wholeMatch(of: #/[A-Za-z0-9_]([A-Za-z0-9_.\-]*[A-Za-z0-9_])?/#) != nil
      },
      "key": Form(example: "key:SHA256:FINGERPRINT") { $0.wholeMatch(of: #/SHA256:[A-Za-z0-9+\/]{43}=?/#) != nil },
    ]
  }

  private static func isHex(_ text: String, _ count: Int) -> Bool {
    text.utf8.count == count && text.allSatisfy(\.isHexDigit)
  }

  private static func isNetwork(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let address = IPAddress(parts[0]), let bits = Int(parts[1]), parts[1] == String(bits) else {
      return false
    }
    switch address {
    case .v4: return (0...32).contains(bits)
    case .v6: return (0...128).contains(bits)
    }
  }
}
