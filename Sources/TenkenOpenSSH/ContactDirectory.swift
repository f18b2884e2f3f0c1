internal import Foundation
internal import Glibc
internal import TenkenCrypto
internal import TenkenModel

/// What ssh(1) is given for one contact, and where it writes: a directory that only this user can look into.
struct ContactDirectory: Sendable {
  let path: String
  /// One a leg.
  let logs: [LogPipe]

  /// What the system said that kept it from being made.
  struct NotMade: Error {
    let reason: String

    static var systemError: NotMade { NotMade(reason: String(cString: strerror(errno))) }
  }

  /// - Parameter feed: where the lines of the logs go.
  init(
    in base: String, for configuration: ClientConfiguration, feed: AsyncStream<ClientEvent>.Continuation
  ) throws(NotMade) {
    var template = Array("\(base)/contact-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw .systemError }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var logs: [LogPipe] = []
    do throws(NotMade) {
      try Self.write(configuration.text, to: "\(path)/\(ClientConfiguration.file)")
      try Self.write(configuration.knownHosts, to: "\(path)/\(ClientConfiguration.knownHostsFile)")
      for (index, leg) in configuration.legs.enumerated() {
        try Self.link(leg.identity, of: leg, in: path)
        logs.append(try LogPipe("\(path)/\(ClientConfiguration.logFile(of: leg))", of: index, feed: feed))
      }
    } catch {
      for log in logs { log.end() }
      try? FileManager.default.removeItem(atPath: path)
      throw error
    }
    self.path = path
    self.logs = logs
  }

  func remove() {
    for log in logs { log.end() }
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Names without anything in them that a configuration file would read otherwise, and short enough for a socket.
  private static func link(_ identity: OpenSSHIdentity, of leg: Leg, in path: String) throws(NotMade) {
    let name = "\(path)/\(ClientConfiguration.identityFile(of: leg))"
    switch identity.signer {
    case .file(let file): try link(file, at: name)
    case .agent(let socket): try link(socket, at: "\(path)/\(ClientConfiguration.agentSocket(of: leg))")
    }
    let key = identity.publicKey
    try write("\(key.type) \(Base64.encode(key.blob))\n", to: "\(name).pub")
    if let certificate = identity.certificate { try link(certificate, at: "\(name)-cert.pub") }
  }

  private static func link(_ target: String, at path: String) throws(NotMade) {
    guard symlink(target, path) == 0 else { throw .systemError }
  }

  private static func write(_ text: String, to path: String) throws(NotMade) {
    guard
      FileManager.default.createFile(atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    else { throw NotMade(reason: "\(path) cannot be written") }
  }
}
