extension OpenSSHServer {
  /// The numbers of the messages that clients sent to it, in their order (RFC 4250 section 4.1): with `DEBUG3` the
  /// server logs each when it has decrypted it.
  package var messages: [Int] {
    log.split(whereSeparator: \.isNewline).compactMap { line in
      line.firstMatch(of: /receive packet: type (\d+)/).flatMap { Int($0.1) }
    }
  }

  /// Those of them that belong to the authentication of a user.
  package var authentications: [Int] { messages.filter { (50..<80).contains($0) } }
}
