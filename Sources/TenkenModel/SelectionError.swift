/// Why a selection cannot be read: where in its text, what is wrong there, and what would be right.
package struct SelectionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// 1 for the first character; one more than the text has where it ends too early.
  package let position: Int
  package let what: String
  package let fix: String

  package init(position: Int, what: String, fix: String) {
    self.position = position
    self.what = what
    self.fix = fix
  }

  /// `at character 7: unknown attribute "sit": write one of site, tag, ...`
  package var description: String { "at character \(position): \(what): \(fix)" }
}
