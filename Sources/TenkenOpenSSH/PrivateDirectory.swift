internal import Glibc
internal import TenkenModel

/// A fresh directory that only this user can look into, for the socket of a private ssh-agent.
struct PrivateDirectory {
  let path: String

  /// The path of a socket has room for 107 bytes (unix(7)).
  private static let longestBase = 70

  init(environment: [String: String]) throws(Failure) {
    let bases = [environment["XDG_RUNTIME_DIR"], environment["TMPDIR"], "/tmp"].compactMap { $0 }
    let base = bases.first { $0.hasPrefix("/") && $0.utf8.count <= Self.longestBase && access($0, W_OK | X_OK) == 0 }
    var template = Array("\(base ?? "/tmp")/tenken-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Failure(
        .cannotCreate, "no directory for a private ssh-agent can be made in \(base ?? "/tmp")",
        why: String(cString: strerror(errno)), next: "Set TMPDIR to a directory that you can write to.")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  var socket: String { "\(path)/agent" }

  /// A program that asks `program` and can do so once: ssh-add(1) would ask one that has the wrong passphrase for ever.
  func question(asking program: String) -> String {
    "#!/bin/sh\nmkdir \("\(path)/asked".asShellWord) 2>/dev/null && exec \(program.asShellWord) \"$@\""
  }

  /// The path of that program, once whoever starts the agent has written it there.
  func questionProgram() throws(Failure) -> String {
    let file = "\(path)/ask"
    guard access(file, X_OK) == 0 else {
      throw Failure(
        .serviceUnavailable, "\(file) cannot be run, and SSH_ASKPASS is asked through it",
        why: String(cString: strerror(errno)),
        next: "Set XDG_RUNTIME_DIR or TMPDIR to a directory with room, on a file system that is not mounted noexec.")
    }
    return file
  }

  /// What ends the agent removes it; this is for a directory whose agent never began.
  func remove() {
    for name in ["agent", "ask"] { unlink("\(path)/\(name)") }
    for directory in ["\(path)/asked", path] { rmdir(directory) }
  }
}
