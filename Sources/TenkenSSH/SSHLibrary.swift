internal import CLibSSH2
package import TenkenModel

/// What can be told of SSH on this station before anything is contacted.
package enum SSHLibrary {
  /// The version of the libssh2 that this program runs with: `1.10.0`.
  package static var version: String { libssh2_version(0).map { String(cString: $0) } ?? "unknown" }

  /// Whether a key file could be used to log in.
  ///
  /// - Throws: what is wrong with it, and what to do.
  package static func examineKey(at path: String, home: String?) throws(Failure) {
    _ = try KeyFile.load(path, home: home)
  }
}
