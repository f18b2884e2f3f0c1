package import TenkenModel

extension Limits {
  /// Descriptors that Tenken itself uses beside its contacts: the streams, the journal with its log and index, the
  /// event loops, known_hosts, the agent, report files.
  private static let reserved = 64
  /// A contact holds one socket, and for a moment a second descriptor: the name lookup, the agent, the socket that
  /// is dialled before the last one is closed.
  private static let perContact = 2

  /// These limits with the fleet's ceiling lowered to what an open-file limit bears, and what to say about it: running
  /// out of descriptors would make terminals look unreachable that are not. `nil` where nothing had to be lowered.
  ///
  /// - Parameter soft: the soft limit, `rlim_cur` of RLIMIT_NOFILE.
  package func lowered(forOpenFiles soft: Int) -> (limits: Limits, notice: String?) {
    let bearable = max(1, (soft - Self.reserved) / Self.perContact)
    guard bearable < concurrency else { return (self, nil) }
    var lowered = self
    lowered.concurrency = bearable
    let wanted = concurrency * Self.perContact + Self.reserved
    let notice = """
      contacting \(bearable) terminals at once instead of \(concurrency): the open-file limit is \(soft). \
      Raise it with `ulimit -n \(wanted)`
      """
    return (lowered, notice)
  }
}
