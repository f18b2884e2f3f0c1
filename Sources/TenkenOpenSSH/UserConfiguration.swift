internal import Subprocess
internal import SystemPackage
internal import TenkenModel

/// A ssh_config(5) of the user's. It is honoured only when asked for, and only in how SSH is spoken and from where.
///
/// It is not included: what it says of identities would be added to ours and not overruled by them, and each key more
/// is another attempt to log in. ssh(1) itself evaluates it (`-G`), and of the answer the lines below are taken.
struct UserConfiguration: Sendable {
  /// As `ssh -G` writes them.
  static let honoured: Set<Substring> = [
    "bindaddress", "bindinterface", "ciphers", "compression", "ipqos", "kexalgorithms", "macs", "rekeylimit",
    "requiredrsasize", "tcpkeepalive",
  ]

  struct Unreadable: Error { let reason: String }

  let file: String
  /// The path of ssh(1).
  let program: String

  /// The lines that hold for one host.
  func lines(
    host: String, port: UInt16, user: String, within limit: Duration, _ clock: any Clock<Duration>
  ) async throws(Unreadable) -> [String] {
    let text = try await effective(["-p", String(port), "-l", user, "--", host], within: limit, clock)
    return Self.honoured(in: text)
  }

  /// Throws where ssh(1) would not read it.
  func examine(_ clock: any Clock<Duration>) async throws(Failure) {
    do throws(Unreadable) {
      _ = try await effective(["--", "localhost"], within: .seconds(10), clock)
    } catch {
      throw Failure(
        .badInput, "\(file) is no configuration of ssh(1)", why: error.reason, next: "Correct it, or leave it out.")
    }
  }

  /// A `Match exec` of the user's may wait for anything.
  private func effective(
    _ arguments: [String], within limit: Duration, _ clock: any Clock<Duration>
  ) async throws(Unreadable) -> String {
    let answer = await clock.within(limit) { await self.answer(arguments) }
    return try (answer ?? .failure(Unreadable(reason: "ssh -G gave no answer within \(limit.text)"))).get()
  }

  private func answer(_ arguments: [String]) async -> Result<String, Unreadable> {
    let answer: (isSuccess: Bool, output: String, errors: String)
    do {
      let result = try await run(
        .path(FilePath(program)), arguments: Arguments(["-G", "-F", file] + arguments),
        output: .string(limit: 256 * 1024), error: .string(limit: 4096))
      answer = (result.terminationStatus.isSuccess, result.standardOutput, result.standardError)
    } catch {
      return .failure(Unreadable(reason: String(describing: error).escapedForPeople()))
    }
    guard answer.isSuccess else {
      let line = answer.errors.split(whereSeparator: \.isNewline).first
      return .failure(Unreadable(reason: ClientLog.shown(line.map(String.init) ?? "ssh -G said nothing", 200)))
    }
    return .success(answer.output)
  }

  static func honoured(in text: String) -> [String] {
    text.split(separator: "\n").filter { line in line.split(separator: " ").first.map(honoured.contains) ?? false }
      .map(String.init)
  }
}
