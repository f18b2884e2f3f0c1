internal import Glibc
package import TenkenModel

/// A program of the system's OpenSSH client, found before anything is contacted.
package struct SystemProgram: Sendable, Hashable {
  /// `ssh`, `ssh-agent`, `ssh-add`, `ssh-keyscan`.
  package let name: String
  package let path: String

  /// Looks for it where a shell would.
  ///
  /// - Parameter searchPath: the value of `PATH`; relative directories in it are passed over.
  /// - Throws: `serviceUnavailable` where it is in none of them.
  package init(_ name: String, searchPath: String?) throws(Failure) {
    let directories = (searchPath ?? "/usr/bin:/bin").split(separator: ":").filter { $0.hasPrefix("/") }
    guard let directory = directories.first(where: { access("\($0)/\(name)", X_OK) == 0 }) else {
      throw Failure(
        .serviceUnavailable, "there is no \(name) on this station", why: "it is in no directory of PATH",
        next: "Install the package openssh-client.")
    }
    self.name = name
    path = "\(directory)/\(name)"
  }
}
