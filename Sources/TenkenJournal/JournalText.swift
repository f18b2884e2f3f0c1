internal import Foundation
internal import GRDB
internal import TenkenModel

/// Text that may hold anything a terminal sent, NUL included: GRDB binds and reads strings up to their first NUL, and
/// what follows it would be lost. Such a text goes in as bytes (the statements say `CAST(? AS TEXT)`), and comes out
/// as bytes always.
enum JournalText {
  static func value(_ text: String) -> DatabaseValue {
    text.utf8.contains(0) ? Data(text.utf8).databaseValue : text.databaseValue
  }

  static func value(_ text: String?) -> DatabaseValue { text.map { value($0) } ?? .null }
}

extension Row {
  /// A TEXT column, whole.
  func text(_ index: Int) throws -> String {
    guard let text = try optionalText(index) else { throw missing(index) }
    return text
  }

  func optionalText(_ index: Int) throws -> String? {
    try withUnsafeData(atIndex: index) { data in
      data.map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// A BLOB column.
  func bytes(_ index: Int) throws -> [UInt8] {
    try withUnsafeData(atIndex: index) { data in
      guard let data else { throw missing(index) }
      return [UInt8](data)
    }
  }

  func optionalBytes(_ index: Int) throws -> [UInt8]? {
    try withUnsafeData(atIndex: index) { data in data.map { [UInt8]($0) } }
  }

  /// Raw output: its bytes in one column, and in the next what they come to where they are packed.
  func output(_ index: Int) throws -> [UInt8] {
    let stored = try bytes(index)
    guard let size = try optionalInteger(index + 1) else { return stored }
    return try Packing.unpacked(stored, size: Int(size))
  }

  /// Type, fingerprint and standing in three columns, and the key itself in a fourth; `nil` where no key was seen.
  func hostKey(type: Int, blob: Int) throws -> HostKeyEvidence? {
    guard let name = try optionalText(type) else { return nil }
    return HostKeyEvidence(
      type: name, fingerprint: try text(type + 1), standing: try word(type + 2), blob: try optionalBytes(blob))
  }

  /// An INTEGER column.
  func integer(_ index: Int) throws -> Int64 { try decode(Int64.self, atIndex: index) }

  func optionalInteger(_ index: Int) throws -> Int64? { try decode(Int64?.self, atIndex: index) }

  func timestamp(_ index: Int) throws -> Timestamp { Timestamp(milliseconds: try integer(index)) }

  func id<Subject>(_ index: Int, of subject: Subject.Type = Subject.self) throws -> ID<Subject> {
    let text = try text(index)
    guard let id = ID<Subject>(text) else { throw unexpected(text) }
    return id
  }

  /// A column whose values are those of an enum.
  func word<Word: RawRepresentable<String>>(_ index: Int, of type: Word.Type = Word.self) throws -> Word {
    let text = try text(index)
    guard let word = Word(rawValue: text) else { throw unexpected(text) }
    return word
  }

  private func missing(_ index: Int) -> DatabaseError {
    DatabaseError(resultCode: .SQLITE_CORRUPT, message: "nothing stands in column \(index + 1) of a row")
  }

  private func unexpected(_ text: String) -> DatabaseError {
    DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the value \(text.debugDescription) is not one of the schema's")
  }
}
