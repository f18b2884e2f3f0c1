internal import Foundation
package import TenkenModel

extension StateDirectory {
  /// All sweeps, the newest first. One whose journal cannot be read is listed as such.
  ///
  /// - Throws: 77 where the directory cannot be read. One that does not exist holds no sweeps.
  package func sweeps() throws(Failure) -> [SweepSummary] {
    var summaries: [SweepSummary] = []
    for id in try ids() { summaries.append(summary(of: id)) }
    return summaries
  }

  /// The sweep that a reference means: `latest`, an id, a name (of several sweeps with it, the newest), or the beginning
  /// of exactly one id or name.
  ///
  /// - Throws: 66 where there is none, 64 where there are several, 65 where a newer one than that which has the name
  ///   cannot be read: it may be the one that is meant.
  package func resolve(_ reference: String) throws(Failure) -> ID<SweepManifest> {
    let ids = try ids()
    if let exact = ids.first(where: { $0.rawValue == reference }) { return exact }
    if reference == "latest" {
      guard let latest = ids.first(where: { hasBegun($0) }) else { throw noSuchSweep(reference, ids, [:]) }
      return latest
    }
    let names = names(of: ids)
    let named = ids.filter { names[$0] == reference }
    let matches =
      named.isEmpty && !reference.isEmpty
      ? ids.filter { $0.rawValue.hasPrefix(reference) || names[$0]?.hasPrefix(reference) == true } : named
    guard let match = matches.first else { throw noSuchSweep(reference, ids, names) }
    // Sweeps of one name are the same work at another time: the newest is meant.
    guard matches.count == 1 || !named.isEmpty else { throw ambiguous(reference, matches, names) }
    if !named.isEmpty { try expectReadable(ids.prefix { $0 != match }, reference) }
    return match
  }

  /// The sweep that a plain `tenken resume` goes on with; `nil` where all are finished.
  ///
  /// - Throws: 65 where a newer one cannot be read: to go on with an older one instead is for a person to say.
  package func newestUnfinished() throws(Failure) -> ID<SweepManifest>? {
    for id in try ids() {
      do throws(Failure) {
        if try !JournalReader(in: self, sweep: id).isFinished() { return id }
      } catch  where error == directory(of: id).notBegun {
        continue
      } catch {
        throw Failure(
          error.code, "cannot tell whether the sweep \(id) is finished", why: "\(error.what): \(error.why)",
          next: "Say which sweep is meant: `tenken resume SWEEP`; `tenken sweeps` lists them.")
      }
    }
    return nil
  }

  /// Newest first: an id begins with the time at which its sweep began.
  private func ids() throws(Failure) -> [ID<SweepManifest>] {
    guard FileManager.default.fileExists(atPath: sweepsPath) else { return [] }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: sweepsPath).compactMap { ID($0) }.sorted(by: >)
    } catch {
      throw Failure(
        .permissions, "cannot list the sweeps in \(sweepsPath)", why: error.localizedDescription,
        next: "Give yourself read access to it, or name another directory with --state or TENKEN_STATE.")
    }
  }

  private func expectReadable(_ newer: some Sequence<ID<SweepManifest>>, _ reference: String) throws(Failure) {
    for id in newer {
      do throws(Failure) {
        _ = try JournalReader(in: self, sweep: id)
      } catch  where error == directory(of: id).notBegun {
        continue
      } catch {
        throw Failure(
          error.code, "cannot tell whether the sweep \(id) is called \(reference.quoted)",
          why: "\(error.what): \(error.why)",
          next: "Give the id of the sweep that is meant; `tenken sweeps` lists them.")
      }
    }
  }

  private func hasBegun(_ id: ID<SweepManifest>) -> Bool {
    do throws(Failure) {
      _ = try JournalReader(in: self, sweep: id)
      return true
    } catch {
      return error != directory(of: id).notBegun
    }
  }

  private func summary(of id: ID<SweepManifest>) -> SweepSummary {
    let directory = directory(of: id)
    do throws(Failure) {
      let reader = try JournalReader(in: self, sweep: id)
      let outcomes = try reader.counts().values.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
      return SweepSummary(
        id: id, standing: standing(directory, pending: outcomes[.pending] ?? 0), manifest: try reader.manifest(),
        outcomes: outcomes)
    } catch {
      return SweepSummary(id: id, standing: error == directory.notBegun ? .notBegun : .unreadable(error))
    }
  }

  private func standing(_ directory: SweepDirectory, pending: Int) -> SweepSummary.Standing {
    if case .held(let processID) = OwnerLock.state(of: directory) { return .running(processID: processID) }
    return pending == 0 ? .finished : .unfinished
  }

  /// Of those that have one; a journal that cannot be read has none.
  private func names(of ids: [ID<SweepManifest>]) -> [ID<SweepManifest>: String] {
    var names: [ID<SweepManifest>: String] = [:]
    for id in ids {
      let name = try? JournalReader(in: self, sweep: id).manifest().scope.name
      if let name, !name.isEmpty { names[id] = name }
    }
    return names
  }

  private func noSuchSweep(
    _ reference: String, _ ids: [ID<SweepManifest>], _ names: [ID<SweepManifest>: String]
  ) -> Failure {
    guard !ids.isEmpty else {
      return Failure(
        .noSuchInput, "there is no sweep \(reference.debugDescription)", why: "\(path) holds no sweeps",
        next: "Start one with `tenken sweep --inventory PATH`, or name another directory with --state.")
    }
    return Failure(
      .noSuchInput, "there is no sweep \(reference.debugDescription)", why: "\(path) holds \(list(ids, names))",
      next: "Give one of these, the beginning of its id, its name, or `latest`.")
  }

  private func ambiguous(
    _ reference: String, _ matches: [ID<SweepManifest>], _ names: [ID<SweepManifest>: String]
  ) -> Failure {
    Failure(
      .usage, "\(reference.debugDescription) means more than one sweep", why: list(matches, names),
      next: "Give one of these ids.")
  }

  /// At most ten of them, newest first.
  private func list(_ ids: [ID<SweepManifest>], _ names: [ID<SweepManifest>: String]) -> String {
    let shown = ids.prefix(10).map { id in names[id].map { "\(id) (\($0))" } ?? "\(id)" }
    return shown.joined(separator: ", ") + (ids.count > 10 ? " and \(ids.count - 10) older" : "")
  }
}
