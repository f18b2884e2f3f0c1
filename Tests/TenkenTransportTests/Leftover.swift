import Foundation
import TenkenTransport

/// What a check may leave running, and how a test finds it again.
enum Leftover {
  /// Starts a child, one that ignores signals, a daemon whose parents are gone and whose pipes are closed, one in a
  /// session of its own, and one that is stopped. Each stays for minutes.
  static let script = """
    sh -c 'sleep 611; :' "$TENKEN_NONCE" >/dev/null 2>&1 &
    sh -c 'trap "" TERM HUP INT QUIT; sleep 611; sleep 611' "$TENKEN_NONCE" >/dev/null 2>&1 &
    sh -c '(sh -c "sleep 611; :" "$0" &) ; :' "$TENKEN_NONCE" </dev/null >/dev/null 2>&1
    setsid sh -c '(sh -c "sleep 611; :" "$0" & :) &' "$TENKEN_NONCE" </dev/null >/dev/null 2>&1
    sh -c 'kill -s STOP $$; :' "$TENKEN_NONCE" >/dev/null 2>&1 &

    """

  /// The processes of a program that run now: its checks, what they started, and its helpers have the nonce of its facts
  /// in their environment, and `script` gives it to its own as an argument as well.
  static func running(of program: RemoteProgram) -> [String] {
    let mark = Data(program.factNonce.hex.utf8)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.filter { Int($0) != nil }.compactMap { process in
      let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
      let variables = FileManager.default.contents(atPath: "/proc/\(process)/environ") ?? Data()
      guard words.range(of: mark) != nil || variables.range(of: mark) != nil else { return nil }
      return "\(process) \(String(decoding: words, as: UTF8.self).replacing("\0", with: " "))"
    }
  }

  /// Returns once a check sleeps, or when nobody waits for it any longer.
  static func begin(of program: RemoteProgram) async {
    while !Task.isCancelled, !running(of: program).contains(where: { $0.contains("sleep 611") }) { await Task.yield() }
  }

  /// Those that are still there after `patience`; none as soon as there are none.
  static func remaining(of program: RemoteProgram, patience: Duration = .seconds(10)) async -> [String] {
    let end = ContinuousClock.now.advanced(by: patience)
    while ContinuousClock.now < end, !running(of: program).isEmpty, !Task.isCancelled { await Task.yield() }
    return running(of: program)
  }
}
