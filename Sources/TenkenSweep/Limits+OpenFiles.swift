package import TenkenModel

extension Limits {
  /// Descriptors that Tenken itself uses beside its contacts: the streams, the journal with its log and index, the
  /// event loops, known_hosts, the agent, report files.
  private static let reserved = 64
  /// A contact holds one socket, and for a moment a second descriptor: the name lookup, the agent, the socket that
  /// is dialled before the last one is closed.
  private static let perContact = 2
  /// One over ssh(1) holds three streams, the process's own descriptor and two for the log of each host on the way, of
  /// which there are three with two jump hosts.
  private static let perClientProcess = 10

  /// How many terminals an open-file limit bears at once, over ssh(1) as many of them as may be.
  ///
  /// - Parameter soft: the soft limit, `rlim_cur` of RLIMIT_NOFILE.
  package func bearable(forOpenFiles soft: Int) -> Int {
    let free = max(0, soft - Self.reserved)
    let processes = free / Self.perClientProcess
    guard processes >= openSSH else { return max(1, processes) }
    return openSSH + (free - openSSH * Self.perClientProcess) / Self.perContact
  }

  /// These limits with the fleet's ceiling lowered to what an open-file limit bears, and what to say about it: running
  /// out of descriptors would make terminals look unreachable that are not. `nil` where nothing had to be lowered.
  ///
  /// - Parameter soft: the soft limit, `rlim_cur` of RLIMIT_NOFILE.
  package func lowered(forOpenFiles soft: Int) -> (limits: Limits, notice: String?) {
    let bearable = bearable(forOpenFiles: soft)
    guard bearable < concurrency else { return (self, nil) }
    var lowered = self
    lowered.concurrency = bearable
    let notice = """
      contacting \(bearable) terminals at once instead of \(concurrency): the open-file limit is \(soft). \
      Raise it with `ulimit -n \(needed)`
      """
    return (lowered, notice)
  }

  /// The open-file limit that bears the fleet's ceiling.
  private var needed: Int {
    let processes = min(openSSH, concurrency)
    return Self.reserved + processes * Self.perClientProcess + (concurrency - processes) * Self.perContact
  }
}
