/// One token of a shell script (POSIX.1-2024, Shell Command Language, 2.3), as far as lint needs to know it.
struct ShellToken: Hashable {
  enum Kind: Hashable { case word, redirection, control, newline }

  let kind: Kind
  /// As it stands in the script, quotes included; a redirection without its descriptor.
  let text: String
  let line: Int
  /// A word without its quotes, `nil` where it holds an expansion; the descriptor of a redirection, `nil` where none
  /// is written.
  var value: String?
  /// What lint asks about inside a word: `${...}` as written, and the marks `$'`, `$"` and `=(` of bash.
  var expansions: [String] = []

  /// Whether a command may begin after this token.
  var isBeforeCommand: Bool {
    switch kind {
    case .newline, .control: true
    case .redirection: false
    case .word: Self.leading.contains(text)
    }
  }

  /// The reserved words that a command follows.
  static let leading: Set<String> = ["if", "then", "elif", "else", "while", "until", "do", "!", "{"]
}

/// A script that cannot be taken apart.
struct ShellSyntaxError: Error, Hashable {
  let line: Int
  let what: String
}
