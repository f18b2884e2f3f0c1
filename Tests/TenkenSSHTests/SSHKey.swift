import Foundation
import TenkenCrypto
import TenkenModel
import TenkenTestSupport

/// A key pair of ssh-keygen(1) for one test, and what can be done to it.
struct SSHKey {
  let path: String

  init(_ name: String, in directory: URL, _ options: [String] = ["-t", "ed25519"]) throws {
    path = directory.appending(path: name).path
    try runTool("/usr/bin/ssh-keygen", ["-q", "-N", "", "-C", name, "-f", path] + options)
  }

  var certificate: String { path + "-cert.pub" }

  /// As a line of authorized_keys, or of TrustedUserCAKeys.
  var publicLine: String {
    get throws { try String(contentsOfFile: path + ".pub", encoding: .utf8) }
  }

  var fingerprint: String {
    get throws {
      let words = try publicLine.split(separator: " ")
      return HostKey(type: words[0], base64: words[1])?.fingerprint ?? ""
    }
  }

  func encrypt(_ passphrase: String = "secret", _ options: [String] = []) throws {
    try runTool("/usr/bin/ssh-keygen", ["-q", "-p", "-P", "", "-N", passphrase, "-f", path] + options)
  }

  /// Has `authority` certify it, for `user` unless another name is given.
  func certify(by authority: SSHKey, user: String = NSUserName(), _ options: [String] = []) throws {
    try runTool(
      "/usr/bin/ssh-keygen",
      ["-q", "-s", authority.path, "-I", "a name", "-n", user] + options + [path + ".pub"])
  }
}
