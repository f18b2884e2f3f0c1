import TenkenModel
import TenkenTestSupport
import TenkenTransport

/// What the conformance suite asks of every transport: the checks, and how their answers are read.
enum TransportConformance {
  static let stdout = "on stdout, without an end of line"
  static let stderr = "on stderr\n"

  static let passing = script("exit 101")
  static let failing = script("exit 102")
  static let complaining = script("printf '\(stdout)'; echo 'on stderr' >&2; exit 103")
  static let slow = script("sleep 600; exit 101")
  /// Says the nonce of the facts as a fact, and all of its environment.
  static let telling = Check.sample(
    "conformance.telling", script: "env; printf '%s\\tfact\\ta.fact\\tvalue\\n' \"$TENKEN_NONCE\"; exit 101",
    facts: [Check.FactDeclaration(name: "a.fact", columns: ["value"])])
  /// More than 1 MiB.
  static let flooding = Check.sample(
    "conformance.flooding", script: "head -c 2000000 /dev/zero | tr '\\0' x; exit 101", outputLimit: 4_000_000)

  /// A megabyte of script that says a megabyte on each stream.
  static let bulky = Check.sample(
    "conformance.bulky",
    script: String(repeating: "# a line of some forty characters, no more\n", count: 24_000)
      + "head -c 1000000 /dev/zero | tr '\\0' x & head -c 1000000 /dev/zero | tr '\\0' y >&2; wait; exit 101",
    outputLimit: 2_000_000)

  /// The same script in so many checks.
  static func several(_ count: Int) -> [Check] {
    (0..<count).map { Check.sample(ID("conformance.number-\($0)")!, script: "echo \($0); exit 101") }
  }

  static func program(_ checks: [Check]) -> RemoteProgram {
    var generator = SystemRandomNumberGenerator()
    return RemoteProgram(nonce: Nonce(using: &generator), factNonce: Nonce(using: &generator), checks: checks)
  }

  /// Runs the checks on the terminal that the endpoint names.
  static func run(
    _ checks: [Check], on endpoint: Endpoint, over transport: any Transport
  ) async throws(ContactFailure) -> (execution: Execution, frames: Frames) {
    let program = program(checks)
    let execution = try await transport.withSession(on: endpoint) { await $0.execute(program) }
    return (execution, frames(of: execution, program))
  }

  static func frames(of execution: Execution, _ program: RemoteProgram) -> Frames {
    FrameCodec.decode(
      stdout: execution.stdout, stderr: execution.stderr, nonce: program.nonce, expecting: program.checks)
  }

  private static func script(_ text: String) -> Check { Check.sample("conformance.check", script: text) }
}
