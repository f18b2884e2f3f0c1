internal import Glibc

/// Who is asked for a passphrase. ssh-add(1) asks; Tenken sees to it beforehand that there is somebody.
package enum PassphraseSource: Sendable, Hashable {
  case terminal
  /// The path of a program that says it on its standard output, as `SSH_ASKPASS` names one.
  case program(String)

  private static let usualProgram = "/usr/bin/ssh-askpass"

  /// By the rules of ssh-add(1); `nil` where there is nobody.
  ///
  /// - Parameter hasTerminal: whether this process has a terminal to ask at.
  package init?(environment: [String: String], hasTerminal: Bool = Self.hasTerminal) {
    let requirement = environment["SSH_ASKPASS_REQUIRE"]?.lowercased()
    let program = environment["SSH_ASKPASS"] ?? Self.usualProgram
    let hasProgram = program.hasPrefix("/") && access(program, X_OK) == 0
    let hasDisplay = ["DISPLAY", "WAYLAND_DISPLAY"].contains { environment[$0]?.isEmpty == false }
    let isPreferred = requirement == "force" || requirement == "prefer" && hasDisplay
    if hasProgram, isPreferred || !hasTerminal && hasDisplay && requirement != "never" {
      self = .program(program)
    } else if hasTerminal, requirement != "force" {
      self = .terminal
    } else {
      return nil
    }
  }

  package static var hasTerminal: Bool {
    let descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { return false }
    close(descriptor)
    return true
  }
}
