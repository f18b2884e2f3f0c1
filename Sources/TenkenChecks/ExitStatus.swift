import TenkenModel

/// What a shell's `$?` means: first as a result of the Script Check Engine (OpenSCAP, src/SCE/sce_engine_api.h), then
/// as what shells use it for (POSIX.1-2024, Shell Command Language, 2.8.2).
struct ExitStatus {
  /// The engine's FIXED: a check must never change a terminal.
  static let mended = 109

  private let status: Int

  init(_ status: Int) { self.status = status }

  /// `nil` where the status says no result.
  var result: CheckResult? {
    switch status {
    case 101: .pass
    case 102: .fail
    case 103, Self.mended: .error
    case 104: .unknown
    case 105: .notApplicable
    case 106, 107: .notChecked
    case 108: .informational
    default: nil
    }
  }

  /// By the protocol of a script that was not written for Tenken; `nil` where the status says no result.
  ///
  /// `nagios`: Monitoring Plugins Development Guidelines, "Plugin Return Codes". `exit0`: what a shell says of a program
  /// that it could not run, or that a signal ended, is no answer of the program's.
  func result(by resultProtocol: Check.ResultProtocol) -> CheckResult? {
    switch resultProtocol {
    case .sce: result
    case .nagios: [0: .pass, 1: .fail, 2: .fail, 3: .unknown][status]
    case .exit0: status == 0 ? .pass : status < 126 ? .fail : nil
    case .script: nil
    }
  }

  /// `127 (a command was not found)`.
  var meaning: String {
    switch status {
    case 0: "0 (the script ended without a result)"
    case 2: "2 (often a syntax error)"
    case 126: "126 (a command could not be run)"
    case 127: "127 (a command was not found)"
    case 129...192: "\(status) (killed by \(Self.signals[status - 128] ?? "signal \(status - 128)"))"
    default: "\(status) (no result of the protocol)"
    }
  }

  private static let signals = [
    1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL",
    11: "SIGSEGV", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM", 24: "SIGXCPU", 25: "SIGXFSZ", 31: "SIGSYS",
  ]
}
