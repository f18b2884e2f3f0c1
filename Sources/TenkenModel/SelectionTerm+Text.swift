extension SelectionTerm {
  /// Reads one word; `position` is where it begins.
  init(_ word: SelectionToken.Word, at position: Int) throws(SelectionError) {
    guard !word.value.isEmpty || word.isQuoted else {
      throw SelectionError(
        position: position, what: "\(word.attribute ?? ""): has no value", fix: "write one, or \"\" for an empty one")
    }
    switch word.attribute {
    case "outcome": condition = try Self.outcome(word, at: position)
    case "state": condition = try Self.state(word, at: position)
    case let name? where name.hasPrefix("label.") && name.utf8.count > 6:
      condition = .label(String(name.dropFirst(6)), try Self.pattern(word, at: position))
    case let name:
      guard let attribute = Attribute(rawValue: name ?? "id") else {
        throw Self.unknownAttribute(name ?? "", at: position)
      }
      condition = .attribute(attribute, try Self.pattern(word, at: position))
    }
  }

  /// As a selection writes it.
  var written: String {
    switch condition {
    case .attribute(let attribute, let pattern): "\(attribute.rawValue):\(pattern.written)"
    case .label(let name, let pattern): "label.\(Self.written(name)):\(pattern.written)"
    case .outcome(let outcome, let sweep): "outcome:\(outcome.rawValue)\(Self.suffix(sweep))"
    case .state(let state, let sweep): "state:\(state.rawValue)\(Self.suffix(sweep))"
    }
  }

  private static func pattern(_ word: SelectionToken.Word, at position: Int) throws(SelectionError) -> SelectionPattern
  {
    do {
      return try SelectionPattern(word.value, isRange: word.isRange)
    } catch {
      throw SelectionError(position: position, what: error.what, fix: error.fix)
    }
  }

  private static func outcome(_ word: SelectionToken.Word, at position: Int) throws(SelectionError) -> Condition {
    let (value, sweep) = try split(word, at: position)
    guard let outcome = Outcome(rawValue: value) else {
      let known = Outcome.allCases.map(\.rawValue).joined(separator: ", ")
      throw SelectionError(position: position, what: "unknown outcome \(value.quoted)", fix: "write one of \(known)")
    }
    return .outcome(outcome, sweep: sweep)
  }

  private static func state(_ word: SelectionToken.Word, at position: Int) throws(SelectionError) -> Condition {
    let (value, sweep) = try split(word, at: position)
    guard let state = TerminalState(rawValue: value) else {
      let known = TerminalState.allCases.map(\.rawValue).joined(separator: ", ")
      throw SelectionError(position: position, what: "unknown state \(value.quoted)", fix: "write one of \(known)")
    }
    return .state(state, sweep: sweep)
  }

  /// `unreachable@latest` at its first `@`.
  private static func split(
    _ word: SelectionToken.Word, at position: Int
  ) throws(SelectionError) -> (value: String, sweep: String?) {
    let text = SelectionPattern.text(of: word.value)
    guard let sign = text.firstIndex(of: "@") else { return (text, nil) }
    let sweep = String(text[text.index(after: sign)...])
    guard !sweep.isEmpty else {
      throw SelectionError(
        position: position, what: "no sweep after the @", fix: "write an id, a name or latest: \(text)latest")
    }
    return (String(text[..<sign]), sweep)
  }

  private static func unknownAttribute(_ name: String, at position: Int) -> SelectionError {
    let known = Attribute.allCases.map(\.rawValue) + ["label.NAME", "outcome", "state"]
    return SelectionError(
      position: position, what: "unknown attribute \(name.quoted)",
      fix: "write one of \(known.joined(separator: ", ")) before the colon, or the whole id in quotation marks")
  }

  private static func suffix(_ sweep: String?) -> String { sweep.map { "@\(written($0))" } ?? "" }

  /// Text that is no pattern: a star in it is only a star.
  private static func written(_ text: String) -> String {
    if !text.isEmpty, text.utf8.allSatisfy(SelectionLexer.isBare) { return text }
    let escaped = text.utf8.flatMap { SelectionLexer.mustBeEscaped($0) ? [UInt8(ascii: "\\"), $0] : [$0] }
    return "\"\(String(decoding: escaped, as: UTF8.self))\""
  }
}
