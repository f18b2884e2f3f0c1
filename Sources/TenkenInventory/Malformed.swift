/// Why a text is not what it should be, and what would be right.
struct Malformed: Error {
  let what: String
  let fix: String
}
