import Foundation
import TenkenHostileServer
import TenkenModel
import TenkenSSH
import TenkenTestSupport
import TenkenTransport

/// Opens many connections at once, aborts them all in one phase of a contact, does so round by round and phase by phase,
/// and says what is left of them.
///
///     AbortRounds ROUNDS CONNECTIONS
///
/// A line a phase; ends with 1 where a descriptor, a session of libssh2 or memory is left, or where a connection did not
/// get as far as its phase. Nothing is contacted but servers of its own on loopback.
@main struct AbortRounds {
  private let rounds: Int
  private let connections: Int

  /// What certificates are held against; there are none.
  private static let now = Timestamp(milliseconds: 0)

  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    guard arguments.count == 2, let rounds = arguments.first, let connections = arguments.last, rounds > 0 else {
      print("usage: AbortRounds ROUNDS CONNECTIONS")
      exit(64)
    }
    let isClean = try await AbortRounds(rounds: rounds, connections: connections).run()
    exit(isClean ? 0 : 1)
  }

  private func run() async throws -> Bool {
    // What is made once, by the first contact of all, is no leak.
    for place in [AbortPlace.connecting, .server(.exit)] { _ = try await remains(of: place, rounds: 1) }
    var isClean = true
    for place in AbortPlace.all {
      let rounds = place.isCheap ? rounds : max(1, rounds / 20)
      let remains = try await remains(of: place, rounds: rounds)
      let line = "\(remains.isNothing ? "clean " : "LEAKED") \(place.name): \(rounds) x \(connections): \(remains)\n"
      FileHandle.standardOutput.write(Data(line.utf8))
      if !remains.isNothing { isClean = false }
    }
    return isClean
  }

  /// What is over and stays so: a socket that another thread is about to close is no leak.
  private static func lasting(_ excess: () -> Int) async -> Int {
    var least = excess()
    for _ in 0..<1000 where least > 0 {
      await Task.yield()
      least = min(least, excess())
    }
    return least
  }

  private func remains(of place: AbortPlace, rounds: Int) async throws -> Remains {
    let before = Traces()
    var remains = Remains(connections: rounds * connections, countsHeap: place.isCheap)
    try await place.lent { endpoint, keys, arrivals, port in
      let open = Traces.descriptors(except: port)
      try await withSSHTransport(
        credentials: keys.map { Credential(name: "default", user: NSUserName(), identity: .file($0)) },
        knownHosts: KnownHosts([], file: ""), environment: [:], now: Self.now
      ) { transport in
        let crowd = AbortCrowd(
          size: connections, endpoint: endpoint, transport: transport, arrivals: arrivals, place: place, port: port)
        try await crowd.round()
        let (descriptors, sessions) = (Traces.descriptors(except: port), SSHLibrary.sessions)
        for _ in 0..<rounds {
          remains.absent += try await crowd.round()
          remains.descriptors = max(
            remains.descriptors, await Self.lasting { Traces.descriptors(except: port) - descriptors })
          remains.sessions = max(remains.sessions, await Self.lasting { SSHLibrary.sessions - sessions })
        }
      }
      remains.descriptors = max(remains.descriptors, Traces.descriptors(except: port) - open)
      remains.sessions = max(remains.sessions, SSHLibrary.sessions)
    }
    remains.note(Traces(), since: before)
    return remains
  }
}
