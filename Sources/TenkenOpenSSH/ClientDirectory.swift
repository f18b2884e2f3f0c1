internal import Foundation
internal import Glibc
internal import TenkenModel

/// A fresh directory that only this user can look into, for the directories of contacts.
struct ClientDirectory {
  let path: String

  init(environment: [String: String]) throws(Failure) {
    let base = environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    var template = Array("\(base)/tenken-ssh-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Failure(
        .cannotCreate, "no directory for ssh(1) can be made in \(base)", why: String(cString: strerror(errno)),
        next: "Set TMPDIR to a directory that you can write to.")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
