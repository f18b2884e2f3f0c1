/// A word, a parenthesis, or the end of a selection's text.
struct SelectionToken: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case opening, closing, and, or, not, end
    case word(Word)
  }

  /// `site:tokyo`, `jp-*`, `label."asset tag":"A 17"`.
  struct Word: Sendable, Hashable {
    /// What stands before the first colon outside quotation marks; `nil` where there is none.
    var attribute: String?
    var value: [SelectionPattern.Unit] = []
    /// Brackets outside quotation marks make the value an id range.
    var isRange = false
    /// `tag:""` means the empty text; `tag:` is a mistake.
    var isQuoted = false
  }

  let kind: Kind
  /// 1 for the text's first character.
  let position: Int
}
