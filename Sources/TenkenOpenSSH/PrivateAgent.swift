internal import Subprocess
internal import SystemPackage
internal import TenkenModel
package import TenkenTransport

/// An ssh-agent of Tenken's own for the key of one encrypted file. ssh-add(1) asks for the passphrase and decrypts the
/// key, once; neither ever comes into this process.
struct PrivateAgent {
  private let keyFile: String
  private let environment: [String: String]
  private let source: PassphraseSource
  private let agentProgram: SystemProgram
  private let addProgram: SystemProgram

  init(for keyFile: String, environment: [String: String]) throws(Failure) {
    guard let source = PassphraseSource(environment: environment) else { throw Self.nobodyToAsk(keyFile) }
    self.keyFile = keyFile
    self.environment = environment
    self.source = source
    agentProgram = try SystemProgram("ssh-agent", searchPath: environment["PATH"])
    addProgram = try SystemProgram("ssh-add", searchPath: environment["PATH"])
  }

  /// ssh-agent(1) becomes this shell, with the agent as its child. It says when the agent listens, and ends it when
  /// the pipe from Tenken closes, however Tenken ended. Were the shell itself killed, the agent would notice within ten
  /// seconds, and end too. It has a session of its own, so that Ctrl-C at the terminal does not reach it.
  ///
  /// It writes the program that asks, as well: a file that this process writes may still be open in a child that another
  /// thread has just begun to start, and the kernel runs no file that is open for writing.
  private static let keeper = """
    trap '' HUP INT TERM
    if [ -n "$2" ]; then printf '%s\\n' "$2" >"$1/ask" && chmod 700 "$1/ask"; fi
    echo listening
    read -r end
    kill "$SSH_AGENT_PID"
    rm -rf "$1"
    """

  func withKey<Value: Sendable>(_ body: (HeldKey) async throws -> Value) async throws -> Value {
    let directory = try PrivateDirectory(environment: environment)
    defer { directory.remove() }
    var options = PlatformOptions()
    options.createSession = true
    // Whatever ends `body`, the pipe closes, and the shell has time to end the agent.
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(5))]
    let result = try await run(
      .path(FilePath(agentProgram.path)),
      arguments: [
        "-a", directory.socket, "/bin/sh", "-c", Self.keeper, "tenken-agent", directory.path, question(directory),
      ],
      environment: .custom(variables(environment)), platformOptions: options, input: .inputWriter, output: .sequence,
      error: .string(limit: 4096)
    ) { process -> Result<Value, any Error>? in
      guard await Self.isListening(process.standardOutput) else { return nil }
      return await lend(directory, body)
    }
    guard let outcome = result.closureResult else { throw notStarted(result.standardError) }
    return try outcome.get()
  }

  private func question(_ directory: PrivateDirectory) -> String {
    if case .program(let program) = source { directory.question(asking: program) } else { "" }
  }

  private func lend<Value: Sendable>(
    _ directory: PrivateDirectory, _ body: (HeldKey) async throws -> Value
  ) async -> Result<Value, any Error> {
    do {
      try await addKey(to: directory)
      return .success(try await body(HeldKey(file: keyFile, socket: directory.socket)))
    } catch {
      return .failure(error)
    }
  }

  private static func isListening(_ output: SubprocessOutputSequence) async -> Bool {
    do {
      for try await _ in output { return true }
    } catch {
      // A pipe that cannot be read is one that says nothing.
    }
    return false
  }

  /// In the foreground, so that it can read from the terminal.
  private func addKey(to directory: PrivateDirectory) async throws {
    var environment = environment
    environment["SSH_AUTH_SOCK"] = directory.socket
    switch source {
    case .terminal: environment["SSH_ASKPASS_REQUIRE"] = "never"
    case .program:
      environment["SSH_ASKPASS_REQUIRE"] = "force"
      environment["SSH_ASKPASS"] = try directory.questionProgram()
    }
    let result = try await run(
      .path(FilePath(addProgram.path)), arguments: ["-q", "--", keyFile], environment: .custom(variables(environment)),
      output: .discarded, error: .string(limit: 4096))
    guard case .exited(0) = result.terminationStatus else { throw notOpened(result.standardError) }
  }

  private func variables(_ environment: [String: String]) -> [Environment.Key: String] {
    Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })
  }

  // MARK: What can go wrong

  private static func nobodyToAsk(_ keyFile: String) -> Failure {
    Failure(
      .serviceUnavailable, "the private key \(keyFile) is encrypted",
      why: "there is nobody to ask for its passphrase: no terminal, and no program by SSH_ASKPASS",
      next: "Run this at a terminal; or set SSH_ASKPASS to a program that says the passphrase and SSH_ASKPASS_REQUIRE"
        + " to force; or load the key into ssh-agent (ssh-add \(keyFile.asShellWord)) and use `identity: agent`.")
  }

  private func notStarted(_ words: String?) -> Failure {
    Failure(
      .serviceUnavailable, "no private ssh-agent can be started for \(keyFile)",
      why: Self.reason(words) ?? "\(agentProgram.path) ended at once",
      next: "Load the key into an ssh-agent of your own (ssh-add \(keyFile.asShellWord)) and use `identity: agent`.")
  }

  private func notOpened(_ words: String?) -> Failure {
    Failure(
      .permissions, "the private key \(keyFile) was not opened",
      why: Self.reason(words) ?? "the passphrase is wrong, or none was given",
      next: "Nothing was contacted. Try again; `ssh-keygen -y -f \(keyFile.asShellWord)` tries a passphrase.")
  }

  private static func reason(_ words: String?) -> String? {
    let line = words?.split(separator: "\n").last.map { String($0).escapedForPeople(maxLength: 300) }
    return line?.isEmpty == false ? line : nil
  }
}

/// Loads the keys of these encrypted files into private agents, asking for each passphrase once, and lends them. The
/// agents end with `body`, and with this process should it be killed.
///
/// - Parameters:
///   - keyFiles: paths without `~`, each once.
///   - environment: of this process, for `PATH`, `SSH_ASKPASS` and what that program needs.
/// - Throws: a `Failure` where a key was not opened; and what `body` throws.
package func withPrivateAgents<Value: Sendable>(
  for keyFiles: [String], environment: [String: String], _ body: ([HeldKey]) async throws -> Value
) async throws -> Value {
  guard let file = keyFiles.first else { return try await body([]) }
  return try await PrivateAgent(for: file, environment: environment).withKey { key in
    try await withPrivateAgents(for: Array(keyFiles.dropFirst()), environment: environment) { others in
      try await body([key] + others)
    }
  }
}
