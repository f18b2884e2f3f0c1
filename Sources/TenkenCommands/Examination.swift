internal import Foundation
internal import Glibc
internal import TenkenModel
internal import TenkenOpenSSH
internal import TenkenPipeline
internal import TenkenSSH

/// One thing about this station that a sweep depends on.
struct Examination {
  enum Verdict {
    case fit, doubtful, unfit

    var word: String {
      switch self {
      case .fit: "ok  "
      case .doubtful: "warn"
      case .unfit: "FAIL"
      }
    }
  }

  let what: String
  let verdict: Verdict
  let found: String
  /// What to do about it.
  let next: String?

  init(_ what: String, _ verdict: Verdict, _ found: String, next: String? = nil) {
    self.what = what
    self.verdict = verdict
    self.found = found
    self.next = next
  }

  static func all(station: Station, state: String, inventory: String?) async -> [Examination] {
    let ofStation = [versions, openFiles, clock] + disk(station, state) + [openSSH, agent]
    guard let inventory else { return ofStation }
    return ofStation + (await self.inventory(at: inventory))
  }

  private static var versions: Examination {
    Examination(
      "versions", .fit, "tenken \(Tenken.version), libssh2 \(SSHLibrary.version), \(Station.libraryVersion)")
  }

  private static var openFiles: Examination {
    guard let limit = OpenFileLimit.raised() else {
      return Examination("open files", .doubtful, "the limit cannot be read")
    }
    let bearable = Plan.bearable(forOpenFiles: limit)
    return Examination(
      "open files", bearable >= 200 ? .fit : .doubtful,
      "\(limit.grouped), enough for \(bearable.grouped) terminals at once",
      next: bearable >= 200 ? nil : "Raise the hard limit: `ulimit -Hn 4096` as root, or limits.conf.")
  }

  /// Timestamps are evidence: a clock that nobody keeps makes them doubtful.
  private static var clock: Examination {
    let now = World.current.now().forPeople
    if let keeper = timeKeeper { return Examination("clock", .fit, "\(now), kept by \(keeper)") }
    return Examination(
      "clock", .doubtful, "\(now), and no time service runs here",
      next: "Compare it with a clock that you trust: the journal and the reports carry its time.")
  }

