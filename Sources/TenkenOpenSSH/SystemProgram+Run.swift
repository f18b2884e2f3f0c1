internal import Subprocess
internal import SystemPackage
internal import TenkenModel

extension SystemProgram {
  /// Runs it to its end with nothing to read and nobody to ask; it may exit with anything.
  ///
  /// - Parameter environment: all of it, but for `PATH` and `LC_ALL`.
  func run(
    _ arguments: [String], environment: [String: String] = [:]
  ) async throws(Failure) -> (output: String, errors: String) {
    let variables = environment.merging(["PATH": "/usr/bin:/bin", "LC_ALL": "C"]) { given, _ in given }
    do {
      let result = try await Subprocess.run(
        .path(FilePath(path)), arguments: Arguments(arguments),
        environment: .custom(Dictionary(uniqueKeysWithValues: variables.map { (.init(stringLiteral: $0), $1) })),
        output: .string(limit: 256 * 1024), error: .string(limit: 64 * 1024))
      return (result.standardOutput, result.standardError)
    } catch {
      throw Failure(
        .serviceUnavailable, "\(path) cannot be run", why: String(describing: error).escapedForPeople(),
        next: "See that the package openssh-client is whole.")
    }
  }
}
