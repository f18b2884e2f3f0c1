internal import Foundation
internal import TenkenChecks
internal import TenkenCrypto
internal import TenkenModel
internal import TenkenTransport

/// A directory of this machine in which specimens are planted and checks are run on them, over a transport that
/// reaches this machine only.
struct FixtureBench: Sendable {
  /// Its answer, and how its program ended.
  struct Answer: Sendable {
    let observation: Observation
    let status: Capture.Status
  }

  /// Why there was no answer.
  struct Silence: Error {
    let reason: String
    /// Whether this machine cannot do what was asked, and nothing is wrong.
    var isOfTheMachine = false
  }

  /// What a `plant.sh` ends with whose specimen is not to be had here: the convention of automake for a skipped test.
  private static let notHere = 77

  let directory: String
  let isRoot: Bool
  let transport: @Sendable (_ shell: [String]) -> any Transport

  /// Where the link `sh`, or every applet of busybox, stands.
  private func programs(of shell: TrialShell) -> String { "\(directory)/\(shell.rawValue)" }

  /// Makes the links that let each of the shells play `sh`.
  func prepare(_ shells: [TrialShell: String]) async throws(Silence) {
    let quoted = shells.sorted { $0.key.rawValue < $1.key.rawValue }.map { shell, program in
      shell == .onlyBusybox
        ? "mkdir \(programs(of: shell).asShellWord) && "
          + "\(program.asShellWord) --install -s \(programs(of: shell).asShellWord)"
        : "mkdir \(programs(of: shell).asShellWord) && "
          + "ln -s \(program.asShellWord) \(programs(of: shell).asShellWord)/sh"
    }
    try await command((["umask 022"] + quoted).joined(separator: " && "))
  }

  /// Builds the fixture's root in `root`, which does not exist yet. Others may enter it, whatever the umask is: a
  /// check may have to run without root's rights.
  func plant(_ fixture: Fixture, in root: String) async throws(Silence) {
    let plant = "umask 022 && mkdir -p \(root.asShellWord) && exec /bin/sh"
    try await command("\(plant) \(URL(filePath: fixture.plant).path.asShellWord) \(root.asShellWord)")
  }

  /// Removes what was planted, also where the specimen closed or froze it.
  func remove(_ path: String) async {
    try? await command(
      "chattr -R -f -ia \(path.asShellWord); chmod -R u+rwX \(path.asShellWord); rm -rf \(path.asShellWord)")
  }

  /// - Parameter shell: what plays `sh`; `nil` leaves the machine as it is.
  func ask(_ check: Check, root: String?, shell: TrialShell?, ordinary: Bool) async throws(Silence) -> Answer {
    let programs = shell.map(programs)
    let usual = RemoteProgram.usualSearchPath
    let path = programs.map { shell == .onlyBusybox ? $0 : "\($0):\(usual)" } ?? usual
    let words = (ordinary ? withoutRights : []) + [programs.map { "\($0)/sh" } ?? "/bin/sh"]
    return try await run(check, root: root, path: path, words: words)
  }

  /// Neither root's rights nor a way to them: sudo(8) and doas(1) get nothing more either.
  private var withoutRights: [String] {
    ["setpriv", "--no-new-privs"] + (isRoot ? ["--reuid=65534", "--regid=65534", "--clear-groups"] : []) + ["--"]
  }

  /// Runs a line of shell as the remote program runs a check: bounded, and with whatever it started ended.
  private func command(_ line: String) async throws(Silence) {
    let script = Array("(\(line)) >&2\n".utf8)
    let check = Check(
      id: "bench", version: 1, title: "", severity: .info, checkClass: .inventory, resultProtocol: .script,
      script: script, digest: SHA256.digest(of: script), file: "bench")
    let answer = try await run(check, root: nil, path: RemoteProgram.usualSearchPath, words: ["/bin/sh"])
    guard answer.status != .exited(0) else { return }
    let said = String(decoding: answer.observation.stderr.prefix(2000), as: UTF8.self).trimmingCharacters(
      in: .whitespacesAndNewlines)
    throw Silence(
      reason: said.isEmpty ? answer.observation.message : said, isOfTheMachine: answer.status == .exited(Self.notHere))
  }

  private func run(_ check: Check, root: String?, path: String, words: [String]) async throws(Silence) -> Answer {
    var random = SystemRandomNumberGenerator()
    var limits = Limits()
    limits.runTimeout = check.timeout + .seconds(30)
    let program = RemoteProgram(
      nonce: Nonce(using: &random), factNonce: Nonce(using: &random), checks: [check], root: root,
      deadline: limits.runTimeout, searchPath: path)
    let execution = try await execute(program, limits, transport(words))
    let frames = FrameCodec.decode(
      stdout: execution.stdout, stderr: execution.stderr, nonce: program.nonce, expecting: [check])
    guard frames.isComplete, let capture = frames.captures.first else {
      let said = String(decoding: execution.stderr.prefix(500), as: UTF8.self)
      throw Silence(reason: "the program did not come to its end (\(execution.ending)): \(said)")
    }
    return Answer(
      observation: Judge.observation(of: capture, by: check, factNonce: program.factNonce.hex), status: capture.status)
  }

  private func execute(
    _ program: RemoteProgram, _ limits: Limits, _ transport: any Transport
  ) async throws(Silence) -> Execution {
    let endpoint = Endpoint(
      terminal: "here", site: "here", address: "localhost", port: 22,
      credential: Credential(name: "none", user: "none", identity: .agent), limits: limits)
    do throws(ContactFailure) {
      return try await transport.withSession(on: endpoint) { await $0.execute(program) }
    } catch {
      throw Silence(reason: error.reason)
    }
  }
}
