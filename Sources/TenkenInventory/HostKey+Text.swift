internal import TenkenModel

extension HostKey {
  /// Reads the cell `host_key` or the key `host-key`: `ssh-ed25519 AAAA...`, several of them separated by semicolons.
  static func keys(_ text: String) throws(Malformed) -> [HostKey] {
    var keys: [HostKey] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: ";")) ?? rest.endIndex
      let key = try key(rest[..<end].drop { $0 == UInt8(ascii: " ") })
      guard !keys.contains(key) else { throw malformed("holds a key twice", fix: "remove one of them") }
      keys.append(key)
      rest = rest[end...].dropFirst()
    }
    return keys
  }

  /// `TYPE BASE64`.
  private static func key(_ text: ArraySlice<UInt8>) throws(Malformed) -> HostKey {
    guard let space = text.firstIndex(of: UInt8(ascii: " ")),
      !text[(space + 1)...].contains(UInt8(ascii: " "))
    else {
      throw malformed("is not a type and a key", fix: "write the type and the base64 of the key, without a comment")
    }
    let key = HostKey(type: String(decoding: text[..<space], as: UTF8.self), blob: try blob(text[(space + 1)...]))
    try key.check()
    return key
  }

  private static func blob(_ text: ArraySlice<UInt8>) throws(Malformed) -> [UInt8] {
    guard let blob = Base64.bytes(of: text) else {
      throw malformed("is not base64", fix: "copy the key again, as ssh-keyscan or the .pub file has it")
    }
    return blob
  }

  /// A key blob is a row of strings, each behind its length in 4 bytes (RFC 4251 section 5); the first is its type.
  private func check() throws(Malformed) {
    var rest = blob[...]
    var strings = 0
    while rest.count >= 4 {
      let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      let string = rest.dropFirst(4).prefix(length)
      guard string.count == length else { break }
      if strings == 0, !string.elementsEqual(type.utf8) {
        let named = String(decoding: string, as: UTF8.self)
        throw Self.malformed("says \(type.quoted), but the key is of type \(named.quoted)", fix: "copy both again")
      }
      strings += 1
      rest = rest.dropFirst(4 + length)
    }
    guard strings >= 2, rest.isEmpty else {
      throw Self.malformed("is cut short or damaged", fix: "copy the key again, whole")
    }
  }

  private static func malformed(_ what: String, fix: String) -> Malformed {
    Malformed(what: "the host key \(what)", fix: fix)
  }
}
