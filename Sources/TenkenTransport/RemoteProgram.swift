package import TenkenModel

/// What runs on a terminal: the frames, the deadlines and caps, and the checks as quoted literals, as one POSIX shell
/// program. A value; `RemoteProgram+Text` says it in shell.
package struct RemoteProgram: Sendable {
  /// The command of the SSH channel. The login shell, whichever it is, sees only this; the program itself comes on
  /// standard input and is read whole before any of it runs.
  package static let command = #"sh -c 'eval "$(cat)"'"#

  /// Of the frames. No check sees it.
  package let nonce: Nonce
  /// Of the facts: checks find it in `TENKEN_NONCE`.
  package let factNonce: Nonce
  package let checks: [Check]
  /// The specimen root that the checks look at, in `TENKEN_ROOT`; `nil` for the terminal itself.
  package let root: String?

  package init(nonce: Nonce, factNonce: Nonce, checks: [Check], root: String? = nil) {
    self.nonce = nonce
    self.factNonce = factNonce
    self.checks = checks
    self.root = root
  }
}
