package import TenkenModel

/// Exit code and bytes -> result and facts. Pure.
///
/// Two rules stand above the rest: what is not plainly a result is an `error`, and an `error` tells no facts, since
/// rows that are missing would look like rows that are not there.
package enum Judge {
  package static let factLimit = 10_000
  package static let messageLimit = 500

  /// - Parameter factNonce: what the check was told to put before its facts; a line without it is text.
  package static func observation(of capture: Capture, by check: Check, factNonce: String) -> Observation {
    let output = CheckOutput(capture.stdout, nonce: factNonce, declared: check.facts)
    let verdict = verdict(on: capture, by: check, output)
    return Observation(
      check: capture.check, result: verdict.result, message: clipped(verdict.message),
      milliseconds: capture.milliseconds, facts: verdict.result == .error ? [] : output.facts,
      stdout: capture.stdout, stderr: capture.stderr)
  }

  private typealias Verdict = (result: CheckResult, message: String)

  private static func verdict(on capture: Capture, by check: Check, _ output: CheckOutput) -> Verdict {
    if capture.check != check.id || capture.digest != check.digest {
      return (.error, "another script ran (\(capture.check) \(capture.digest.short)): not believed")
    }
    switch capture.status {
    case .lacksProgram(let program): return (.notChecked, "needs \(program), which is not on this terminal")
    case .lacksRoot: return (.notChecked, "needs root")
    case .expired: return (.error, "still running after \(check.timeout.text): killed")
    case .exited(let status):
      if let excess = excess(capture, check) { return (.error, excess) }
      if let broken = output.broken { return (.error, broken) }
      let text = output.text.isEmpty ? firstLine(of: capture.stderr) : output.text
      return check.resultProtocol == .script
        ? script(status, text) : checkEngine(status, text, stderr: capture.stderr)
    }
  }

  private static func excess(_ capture: Capture, _ check: Check) -> String? {
    let longest = max(capture.stdout.count, capture.stderr.count)
    guard longest > check.outputLimit else { return nil }
    return "output over its cap of \(ByteCount.text(check.outputLimit))"
  }

  private static func checkEngine(_ status: Int, _ text: String, stderr: [UInt8]) -> Verdict {
    guard let result = ExitStatus(status).result else {
      return (.error, withText("exit \(ExitStatus(status).meaning)", text))
    }
    if result == .error, status == ExitStatus.mended {
      return (.error, withText("a check that mended something (exit \(status))", text))
    }
    if result.isDefinite, result != .fail, let complaint = missingProgram(in: stderr) {
      return (.unknown, "said \(result.rawValue), but: \(complaint)")
    }
    return (result, text)
  }

  /// The script of one sweep has no result to tell, but one that never ran is not information.
  private static func script(_ status: Int, _ text: String) -> Verdict {
    status == 126 || status == 127
      ? (.error, withText("exit \(ExitStatus(status).meaning)", text))
      : (.informational, withText("exit \(status)", text))
  }

  /// A script that goes on after a command was not found may call anything sound (dash and busybox say
  /// `x: not found`, bash `x: command not found`, mksh `x: inaccessible or not found`).
  private static func missingProgram(in stderr: [UInt8]) -> String? {
    guard !stderr.isEmpty else { return nil }
    return stderr.split(separator: 0x0A).lazy.map { String(decoding: $0.prefix(messageLimit), as: UTF8.self) }
      .first {
        $0.contains(": not found") || $0.contains("command not found") || $0.contains("inaccessible or not found")
      }
  }

  private static func firstLine(of bytes: [UInt8]) -> String {
    let lines = bytes.split(separator: 0x0A, maxSplits: 8).lazy.map { String(decoding: $0.prefix(2000), as: UTF8.self) }
    return lines.map(\.trimmed).first { !$0.isEmpty } ?? ""
  }

  private static func withText(_ start: String, _ text: String) -> String { text.isEmpty ? start : "\(start): \(text)" }

  private static func clipped(_ message: String) -> String {
    message.count <= messageLimit ? message : message.prefix(messageLimit - 1) + "\u{2026}"
  }
}
