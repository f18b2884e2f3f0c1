import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenChecks

/// Runs checks as the remote program runs them, but under a shell of the test's choice: an empty environment, the
/// script on standard input, `SHELL -c 'eval "$(cat)"' NAME`.
struct CheckRun {
  static let nonce = "5af0c2de91b34e7788aa6d10f2c39b54"

  /// A directory of the test's own.
  let directory: URL
  let shell: ShellUnderTest

  var applets: URL { directory.appending(path: "applets") }
  var root: URL { directory.appending(path: "a root") }

  func plant(_ fixture: Fixture) throws {
    try? FileManager.default.removeItem(at: root)
    try FileManager.default.createDirectory(
      at: root, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    // An ordinary login must get in.
    chmod(directory.path(), 0o755)
    let plant = fixture.plant
    let log = open(directory.appending(path: "plant.log").path(), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(log) }
    let status = try ChildProcess("/bin/sh", [plant, root.path(percentEncoded: false)], output: log).wait()
    // The convention of automake: what it takes is not to be had here.
    if status == 77 { try Test.cancel("\(fixture) cannot be planted on this machine") }
    guard status == 0 else { throw InputProblem(file: plant, what: "it ended with \(status)", fix: "see plant.log") }
  }

  /// - Parameters:
  ///   - wrapper: words before the command, such as those of strace(1).
  ///   - root: the specimen root, `nil` for the machine itself.
  ///   - tools: a directory of programs that come before those of the machine.
  func observe(
    _ check: Check, root: URL?, parameters: [String: String] = [:], wrapper: [String] = [], ordinary: Bool = false,
    tools: URL? = nil
  ) throws -> Observation {
    let script = directory.appending(path: "script")
    try Data(check.script).write(to: script)
    let words =
      wrapper + (ordinary ? Self.asNobody : []) + ["/usr/bin/env", "-i"]
      + environment(check, root, parameters, tools) + shell.command(applets: applets)
      + ["-c", #"eval "$(cat)""#, check.id.rawValue]
    let redirect = #"cd / && in=$1 out=$2 err=$3 && shift 3 && exec "$@" <"$in" >"$out" 2>"$err""#
    let streams = [script, directory.appending(path: "out"), directory.appending(path: "err")]
    let null = open("/dev/null", O_WRONLY)
    defer { close(null) }
    let status = try ChildProcess(
      "/bin/sh", ["-c", redirect, "sh"] + streams.map { $0.path() } + words, output: null
    ).wait()
    let capture = Capture(
      check: check.id, digest: check.digest, status: .exited(Int(status)), milliseconds: nil,
      stdout: Array(try Data(contentsOf: streams[1])), stderr: Array(try Data(contentsOf: streams[2])))
    return Judge.observation(of: capture, by: check, factNonce: Self.nonce)
  }

  private func environment(_ check: Check, _ root: URL?, _ parameters: [String: String], _ tools: URL?) -> [String] {
    let values = check.parameters.map { "XCCDF_VALUE_\($0.name)=\(parameters[$0.name] ?? $0.value)" }
    let path = (tools.map { "\($0.path()):" } ?? "") + shell.path(applets: applets)
    return ["PATH=\(path)", "LC_ALL=C", "HOME=/", "TENKEN_NONCE=\(Self.nonce)"]
      + (root.map { ["TENKEN_ROOT=\($0.path(percentEncoded: false))"] } ?? []) + values
  }

  static var isRoot: Bool { getuid() == 0 }
  /// Whether a run without root's rights is possible.
  static var canBeOrdinary: Bool { !isRoot || Specimen.program("setpriv") != nil }

  private static var asNobody: [String] {
    isRoot ? [Specimen.program("setpriv") ?? "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []
  }
}
