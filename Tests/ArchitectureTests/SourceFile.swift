import Foundation

/// One Swift file of the repository, and what can be read from its text without a compiler: swift-format, which
/// `scripts/test` runs, keeps the layout that this relies on.
struct SourceFile {
  /// From the top of the repository: `Sources/TenkenModel/Plan.swift`.
  let path: String
  let lines: [String]

  init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The directory under `Sources` or `Tests`.
  var room: String { String(path.split(separator: "/")[1]) }

  /// `Duration+Text` of `Sources/TenkenModel/Duration+Text.swift`.
  var name: String { String(path.split(separator: "/").last!.dropLast(".swift".count)) }

  /// The lines without what stands behind `//`, numbered from 1.
  var code: [(number: Int, text: String)] {
    lines.enumerated().map { ($0.offset + 1, Self.withoutComment($0.element)) }
  }

  /// The module of every import: `Foundation` of `package import struct Foundation.URL`.
  var imports: [String] {
    code.compactMap { line in
      let words = line.text.split(separator: " ").filter { !$0.hasPrefix("@") }
      guard let at = words.firstIndex(of: "import"), at <= 1, at + 1 < words.count else { return nil }
      let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
      let named = words[(at + 1)...].drop { kinds.contains(String($0)) }
      return named.first.map { String($0.prefix { $0 != "." }) }
    }
  }

  /// Whether a type (or an extension, in a file `Type+Aspect`) of the file's name is declared at its top level.
  var declaresItsName: Bool {
    let parts = name.split(separator: "+")
    let keywords = parts.count > 1 ? ["extension"] : ["struct", "class", "enum", "actor", "protocol", "extension"]
    return code.contains { line in
      guard !line.text.hasPrefix(" ") else { return false }
      let words = line.text.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "." }.map(String.init)
      return words.indices.dropLast().contains { keywords.contains(words[$0]) && words[$0 + 1] == parts[0] }
        || declaresFunction(words)
    }
  }

  /// A room whose door is a function (`withSSHTransport`) has a file that is named for it.
  private func declaresFunction(_ words: [String]) -> Bool {
    words.indices.dropLast().contains { words[$0] == "func" && words[$0 + 1].lowercased() == name.lowercased() }
  }

  /// The line on which each function or initialiser begins, and how many lines its body has.
  var functionLengths: [(line: Int, length: Int)] {
    var lengths: [(line: Int, length: Int)] = []
    for (index, line) in lines.enumerated() where Self.beginsFunction(line) {
      let indentation = line.prefix { $0 == " " }
      let rest = lines[index...]
      guard let opening = rest.firstIndex(where: { $0.hasSuffix("{") || $0.hasSuffix("}") }),
        lines[opening].hasSuffix("{"),
        let closing = lines[opening...].firstIndex(where: { $0.hasPrefix("\(indentation)}") && $0 != lines[opening] })
      else { continue }
      lengths.append((index + 1, closing - opening - 1))
    }
    return lengths
  }

  private static func beginsFunction(_ line: String) -> Bool {
    let words = line.split { $0 == " " || $0 == "(" || $0 == "?" || $0 == "<" }.map(String.init)
    let modifiers = ["package", "private", "internal", "static", "mutating", "override", "nonisolated", "isolated"]
    let first = words.first { !modifiers.contains($0) && !$0.hasPrefix("@") }
    return first == "func" || first == "init"
  }

  private static func withoutComment(_ line: String) -> String {
    guard let comment = line.firstRange(of: "//") else { return line }
    let before = line[..<comment.lowerBound]
    // `https://` in a literal is no comment.
    return before.hasSuffix(":") ? line : String(before)
  }
}