  /// The first process that is named like a time service.
  private static var timeKeeper: String? {
    // The kernel cuts names at 15 characters (proc(5), comm).
    let services: Set = ["chronyd", "ntpd", "openntpd", "systemd-timesyn"]
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.lazy.filter { Int($0) != nil }
      .compactMap { FileManager.default.contents(atPath: "/proc/\($0)/comm") }
      .map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .newlines) }
      .first { services.contains($0) }
  }

  private static func disk(_ station: Station, _ state: String) -> [Examination] {
    do throws(Failure) {
      try station.prepare()
    } catch {
      return [Examination("state directory", .unfit, "\(error.what): \(error.why)", next: error.next)]
    }
    return [space(state), durability(state)]
  }

  private static func space(_ state: String) -> Examination {
    var status = statvfs()
    guard statvfs(state, &status) == 0 else { return Examination("disk space", .doubtful, "cannot be read") }
    let free = Int(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize)) / (1 << 20)
    // A sweep of 29,000 terminals with 40 KB of output each keeps 1.2 GB.
    return Examination(
      "disk space", free >= 4096 ? .fit : free >= 256 ? .doubtful : .unfit,
      "\(free.grouped) MiB free for \(state)",
      next: free >= 4096 ? nil : "A sweep of 29,000 terminals may need 1.2 GB and its reports 0.5 GB.")
  }

  private static func durability(_ state: String) -> Examination {
    let path = "\(state)/.doctor"
    let descriptor = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      return Examination("durable writes", .unfit, "cannot write to \(state): \(String(cString: strerror(errno)))")
    }
    defer {
      close(descriptor)
      unlink(path)
    }
    let clock = ContinuousClock()
    var worst = Duration.zero
    for _ in 0..<16 {
      let took = clock.measure { _ = write(descriptor, "tenken\n", 7) + Int(fdatasync(descriptor)) }
      worst = max(worst, took)
    }
    return Examination(
      "durable writes", worst < .milliseconds(100) ? .fit : .doubtful, "the slowest of 16 took \(worst.forPeople)",
      next: worst < .milliseconds(100) ? nil : "The sweep will wait for this disk; use a faster one for --state.")
  }

  /// For sites that ask for it, and for servers that libssh2 does not speak to.
  private static var openSSH: Examination {
    do throws(Failure) {
      return Examination("ssh", .fit, try SystemProgram("ssh", searchPath: World.current.environment["PATH"]).path)
    } catch {
      return Examination("ssh", .doubtful, "\(error.what): \(error.why)", next: error.next)
    }
  }

  private static var agent: Examination {
    guard let path = World.current.environment["SSH_AUTH_SOCK"], !path.isEmpty else {
      return Examination("ssh-agent", .fit, "none (SSH_AUTH_SOCK is not set); key files are used")
    }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else {
      return Examination(
        "ssh-agent", .doubtful, "SSH_AUTH_SOCK names \(path), and there is no agent",
        next: "Start one with `eval $(ssh-agent)`, or unset SSH_AUTH_SOCK.")
    }
    return Examination("ssh-agent", .fit, path)
  }

  private static func inventory(at path: String) async -> [Examination] {
    do {
      let inventory = try Inputs.inventory(at: path)
      let hosts = HostKeysOnRecord(of: inventory)
      return [
        Examination(
          "inventory", .fit, "\(inventory.terminals.count.grouped) terminals at \(inventory.sites.count.grouped) sites")
      ] + keysOnRecord(of: inventory, in: hosts) + (await credentials(of: inventory))
    } catch let problems as InputProblems {
      return [
        Examination(
          "inventory", .unfit, "\(problems.problems.count.grouped) problems", next: "`tenken inventory check \(path)`")
      ]
    } catch let failure as Failure {
      return [Examination("inventory", .unfit, "\(failure.what): \(failure.why)", next: failure.next)]
    } catch {
      return [Examination("inventory", .unfit, "\(error)")]
    }
  }

  private static func keysOnRecord(of inventory: Inventory, in hosts: HostKeysOnRecord) -> [Examination] {
    if let problem = hosts.problems.first {
      return [
        Examination(
          "host keys", .unfit, "\(hosts.problems.count.grouped) lines that say nothing, the first: \(problem)",
          next: "Correct them: `tenken inventory check \(inventory.sources.origin)` shows them all.")
      ]
    }
    let without = inventory.terminals.count { !hosts.knows($0) }
    let terminals = Examination(
      "host keys", without == 0 ? .fit : .doubtful,
      without == 0 ? "every terminal has one on record" : "\(without.grouped) terminals have none on record",
      next: without == 0 ? nil : "They will end host-key-unknown: \(collecting(inventory)).")
    return [terminals] + gatewayKeys(of: inventory, in: hosts)
  }

  private static func gatewayKeys(of inventory: Inventory, in hosts: HostKeysOnRecord) -> [Examination] {
    guard !inventory.gateways.isEmpty else { return [] }
    let without = inventory.gateways.filter { !hosts.knows($0) }.map(\.id.rawValue)
    return [
      without.isEmpty
        ? Examination("gateways' keys", .fit, "every gateway has one on record")
        : Examination(
          "gateways' keys", .doubtful, "none on record of \(without.joined(separator: ", "))",
          next: "Nobody behind them will be reached: \(collecting(inventory)).")
    ]
  }

  private static func collecting(_ inventory: Inventory) -> String {
    "collect their keys with `tenken keyscan --inventory \(inventory.sources.origin.asShellWord)`, compare them, "
      + "and append them to known_hosts there"
  }
}
