import Glibc
import TenkenModel
import TenkenSSH
import TenkenTransport

/// Runs one command on many terminals over the SSH transport and nothing else: no plan, no frames, no journal. What
/// `scripts/benchmark` holds against a client in C.
///
///     TransportBenchmark HOSTS PORT CONCURRENCY SECONDS USER KEY KNOWN_HOSTS COMMAND
///
/// HOSTS is a file of addresses, one a line; SECONDS the deadline of each phase. A terminal is well where the command
/// ended with 0 and said something. The last line is `OK n FAIL m`; before it stand the resident memory before the
/// first contact and at its highest, and how many terminals ended with each failure.
@main struct TransportBenchmark {
  private static let loopback = Network(address: [127, 0, 0, 0], prefixLength: 8, description: "127.0.0.0/8")

  /// A line or two is expected.
  private static let capacity = 64 * 1024

  private let addresses: [String]
  private let port: UInt16
  private let concurrency: Int
  private let command: String
  private let credential: Credential
  private let knownHosts: KnownHosts
  private let limits: Limits

  /// What certificates are held against; there are none.
  private static let now = Timestamp(milliseconds: 0)

  static func main() async throws {
    guard let benchmark = try TransportBenchmark(Array(CommandLine.arguments.dropFirst())) else {
      print("usage: TransportBenchmark HOSTS PORT CONCURRENCY SECONDS USER KEY KNOWN_HOSTS COMMAND")
      exit(64)
    }
    try await benchmark.run()
  }

  private init?(_ arguments: [String]) throws {
    guard arguments.count == 8, let port = UInt16(arguments[1]), let concurrency = Int(arguments[2]),
      let seconds = Int(arguments[3])
    else { return nil }
    addresses = String(decoding: try Self.bytes(of: arguments[0]), as: UTF8.self).split(separator: "\n").map(
      String.init)
    self.port = port
    self.concurrency = concurrency
    command = arguments[7]
    credential = Credential(name: "default", user: arguments[4], identity: .file(arguments[5]))
    knownHosts = KnownHosts(try Self.bytes(of: arguments[6]), file: arguments[6])
    let deadline = Duration.seconds(seconds)
    limits = Limits(connectTimeout: deadline, loginTimeout: deadline, runTimeout: deadline)
  }

  private func run() async throws {
    let before = Self.memory("VmRSS")
    let failures = try await withSSHTransport(
      credentials: [credential], knownHosts: knownHosts, environment: [:], now: Self.now
    ) { await contactAll(over: $0) }
    let failed = failures.values.reduce(0, +)
    for (reason, count) in failures.sorted(by: { $0.value > $1.value }) { print(count, reason) }
    print("MEMORY before \(before) peak \(Self.memory("VmHWM")) KiB")
    print("OK \(addresses.count - failed) FAIL \(failed)")
  }

  /// How many terminals failed for each reason.
  private func contactAll(over transport: SSHTransport) async -> [String: Int] {
    await withTaskGroup(of: String?.self) { group in
      var failures: [String: Int] = [:]
      for (index, address) in addresses.enumerated() {
        if index >= concurrency, let failure = await group.next() ?? nil { failures[failure, default: 0] += 1 }
        group.addTask { await contact(address, over: transport) }
      }
      for await case let failure? in group { failures[failure, default: 0] += 1 }
      return failures
    }
  }

  /// `nil` where the terminal was well.
  private func contact(_ address: String, over transport: SSHTransport) async -> String? {
    let endpoint = Endpoint(
      terminal: "terminal", site: "site", address: address, port: port, credential: credential,
      networks: [Self.loopback], limits: limits)
    do throws(ContactFailure) {
      let execution = try await transport.withSSHSession(on: endpoint) { session in
        await session.run(command: command, stdin: [], capacity: Self.capacity)
      }
      guard case .closed(exitStatus: 0) = execution.ending, !execution.stdout.isEmpty else {
        return "\(execution.ending)"
      }
      return nil
    } catch {
      return "\(error.outcome): \(error.reason)"
    }
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else {
      throw Failure(.noSuchInput, "cannot read \(path)", why: String(cString: strerror(errno)), next: "Check the path.")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return bytes
  }

  /// A line of /proc/self/status, in KiB.
  private static func memory(_ name: String) -> Int {
    let status = (try? bytes(of: "/proc/self/status")) ?? []
    let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
    let words = lines.first { $0.hasPrefix("\(name):") }?.split(whereSeparator: { $0 == " " || $0 == "\t" })
    return words.flatMap { Int($0[1]) } ?? 0
  }
}
