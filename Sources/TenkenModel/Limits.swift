/// The ceilings and deadlines of a sweep.
package struct Limits: Sendable, Hashable, Codable {
  /// Terminals contacted at once, over the whole fleet.
  package var concurrency: Int
  /// Terminals contacted at once in one site that sets nothing else.
  package var perSite: Int
  /// Terminals contacted at once through the system's ssh(1), which costs a process and some 80 ms of CPU each.
  package var openSSH: Int
  /// Further attempts after one that failed in a way that may pass.
  package var retries: Int
  /// From the first packet to an open TCP connection.
  package var connectTimeout: Duration
  /// From an open connection to a session that is logged in: banner, key exchange, host key, authentication.
  package var loginTimeout: Duration
  /// From a session that is logged in to the trailer.
  package var runTimeout: Duration
  /// Bytes that one terminal may send before it is logged in.
  package var bytesBeforeLogin: Int
  /// Bytes that one terminal may send in all.
  package var bytesPerTerminal: Int

  package init(
    concurrency: Int = 200, perSite: Int = 100, openSSH: Int = 16, retries: Int = 2,
    connectTimeout: Duration = .seconds(10),
    loginTimeout: Duration = .seconds(20), runTimeout: Duration = .seconds(300),
    bytesBeforeLogin: Int = 256 * 1024, bytesPerTerminal: Int = 8 * 1024 * 1024
  ) {
    self.concurrency = concurrency
    self.perSite = perSite
    self.openSSH = openSSH
    self.retries = retries
    self.connectTimeout = connectTimeout
    self.loginTimeout = loginTimeout
    self.runTimeout = runTimeout
    self.bytesBeforeLogin = bytesBeforeLogin
    self.bytesPerTerminal = bytesPerTerminal
  }

  /// A journal that is older than a limit has Tenken's own for it.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      concurrency: try values.decode(Int.self, forKey: .concurrency),
      perSite: try values.decode(Int.self, forKey: .perSite),
      openSSH: try values.decodeIfPresent(Int.self, forKey: .openSSH) ?? Limits().openSSH,
      retries: try values.decode(Int.self, forKey: .retries),
      connectTimeout: try values.decode(Duration.self, forKey: .connectTimeout),
      loginTimeout: try values.decode(Duration.self, forKey: .loginTimeout),
      runTimeout: try values.decode(Duration.self, forKey: .runTimeout),
      bytesBeforeLogin: try values.decode(Int.self, forKey: .bytesBeforeLogin),
      bytesPerTerminal: try values.decode(Int.self, forKey: .bytesPerTerminal))
  }
}
