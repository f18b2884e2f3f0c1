import Foundation
import TenkenTestSupport

/// A shell that a terminal may have as its `sh`, and the programs that it may have beside it.
enum ShellUnderTest: String, CaseIterable, Sendable {
  case dash, bash, mksh, busybox
  /// A terminal on which everything is busybox: no coreutils, no mawk, no GNU find.
  case onlyBusybox = "busybox for everything"

  var isInstalled: Bool { program != nil }

  private var program: String? { Specimen.program(self == .onlyBusybox ? "busybox" : rawValue) }

  static var installed: [ShellUnderTest] { allCases.filter(\.isInstalled) }

  /// The words that call it. `applets` is a directory with every applet of busybox.
  func command(applets: URL) -> [String] {
    guard let program else { return [] }
    switch self {
    case .busybox: return [program, "sh"]
    case .onlyBusybox: return [applets.appending(path: "sh").path()]
    default: return [program]
    }
  }

  func path(applets: URL) -> String {
    self == .onlyBusybox ? applets.path() : "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin"
  }

  /// Fills `directory` with a link for every applet, where there is a busybox.
  static func link(applets directory: URL) throws {
    guard let busybox = Specimen.program("busybox") else { return }
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let null = open("/dev/null", O_WRONLY)
    defer { close(null) }
    try ChildProcess(busybox, ["--install", "-s", directory.path()], output: null).wait()
  }
}
