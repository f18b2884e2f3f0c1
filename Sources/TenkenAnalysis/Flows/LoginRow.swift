internal import TenkenModel

/// A row of the fact `login.source`: logins of one account from one address.
struct LoginRow {
  static let fact = "login.source"

  let user: String
  let source: String
  let method: String
  let count: Int
  let last: Timestamp

  /// `nil` where the row is not of the form that the check declares.
  init?(_ values: [String]) {
    guard values.count == 5, let count = Int(values[3]), count > 0, let last = Timestamp(written: values[4]) else {
      return nil
    }
    (user, source, method) = (values[0], values[1], values[2])
    self.count = count
    self.last = last
  }
}
