import Testing

@testable import TenkenOpenSSH

struct PassphraseSourceTests {
  private static let program = "/bin/true"
  private static let asking = ["SSH_ASKPASS": program]

  private static func source(_ environment: [String: String], hasTerminal: Bool) -> PassphraseSource? {
    PassphraseSource(environment: asking.merging(environment) { $1 }, hasTerminal: hasTerminal)
  }

  @Test(
    arguments: [
      // As ssh-add(1) has it: the terminal comes first, a program needs a display, SSH_ASKPASS_REQUIRE overrules both.
      ([:], true, .terminal), ([:], false, nil),
      (["DISPLAY": ":0"], true, .terminal), (["DISPLAY": ":0"], false, .program(program)),
      (["WAYLAND_DISPLAY": "w"], false, .program(program)), (["DISPLAY": ""], false, nil),
      (["SSH_ASKPASS_REQUIRE": "force"], true, .program(program)),
      (["SSH_ASKPASS_REQUIRE": "FORCE"], false, .program(program)),
      (["SSH_ASKPASS_REQUIRE": "prefer"], true, .terminal), (["SSH_ASKPASS_REQUIRE": "prefer"], false, nil),
      (["SSH_ASKPASS_REQUIRE": "prefer", "DISPLAY": ":0"], true, .program(program)),
      (["SSH_ASKPASS_REQUIRE": "never", "DISPLAY": ":0"], true, .terminal),
      (["SSH_ASKPASS_REQUIRE": "never", "DISPLAY": ":0"], false, nil),
      // A program that cannot be run says nothing.
      (["SSH_ASKPASS_REQUIRE": "force", "SSH_ASKPASS": "/nowhere/ask"], false, nil),
      (["SSH_ASKPASS_REQUIRE": "force", "SSH_ASKPASS": "/etc/passwd"], true, nil),
      (["SSH_ASKPASS_REQUIRE": "force", "SSH_ASKPASS": "true"], false, nil),
      (["DISPLAY": ":0", "SSH_ASKPASS": "/nowhere/ask"], true, .terminal),
    ] as [([String: String], Bool, PassphraseSource?)])
  func `who is asked follows the rules of ssh-add`(
    environment: [String: String], hasTerminal: Bool, expected: PassphraseSource?
  ) {
    #expect(Self.source(environment, hasTerminal: hasTerminal) == expected)
  }
}
