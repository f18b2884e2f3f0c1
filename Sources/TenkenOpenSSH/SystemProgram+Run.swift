internal import Subprocess
internal import SystemPackage
internal import TenkenModel

extension SystemProgram {
  /// Runs it to its end with nothing to read and nobody to ask; it may exit with anything.
  ///
  /// - Parameters:
  ///   - environment: all of it, but for `PATH` and `LC_ALL`.
  ///   - limit: after which it is killed: an agent may never answer, and a key file may be on a disk that does not.
  func run(
    _ arguments: [String], environment: [String: String] = [:], within limit: Duration = .seconds(20),
    _ clock: any Clock<Duration> = ContinuousClock()
  ) async throws(Failure) -> (output: String, errors: String) {
    let variables = environment.merging(["PATH": "/usr/bin:/bin", "LC_ALL": "C"]) { given, _ in given }
    guard let answer = await clock.within(limit, { await answer(to: arguments, variables) }) else {
      throw Failure(
        .serviceUnavailable, "\(path) gave no answer", why: "it was killed after \(limit.text)",
        next: "Run it by hand: \(([path] + arguments).map(\.asShellWord).joined(separator: " "))")
    }
    return try answer.get()
  }

  private func answer(
    to arguments: [String], _ variables: [String: String]
  ) async -> Result<(output: String, errors: String), Failure> {
    do {
      let result = try await Subprocess.run(
        .path(FilePath(path)), arguments: Arguments(arguments),
        environment: .custom(Dictionary(uniqueKeysWithValues: variables.map { (.init(stringLiteral: $0), $1) })),
        output: .string(limit: 256 * 1024), error: .string(limit: 64 * 1024))
      return .success((result.standardOutput, result.standardError))
    } catch {
      return .failure(
        Failure(
          .serviceUnavailable, "\(path) cannot be run", why: String(describing: error).escapedForPeople(),
          next: "See that the package openssh-client is whole."))
    }
  }
}
