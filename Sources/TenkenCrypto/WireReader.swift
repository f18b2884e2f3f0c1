/// Reads the data types of RFC 4251 section 5 from memory that somebody else keeps: it must not outlive the closure
/// that lent the bytes. Every length is checked against what is there; `nil` means that the bytes end too early.
package struct WireReader {
  package private(set) var rest: UnsafeRawBufferPointer

  package init(_ bytes: UnsafeRawBufferPointer) { rest = bytes }

  package var isAtEnd: Bool { rest.isEmpty }

  package mutating func byte() -> UInt8? { bytes(1)?.first }

  package mutating func uint32() -> UInt32? {
    bytes(4)?.reduce(0) { $0 << 8 | UInt32($1) }
  }

  package mutating func uint64() -> UInt64? {
    bytes(8)?.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The content of a `string` or an `mpint`, without its length.
  package mutating func string() -> UnsafeRawBufferPointer? {
    guard let length = uint32() else { return nil }
    return bytes(Int(length))
  }

  /// A `string` that is text for machines; `nil` too where it is not ASCII.
  package mutating func text() -> String? {
    guard let content = string(), content.allSatisfy({ $0 < 0x80 }) else { return nil }
    return String(decoding: content, as: UTF8.self)
  }

  package mutating func bytes(_ count: Int) -> UnsafeRawBufferPointer? {
    guard count <= rest.count else { return nil }
    defer { rest = UnsafeRawBufferPointer(rebasing: rest[count...]) }
    return UnsafeRawBufferPointer(rebasing: rest[..<count])
  }
}
