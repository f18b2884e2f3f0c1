import Foundation

/// A program that a test runs, by posix_spawn(3): no run loop and no shared signal handler.
package struct ChildProcess: Sendable {
  package let identifier: Int32

  /// Starts `path` with its standard input at end and both outputs on `output`, a descriptor of the caller's.
  ///
  /// - Parameter errors: where its standard error goes instead.
  package init(
    _ path: String, _ arguments: [String], environment: [String: String]? = nil, output: Int32, errors: Int32? = nil
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors ?? output, 2)
    let variables = environment ?? ProcessInfo.processInfo.environment
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    var assignments = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for word in words + assignments { free(word) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, path, &actions, nil, &words, &assignments)
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL) }
    identifier = child
  }

  package func signal(_ number: Int32) { kill(identifier, number) }

  /// Whether it has not ended, without waiting; it may still be waited for.
  package var isRunning: Bool {
    var information = siginfo_t()
    let flags = WEXITED | WNOHANG | WNOWAIT
    return waitid(P_PID, id_t(identifier), &information, flags) == 0 && information.si_signo == 0
  }

  /// The exit status, or 128 and the signal that ended it.
  @discardableResult
  package func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }

  /// Two ends of which no other program inherits one, not even one that is started at this very moment: a socket pair
  /// is born close-on-exec, which pipe(2) is not.
  package static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EMFILE)
    }
    return (ends[0], ends[1])
  }
}
