package import TenkenModel

extension StateDirectory {
  /// The contacts that the owner of a sweep is making now, those that began first coming first; `nil` where nobody is at
  /// it.
  ///
  /// - Throws: 66 where there is no such sweep, 69 where its owner does not answer.
  package func inFlight(of sweep: ID<SweepManifest>) throws(Failure) -> [InFlight]? {
    let directory = directory(of: sweep)
    try directory.expectJournal()
    guard case .held(let owner) = OwnerLock.state(of: directory) else { return nil }
    let contacts = try? InFlightServer.ask(directory)
    if let contacts = contacts ?? nil { return contacts }
    // It may have ended between the two questions.
    guard case .held = OwnerLock.state(of: directory) else { return nil }
    throw Failure(
      .serviceUnavailable, "the process that owns sweep \(sweep) does not say whom it contacts",
      why: "\(owner.map { "pid \($0)" } ?? "it") offers no socket in \(directory.path), or did not answer",
      next: "`tenken status \(sweep)` shows what is recorded. Try again in a moment.")
  }
}
