internal import Subprocess
internal import SystemPackage
internal import TenkenModel

/// Turns a name into addresses through getent(1): it asks the station's resolver as every program here does, and can be
/// ended when it takes too long, which getaddrinfo(3) in this process cannot.
enum NameLookup {
  struct NotFound: Error { let reason: String }

  /// Of one name, as the built-in client has it.
  private static let mostAddresses = 4

  /// IP addresses in the resolver's order.
  ///
  /// - Parameter program: the path of getent(1), which is part of the C library.
  static func addresses(
    of name: String, within limit: Duration, _ clock: any Clock<Duration>, asking program: String = "/usr/bin/getent"
  ) async throws(NotFound) -> [String] {
    let result = await clock.within(limit) { await ask(program, name) }
    return try (result ?? .failure(NotFound(reason: "no answer within \(limit.text)"))).get()
  }

  private static func ask(_ program: String, _ name: String) async -> Result<[String], NotFound> {
    do {
      let result = try await run(
        .path(FilePath(program)), arguments: ["ahosts", "--", name], environment: .inherit.updating(["LC_ALL": "C"]),
        output: .string(limit: 64 * 1024), error: .discarded)
      let found = addresses(in: result.standardOutput)
      return found.isEmpty ? .failure(NotFound(reason: "the resolver knows no address")) : .success(found)
    } catch {
      return .failure(NotFound(reason: String(describing: error).escapedForPeople()))
    }
  }

  /// From lines such as `127.0.0.1       STREAM localhost`: the address comes once for each kind of socket.
  static func addresses(in text: String) -> [String] {
    let lines = text.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace) }
    let found = lines.filter { $0.count >= 2 && $0[1] == "STREAM" }.map { String($0[0]) }
    return Array(found.prefix(mostAddresses))
  }
}
