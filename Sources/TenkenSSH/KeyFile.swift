import Glibc
import TenkenCrypto
import TenkenModel

/// Reads private key files, once, before anything is contacted.
enum KeyFile {
  private static let longest = 64 * 1024

  /// `nil` where it is encrypted.
  static func load(_ path: String) throws(Failure) -> PrivateKey? {
    let text = try read(path)
    do throws(PrivateKeyProblem) {
      return try PrivateKey(file: text)
    } catch {
      if error == .encrypted { return nil }
      throw failure(error, path)
    }
  }

  static func isEncrypted(_ path: String) -> Bool {
    do { return try load(path) == nil } catch { return false }
  }

  /// The key or the certificate of a `.pub` file; `nil` where it is none.
  static func publicKey(_ path: String) -> HostKey? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: longest)
    guard fgets(&line, Int32(line.count), file) != nil else { return nil }
    let bytes = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let words = String(decoding: bytes, as: UTF8.self).split(separator: " ")
    return words.count < 2 ? nil : HostKey(type: words[0], base64: words[1].filter { !$0.isNewline })
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// `~/` at the start of a path stands for `home`.
  static func expand(_ path: String, _ home: String?) -> String {
    path.hasPrefix("~/") ? (home ?? "~") + path.dropFirst() : path
  }

  private static func read(_ path: String) throws(Failure) -> SecretBytes {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else { throw cannotOpen(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= longest else {
      throw Failure(.badInput, "\(path) is no private key", why: "it is no file of at most 64 KiB", next: nextKey)
    }
    guard status.st_mode & 0o077 == 0 else {
      throw Failure(
        .permissions, "the private key \(path) is open to others",
        why: "its mode is \(String(status.st_mode & 0o777, radix: 8))", next: "chmod 600 \(path)")
    }
    return try SecretBytes(capacity: longest) { buffer throws(Failure) in
      var count = 0
      while count < buffer.count {
        let result = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
        if result < 0 { throw cannotOpen(path, errno) }
        if result == 0 { break }
        count += result
      }
      return count
    }
  }

  private static let nextKey = "Name the file that ssh-keygen made, the one without .pub."

  private static func cannotOpen(_ path: String, _ code: Int32) -> Failure {
    let code: (Failure.Code, Int32) = (
      code == ENOENT ? .noSuchInput : code == EACCES ? .permissions : .inputOutput, code
    )
    return Failure(
      code.0, "the private key \(path) cannot be read", why: String(cString: strerror(code.1)),
      next: "Set `identity` of the credential to a key file, or to `agent`.")
  }

  /// For one that no private agent holds.
  static func encrypted(_ path: String) -> Failure {
    Failure(
      .serviceUnavailable, "the private key \(path) is encrypted", why: "it was not loaded into an agent",
      next: "Load it into ssh-agent (ssh-add \(path)) and use `identity: agent`.")
  }

  private static func failure(_ problem: PrivateKeyProblem, _ path: String) -> Failure {
    switch problem {
    case .encrypted: encrypted(path)
    case .isPublic:
      Failure(.badInput, "\(path) is no private key", why: "it is the public half", next: nextKey)
    case .unsupported(let kind):
      Failure(
        .badInput, "the private key \(path) is of no use here", why: "it is \(kind.escapedForPeople(maxLength: 100))",
        next: "Use an ed25519, ECDSA or RSA key.")
    case .malformed(let why):
      Failure(.badInput, "\(path) is no private key", why: why, next: nextKey)
    }
  }
}
