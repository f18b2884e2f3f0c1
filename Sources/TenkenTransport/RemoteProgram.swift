package import TenkenModel

/// What runs on a terminal: the frames, the deadlines and caps, and the checks as quoted literals, as one POSIX shell
/// program. A value; `RemoteProgram+Text` says it in shell.
package struct RemoteProgram: Sendable {
  /// What a POSIX shell is given to do: read standard input to its end, and run it if it begins as a program of ours
  /// does. Where something on the way ate the beginning (a login shell's start-up file that reads), nothing runs.
  package static let loader = #"t=$(cat); case $t in "{ #tenken"*) eval "$t" ;; esac"#

  /// The command of the SSH channel. The login shell, whichever it is, sees only this.
  package static let command = "sh -c '\(loader)'"

  /// Of the frames. No check sees it.
  package let nonce: Nonce
  /// Of the facts: checks find it in `TENKEN_NONCE`.
  package let factNonce: Nonce
  package let checks: [Check]
  /// The specimen root that the checks look at, in `TENKEN_ROOT`; `nil` for the terminal itself.
  package let root: String?

  /// Bytes that a run says at most on one stream: of each check its cap, one byte that tells of more, and its frames;
  /// and whatever a login shell says before. A server that sends more plays another program.
  package var longestOutput: Int { checks.reduce(Self.aside) { $0 + $1.outputLimit + Self.frames } }

  private static let aside = 64 * 1024
  private static let frames = 512

  package init(nonce: Nonce, factNonce: Nonce, checks: [Check], root: String? = nil) {
    self.nonce = nonce
    self.factNonce = factNonce
    self.checks = checks
    self.root = root
  }
}
