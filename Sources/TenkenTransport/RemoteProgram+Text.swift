internal import TenkenModel

extension RemoteProgram {
  /// The whole program, as it goes to the standard input of `command`.
  ///
  /// Behind its first line it is one brace group, so that a program that was cut short on its way is a syntax error and
  /// runs nothing. The checks that need root are one literal in it, which goes on to a shell of root's together with
  /// the prelude.
  package var text: [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(8192 + checks.reduce(0) { $0 + $1.script.count * 5 / 4 + 512 })
    text += "exit #tenken\n{\ntk_settings=".utf8
    text += Self.quoted(settings)
    text += Self.quotedPrelude
    text += "\ntk_limit=\(limit) tk_parent=$PPID\neval \"$tk_settings$tk_prelude\"\ntk_checks() {\n".utf8
    for check in checks where !asksForRoot(check) { append(check, to: &text) }
    appendEnd(to: &text)
    text += "}\ntk_main\n}\n".utf8
    return text
  }

  /// A specimen belongs to whoever planted it: no right of root's is asked for to look at it, and what is closed in it
  /// all the same the checks say themselves.
  private func asksForRoot(_ check: Check) -> Bool { check.privilege == .root && root == nil }

  private static let quotedPrelude = Array("\ntk_prelude=".utf8) + quoted(Array(prelude.utf8))

  /// Seconds; what is left of the deadline is for the way there and back.
  private var limit: Int64 { max(1, deadline.wholeMilliseconds / 1000 - 3) }

  /// What both programs need to know, the login's and root's, and what every check finds in its environment.
  private var settings: [UInt8] {
    var settings = Array("tk_n=\(nonce)\ntk_fact=\(factNonce)\ntk_count=\(checks.count)\n".utf8)
    settings += Self.constants
    settings += "export PATH=".utf8
    settings += Self.quoted(Array(searchPath.utf8))
    settings.append(0x0A)
    if let root {
      settings += "export TENKEN_ROOT=".utf8
      settings += Self.quoted(Array(root.utf8))
      settings.append(0x0A)
    }
    return settings
  }

  /// Beside its parameters and what `tk_exec` adds, a check sees these variables and nothing of the terminal's own. The
  /// `XCCDF_` names are those that OpenSCAP's Script Check Engine gives (`src/SCE/sce_engine.c`).
  private static let constants = Array(
    #"""
    tk_q=\'
    tk_loader='\#(loader)'
    export LC_ALL=C HOME=/
    export XCCDF_RESULT_PASS=101 XCCDF_RESULT_FAIL=102 XCCDF_RESULT_ERROR=103 XCCDF_RESULT_UNKNOWN=104
    export XCCDF_RESULT_NOT_APPLICABLE=105 XCCDF_RESULT_NOT_CHECKED=106 XCCDF_RESULT_NOT_SELECTED=107
    export XCCDF_RESULT_INFORMATIONAL=108 XCCDF_RESULT_FIXED=109

    """#.utf8)

  /// The checks that need root, where there are any, and the trailer. Whoever runs the last check writes the trailer,
  /// so that it is missing where root's shell went away.
  private func appendEnd(to text: inout [UInt8]) {
    let trailer = Array("tk_frame t \"$tk_count\"\n".utf8)
    let rooted = checks.filter(asksForRoot)
    guard !rooted.isEmpty else { return text += trailer }
    var part: [UInt8] = []
    for check in rooted { append(check, to: &part) }
    text += "tk_root ".utf8
    text += Self.quoted(part + trailer)
    for check in rooted { text += " \(check.id) \(check.digest)".utf8 }
    text.append(0x0A)
  }

  private func append(_ check: Check, to text: inout [UInt8]) {
    let seconds = max(1, (check.timeout.wholeMilliseconds + 999) / 1000)
    text += "tk_run \(check.id) \(check.digest) \(seconds) \(check.outputLimit + 1) \(check.interpreter) ".utf8
    text += Self.quoted(Array(check.requires.joined(separator: " ").utf8))
    for word in [check.distributions.joined(separator: " "), check.name] {
      text.append(0x20)
      text += Self.quoted(Array(word.utf8))
    }
    text.append(0x20)
    text += Self.quoted(check.script)
    for variable in check.parameters.flatMap(Self.variables(of:)) {
      text.append(0x20)
      text += Self.quoted(Array(variable.utf8))
    }
    text.append(0x0A)
  }

  /// As OpenSCAP's Script Check Engine gives a value (`src/SCE/sce_engine.c`); nothing here compares with anything else.
  private static func variables(of parameter: Check.Parameter) -> [String] {
    [
      "XCCDF_VALUE_\(parameter.name)=\(parameter.value)", "XCCDF_TYPE_\(parameter.name)=\(parameter.type.uppercased())",
      "XCCDF_OPERATOR_\(parameter.name)=EQUALS",
    ]
  }

  /// A literal of the shell: everything in single quotes but the single quote itself.
  private static func quoted(_ bytes: [UInt8]) -> [UInt8] {
    var literal: [UInt8] = [0x27]
    literal.reserveCapacity(bytes.count + 2)
    var rest = bytes[...]
    while let quote = rest.firstIndex(of: 0x27) {
      literal += rest[..<quote]
      literal += #"'\''"#.utf8
      rest = rest[(quote + 1)...]
    }
    literal += rest
    literal.append(0x27)
    return literal
  }
}
