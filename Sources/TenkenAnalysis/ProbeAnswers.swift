/// What a terminal said of itself when it was probed. Nothing of it is proven: it is the terminal's word, and may hold
/// any character.
package struct ProbeAnswers: Sendable, Hashable {
  package var user = ""
  package var uid = ""
  /// `uname -s`, `-r` and `-m`: `Linux`, `6.1.0-18-amd64`, `x86_64`.
  package var system = ""
  package var kernel = ""
  package var machine = ""
  /// `ID` and `VERSION_ID` of os-release(5): `debian`, `12`.
  package var release = ""
  package var version = ""
  package var loginShell = ""
  /// What `sh` is: `/usr/bin/dash`.
  package var shell = ""
  /// Of the programs that it was asked for, those that are there.
  package var programs: Set<String> = []
  /// `nil` where it could not tell the time.
  package var clock: ClockOffset?

  package init() {}

  /// The platform as an inventory calls it; what no name is kept for is called as it calls itself.
  package var platform: String {
    let name = system.lowercased()
    if name == "darwin" { return "macos" }
    return ["cygwin", "mingw", "msys", "windows"].contains(where: name.hasPrefix) ? "windows" : name
  }
}
