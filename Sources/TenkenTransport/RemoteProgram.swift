package import TenkenModel

/// What runs on a terminal: the frames, the deadlines and caps, and the checks as quoted literals, as one POSIX shell
/// program. A value; `RemoteProgram+Text` says it in shell.
package struct RemoteProgram: Sendable {
  /// What a POSIX shell is given to do: read standard input to its end, and run it if it begins as a program of ours
  /// does. Where something on the way ate the beginning (a login shell's start-up file that reads), nothing runs.
  /// The first line is for a shell that was put in our place by such a file (`exec fish`): it would take the program
  /// for its own input, and ends there.
  package static let loader =
    #"t=$(cat); case $t in "exit #tenken"*) eval "${t#exit}" ;; "#
    + #"*) echo "the program did not arrive whole: does a start-up file read standard input?" >&2 ;; esac"#

  /// The command of the SSH channel: a shell without any variable of the login's. The login shell, whichever it is,
  /// sees only this: no backslash, no `!`, and nothing but single quotes, which csh and fish read as sh does; and by
  /// their paths, since it may have aliases, or no PATH. It gives way to the command: one that stayed in between (dash
  /// does, unless told) would outlive the connection, and hide its end from the program.
  package static let command = "exec /usr/bin/env -i /bin/sh -c '\(loader)'"

  /// Of the frames. No check sees it.
  package let nonce: Nonce
  /// Of the facts: checks find it in `TENKEN_NONCE`.
  package let factNonce: Nonce
  /// In the order in which they run: those that need root come last.
  package let checks: [Check]
  /// The `PATH` of the checks, and of the program itself.
  package let searchPath: String
  /// The specimen root that the checks look at, in `TENKEN_ROOT`; `nil` for the terminal itself.
  package let root: String?
  /// How long the station waits for the end of the program; it ends itself a little earlier.
  package let deadline: Duration

  /// Bytes that a run says at most on one stream: of each check its cap, one byte that tells of more, and its frames;
  /// and whatever a login shell says before. A server that sends more plays another program.
  package var longestOutput: Int { checks.reduce(Self.aside) { $0 + $1.outputLimit + Self.frames } }

  private static let aside = 64 * 1024
  private static let frames = 512

  package static let usualSearchPath = "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin"

  package init(
    nonce: Nonce, factNonce: Nonce, checks: [Check], root: String? = nil, deadline: Duration = Limits().runTimeout,
    searchPath: String = Self.usualSearchPath
  ) {
    self.nonce = nonce
    self.factNonce = factNonce
    self.checks = checks.filter { $0.privilege == .none } + checks.filter { $0.privilege == .root }
    self.root = root
    self.searchPath = searchPath
    self.deadline = deadline
  }
}
