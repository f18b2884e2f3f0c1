/// The ceilings and deadlines of a sweep.
package struct Limits: Sendable, Hashable, Codable {
  /// Terminals contacted at once, over the whole fleet.
  package var concurrency: Int
  /// Terminals contacted at once in one site that sets nothing else.
  package var perSite: Int
  /// Terminals contacted at once through the system's ssh(1), which costs a process and some 80 ms of CPU each.
  package var openSSH: Int
  /// Terminals contacted at once that have a tag, over the whole fleet; a tag without an entry has no ceiling.
  package var tags: [String: Int]
  /// Contacts that begin each second in one site that sets nothing else; `nil`: any number.
  package var connectsPerSecond: Int?
  /// Bytes a second to and from one site that sets nothing else, in the mean; `nil`: any number.
  package var bytesPerSecond: Int?
  /// Terminals contacted at once before anything has come of one; each that ends raises it by one, up to `concurrency`.
  /// 0: the sweep begins with `concurrency`.
  package var firstWave: Int
  /// Further attempts after one that failed in a way that may pass.
  package var retries: Int
  /// Further attempts at one site, in per cent of its terminals that the run has to contact.
  package var retryBudget: Int
  /// What pauses a site.
  package var sitePause: PauseLimits
  /// What pauses all of the sweep.
  package var sweepPause: PauseLimits
  /// From the start of a run to its drain; `nil`: none.
  package var deadline: Duration?
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
    concurrency: Int = 200, perSite: Int = 100, openSSH: Int = 16, tags: [String: Int] = [:],
    connectsPerSecond: Int? = nil, bytesPerSecond: Int? = nil, firstWave: Int = 20, retries: Int = 2,
    retryBudget: Int = 30, sitePause: PauseLimits = .usual, sweepPause: PauseLimits = .usual,
    deadline: Duration? = nil, connectTimeout: Duration = .seconds(10),
    loginTimeout: Duration = .seconds(20), runTimeout: Duration = .seconds(300),
    bytesBeforeLogin: Int = 256 * 1024, bytesPerTerminal: Int = 8 * 1024 * 1024
  ) {
    self.concurrency = concurrency
    self.perSite = perSite
    self.openSSH = openSSH
    self.tags = tags
    self.connectsPerSecond = connectsPerSecond
    self.bytesPerSecond = bytesPerSecond
    self.firstWave = firstWave
    self.retries = retries
    self.retryBudget = retryBudget
    self.sitePause = sitePause
    self.sweepPause = sweepPause
    self.deadline = deadline
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
      tags: try values.decodeIfPresent([String: Int].self, forKey: .tags) ?? [:],
      connectsPerSecond: try values.decodeIfPresent(Int.self, forKey: .connectsPerSecond),
      bytesPerSecond: try values.decodeIfPresent(Int.self, forKey: .bytesPerSecond),
      firstWave: try values.decodeIfPresent(Int.self, forKey: .firstWave) ?? Limits().firstWave,
      retries: try values.decode(Int.self, forKey: .retries),
      retryBudget: try values.decodeIfPresent(Int.self, forKey: .retryBudget) ?? Limits().retryBudget,
      sitePause: try values.decodeIfPresent(PauseLimits.self, forKey: .sitePause) ?? .usual,
      sweepPause: try values.decodeIfPresent(PauseLimits.self, forKey: .sweepPause) ?? .usual,
      deadline: try values.decodeIfPresent(Duration.self, forKey: .deadline),
      connectTimeout: try values.decode(Duration.self, forKey: .connectTimeout),
      loginTimeout: try values.decode(Duration.self, forKey: .loginTimeout),
      runTimeout: try values.decode(Duration.self, forKey: .runTimeout),
      bytesBeforeLogin: try values.decode(Int.self, forKey: .bytesBeforeLogin),
      bytesPerTerminal: try values.decode(Int.self, forKey: .bytesPerTerminal))
  }
}
