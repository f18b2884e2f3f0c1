import Foundation

/// This machine as another might be: accounts, rules of sudo, files and programs of its own, in a mount namespace that
/// ends with the program that runs in it. Outside of it nothing changes. For root only.
package struct PrivateMachine: Sendable {
  package struct Account: Sendable {
    package var name: String
    package var shell = "/bin/sh"
    package var uid = 4711

    package init(_ name: String, shell: String = "/bin/sh", uid: Int = 4711) {
      (self.name, self.shell, self.uid) = (name, shell, uid)
    }

    package var home: String { "\(PrivateMachine.directory)/home/\(name)" }
  }

  /// A file with these contents, under `/etc` or a home.
  package struct File: Sendable {
    package var path: String
    package var text: String
    package var mode = "644"

    package init(_ path: String, _ text: String, mode: String = "644") {
      (self.path, self.text, self.mode) = (path, text, mode)
    }
  }

  /// Where a file system of its own holds its `/etc` and the homes.
  package static let directory = "/mnt"

  package var accounts: [Account] = []
  package var files: [File] = []
  /// The program that is its `/bin/sh`; its own where `nil`.
  package var shell: String?
  /// Programs that it does not have.
  package var hidden: [String] = []
  /// Programs that it has others in the place of, each by the path of the other.
  package var standIns: [String: String] = [:]
  /// Whether busybox is its only package.
  package var isBusyboxOnly = false

  package init() {}

  /// `nil` where one can be had.
  package static let obstacle: String? = {
    guard geteuid() == 0 else { return "only root can give a process its own mounts" }
    let said = try? runTool("/usr/bin/unshare", ["-m", "mount", "-t", "tmpfs", "none", directory])
    return said == "" ? nil : "no mount namespace can be had here: \(said ?? "no unshare(1)")"
  }()

  /// What is to be run for `words` to run on it, as this account.
  package func command(_ words: [String], as account: Account? = nil) -> [String] {
    let user = account.map { ["setpriv", "--reuid", "\($0.uid)", "--regid", "\($0.uid)", "--clear-groups"] } ?? []
    return ["/usr/bin/unshare", "-m", "/bin/sh", "-c", setup, "machine"] + user + words
  }

  private var setup: String {
    var lines = [
      "set -e", "PATH=/usr/sbin:/usr/bin:/sbin:/bin; export PATH", "mount -t tmpfs -o mode=755 none \(Self.directory)",
      "mkdir \(Self.directory)/etc \(Self.directory)/home", "cp -a /etc/. \(Self.directory)/etc",
      "mount --bind \(Self.directory)/etc /etc", "rm -rf /etc/sudoers.d/* /etc/doas.conf",
    ]
    for account in accounts { lines += Self.lines(adding: account) }
    for file in files { lines += Self.lines(adding: file) }
    lines += accounts.map { "chown -R \($0.uid):\($0.uid) \($0.home)" }
    for program in hidden where !isBusyboxOnly { lines.append(Self.line(hiding: program)) }
    for (program, path) in standIns { lines.append("mount --bind \(path) /usr/bin/\(program)") }
    if let shell { lines.append("mount --bind \"$(command -v \(shell))\" \"$(readlink -f /bin/sh)\"") }
    if isBusyboxOnly { lines += linesOfBusybox }
    return (lines + ["exec \"$@\""]).joined(separator: "\n")
  }

  private static func lines(adding account: Account) -> [String] {
    [
      "echo '\(account.name):x:\(account.uid):\(account.uid)::\(account.home):\(account.shell)' >>/etc/passwd",
      "echo '\(account.name):x:\(account.uid):' >>/etc/group", "echo '\(account.name):*:19000::::::' >>/etc/shadow",
      "mkdir \(account.home)",
    ]
  }

  private static func lines(adding file: File) -> [String] {
    let text = file.text.replacing("'", with: #"'\''"#)
    return [
      "mkdir -p '\(file.path[..<(file.path.lastIndex(of: "/") ?? file.path.startIndex)])'",
      "rm -f '\(file.path)'", "printf '%s\\n' '\(text)' >'\(file.path)'", "chmod \(file.mode) '\(file.path)'",
    ]
  }

  /// Wherever it stands. What is no regular file is no program for any shell.
  private static func line(hiding program: String) -> String {
    "for d in /usr/sbin /usr/bin /sbin /bin /usr/local/bin; do "
      + "if [ -f $d/\(program) ]; then mount --bind /dev/null $d/\(program); fi; done"
  }

  /// `/usr/bin` holds the applets and nothing else; `/bin` is a link to it, as on every system of the station.
  private var linesOfBusybox: [String] {
    let bin = "\(Self.directory)/bin"
    return [
      "mkdir \(bin)", "cp \"$(command -v busybox)\" \(bin)/busybox", "\(bin)/busybox --install -s \(bin)",
      "cp --remove-destination \"$(command -v setpriv)\" \(bin)/setpriv",
    ] + hidden.map { "rm -f \(bin)/\($0)" } + [
      "for d in /usr/sbin /usr/local; do mount -t tmpfs none $d; done", "mount --bind \(bin) /usr/bin",
    ]
  }
}
