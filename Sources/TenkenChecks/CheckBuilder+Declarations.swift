import TenkenModel

/// The parameters that a check takes and the facts that it may tell.
extension CheckBuilder {
  mutating func parameters() -> [Check.Parameter] {
    var parameters: [Check.Parameter] = []
    for line in header.lines(.parameter) {
      guard let parameter = parameter(line) else { continue }
      if parameters.contains(where: { $0.name == parameter.name }) {
        note(line, "a second parameter \(parameter.name)", "give it a name of its own")
      }
      parameters.append(parameter)
    }
    return parameters
  }

  private mutating func parameter(_ line: HeaderLine) -> Check.Parameter? {
    guard let words = HeaderWords(line.value)?.words, words.count == 4, Self.isName(words[0], beside: "_") else {
      note(
        line, "not a parameter", "write `#% param: name type default \"meaning\"`; names are of a-z 0-9 _")
      return nil
    }
    guard Check.Parameter.value(words[2], fits: words[1]) else {
      note(line, "\"\(words[2])\" is not a \(words[1])", "types are number, boolean (true, false) and string")
      return nil
    }
    return Check.Parameter(name: words[0], type: words[1], value: words[2], meaning: words[3])
  }

  mutating func facts() -> [Check.FactDeclaration] {
    var facts: [Check.FactDeclaration] = []
    for line in header.lines(.fact) {
      guard let fact = fact(line) else { continue }
      if facts.contains(where: { $0.name == fact.name }) {
        note(line, "a second fact \(fact.name)", "declare each fact once, with all its columns")
      }
      facts.append(fact)
    }
    return facts
  }

  private mutating func fact(_ line: HeaderLine) -> Check.FactDeclaration? {
    let words = HeaderWords(line.value)?.words ?? []
    let columns =
      words.count > 1 ? words[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init) : []
    guard words.count > 1, Self.isName(words[0], beside: ".-_"), columns.allSatisfy({ Self.isName($0, beside: "_-") }),
      Set(columns).count == columns.count
    else {
      note(line, "not a fact", "write `#% fact: name column,column key=value ...`; names are of a-z 0-9 . - _")
      return nil
    }
    return Check.FactDeclaration(name: words[0], columns: columns, attributes: attributes(words.dropFirst(2), line))
  }

  private mutating func attributes(_ words: ArraySlice<String>, _ line: HeaderLine) -> [String: String] {
    var attributes: [String: String] = [:]
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2, Self.isAttribute(parts[0], parts[1]) {
        attributes[parts[0]] = parts[1]
      } else {
        note(
          line, "\"\(word)\" says nothing of a fact",
          "write stack=site, stack=fleet or stack=none, sensitivity=plain, sensitivity=personal or sensitivity=secret")
      }
    }
    return attributes
  }

  private static func isAttribute(_ key: String, _ value: String) -> Bool {
    switch key {
    case "stack": ["site", "fleet", "none"].contains(value)
    case "sensitivity": ["plain", "personal", "secret"].contains(value)
    default: false
    }
  }

  /// A lower-case letter, then lower-case letters, digits and what `extra` has.
  private static func isName(_ text: String, beside extra: String) -> Bool {
    let isLetter: (UInt8) -> Bool = { (0x61...0x7A).contains($0) }
    guard let first = text.utf8.first, isLetter(first), text.utf8.count <= 64 else { return false }
    return text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || extra.utf8.contains($0) }
  }
}
