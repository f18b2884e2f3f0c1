/// A value and the place that it was read from.
struct Located<Value> {
  let value: Value
  let file: String
  let line: Int
}

extension Located: Equatable where Value: Equatable {}
