/// How the text of a key file begins.
enum KeyContainer {
  case openSSH, pem, publicKey, putty, other

  init(of text: UnsafeRawBufferPointer) {
    let start = String(decoding: text.prefix(64).drop { $0 <= 0x20 }, as: UTF8.self)
    let publicStarts = ["ssh-", "ecdsa-sha2-", "sk-", "-----BEGIN PUBLIC", "-----BEGIN RSA PUBLIC", "---- BEGIN SSH2"]
    if start.hasPrefix("-----BEGIN OPENSSH PRIVATE KEY-----") {
      self = .openSSH
    } else if publicStarts.contains(where: start.hasPrefix) {
      self = .publicKey
    } else if start.hasPrefix("-----BEGIN ") {
      self = .pem
    } else {
      self = start.hasPrefix("PuTTY-User-Key-File") ? .putty : .other
    }
  }
}
