package import TenkenModel

/// Exit code and bytes -> result and facts. Pure.
///
/// Three rules stand above the rest: what is not plainly a result is an `error`; a good answer beside a complaint on
/// stderr is `unknown`; and neither tells facts, nor does what was cut short, since rows that are missing would look like
/// rows that are not there.
package enum Judge {
  package static let factLimit = 10_000
  package static let messageLimit = 500

  /// - Parameter factNonce: what the check was told to put before its facts; a line without it is text.
  package static func observation(of capture: Capture, by check: Check, factNonce: String) -> Observation {
    let figures = check.resultProtocol == .nagios ? PerformanceData(capture.stdout) : nil
    var output = CheckOutput(figures?.text ?? capture.stdout, nonce: factNonce, declared: check.facts)
    if let figures { output.add(figures.facts) }
    let verdict = verdict(on: capture, by: check, output)
    return Observation(
      check: capture.check, result: verdict.result, message: clipped(verdict.message),
      milliseconds: capture.milliseconds, facts: verdict.keepsFacts ? output.facts : [],
      stdout: capture.stdout, stderr: capture.stderr)
  }

  private struct Verdict {
    var result: CheckResult
    var message: String
    var keepsFacts: Bool

    init(_ result: CheckResult, _ message: String) {
      (self.result, self.message, keepsFacts) = (result, message, result != .error)
    }

    /// It did not run, or not to its end: rows may be missing.
    static func unrun(_ why: String) -> Verdict {
      var verdict = Verdict(.notChecked, why)
      verdict.keepsFacts = false
      return verdict
    }

    /// What the check said is not believed, nor are its rows.
    static func doubted(_ result: CheckResult, _ complaint: String) -> Verdict {
      var verdict = Verdict(.unknown, "said \(result.rawValue), but: \(complaint)")
      verdict.keepsFacts = false
      return verdict
    }
  }

  private static func verdict(on capture: Capture, by check: Check, _ output: CheckOutput) -> Verdict {
    if capture.check != check.id || capture.digest != check.digest {
      return Verdict(.error, "another script ran (\(capture.check) \(capture.digest.short)): not believed")
    }
    switch capture.status {
    case .otherSystem:
      return Verdict(.notApplicable, "is for \(check.distributions.joined(separator: ", ")), and this is none of them")
    case .lacksProgram(let program): return .unrun("needs \(program), which is not on this terminal")
    case .lacksRoot: return .unrun(withText("needs root", firstLine(of: capture.stderr)))
    case .cut: return .unrun("the time for this terminal was over: give the sweep a longer --timeout")
    case .expired: return Verdict(.error, "still running after \(check.timeout.text): killed")
    case .exited(let status):
      if let excess = excess(capture, check) { return Verdict(.error, excess) }
      if let broken = output.broken { return Verdict(.error, broken) }
      let text = output.text.isEmpty ? firstLine(of: capture.stderr) : output.text
      switch check.resultProtocol {
      case .script: return script(status, text)
      case .sce: return checkEngine(status, text, stderr: capture.stderr, check.checkClass)
      case .nagios, .exit0:
        return foreign(check, status, text, hasSaid: !output.text.isEmpty, capture.stderr)
      }
    }
  }

  private static func excess(_ capture: Capture, _ check: Check) -> String? {
    let longest = max(capture.stdout.count, capture.stderr.count)
    guard longest > check.outputLimit else { return nil }
    return "output over its cap of \(ByteCount.text(check.outputLimit))"
  }

  private static func checkEngine(_ status: Int, _ text: String, stderr: [UInt8], _ checkClass: Check.Class) -> Verdict
  {
    guard let result = ExitStatus(status).result else {
      return Verdict(.error, withText("exit \(ExitStatus(status).meaning)", text))
    }
    if result == .error, status == ExitStatus.mended {
      return Verdict(.error, withText("a check that mended something (exit \(status))", text))
    }
    if result.isDefinite, result != .fail, let complaint = complaint(against: result, stderr, checkClass) {
      return .doubted(result, complaint)
    }
    return Verdict(result, text)
  }

  /// A script that somebody else wrote, by the protocol that its header names. A shell that could not read it ends it
  /// with 2, as a plugin says CRITICAL: what is bad without a word is not believed to be.
  private static func foreign(_ check: Check, _ status: Int, _ text: String, hasSaid: Bool, _ stderr: [UInt8])
    -> Verdict
  {
    guard let result = ExitStatus(status).result(by: check.resultProtocol) else {
      return Verdict(.error, withText("exit \(ExitStatus(status).meaning)", text))
    }
    if !hasSaid, check.resultProtocol == .nagios {
      return Verdict(.unknown, withText("exit \(status) without a word on stdout, which no plugin does", text))
    }
    if !hasSaid, result == .fail, let complaint = missingProgram(in: stderr) ?? syntaxError(in: stderr) {
      return Verdict(.error, withText("exit \(status)", complaint))
    }
    if result == .pass, let complaint = complaint(against: result, stderr, check.checkClass) {
      return .doubted(result, complaint)
    }
    return Verdict(result, text.isEmpty ? "exit \(status)" : text)
  }

  private static func syntaxError(in stderr: [UInt8]) -> String? {
    let line = firstLine(of: stderr)
    return line.lowercased().contains("syntax error") ? line : nil
  }

  /// The script of one sweep has no result to tell, but one that never ran is not information.
  private static func script(_ status: Int, _ text: String) -> Verdict {
    status == 126 || status == 127
      ? Verdict(.error, withText("exit \(ExitStatus(status).meaning)", text))
      : Verdict(.informational, withText("exit \(status)", text))
  }

  /// What speaks against a good answer. A check of integrity silences what it expects, so that anything it did not is a
  /// tool that failed it; other checks may grumble, but not about a program that was not there.
  private static func complaint(against result: CheckResult, _ stderr: [UInt8], _ checkClass: Check.Class) -> String? {
    if let missing = missingProgram(in: stderr) { return missing }
    guard checkClass == .integrity, result != .informational, !stderr.isEmpty else { return nil }
    let line = firstLine(of: stderr)
    return line.isEmpty ? "its tools wrote to stderr" : line
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
    message.utf8.count <= messageLimit || message.count <= messageLimit
      ? message : message.prefix(messageLimit - 1) + "\u{2026}"
  }
}
