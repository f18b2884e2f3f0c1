internal import TenkenModel

extension Plan {
  /// Terminals that the system's ssh comes next for, by their index, with why Tenken's own client could not.
  var unsupported: [Int: String] {
    dispositions.enumerated().reduce(into: [:]) { unsupported, next in
      if case .inspect(_, _, let why?) = next.element { unsupported[next.offset] = why }
    }
  }
}
