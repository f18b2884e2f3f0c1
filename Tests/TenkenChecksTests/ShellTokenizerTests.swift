import TenkenModel
import Testing

@testable import TenkenChecks

struct ShellTokenizerTests {
  private func words(_ script: String) throws -> [[String]] {
    try ShellTokenizer.fragments(of: Array(script.utf8)).map { $0.map(\.text) }
  }

  private func commands(_ script: String) throws -> [[String]] {
    try ShellTokenizer.fragments(of: Array(script.utf8)).flatMap { ShellCommand.commands(of: $0) }
      .map { $0.words.map(\.text) }
  }

  @Test func `quotes and escapes keep a word together`() throws {
    #expect(try words(#"a'b c'"d e"\ f g"#) == [[#"a'b c'"d e"\ f"#, "g"]])
    let token = try ShellTokenizer.fragments(of: Array(#"a'b >c'"d \" e"\>f"#.utf8))[0][0]
    #expect(token.value == #"ab >cd \" e>f"#.replacing(#"\""#, with: "\""))
  }

  @Test func `comments are no tokens, a hash inside a word is no comment`() throws {
    #expect(try words("a #b > c\nd#e ${#f} $# # g") == [["a", "\n", "d#e", "${#f}", "$#"]])
  }

  @Test func `substitutions are fragments of their own, at any depth`() throws {
    #expect(
      try words(#"a "$(b "$(c >d)" `e \`f\``)""#).dropLast().map { $0.joined(separator: " ") } == [
        "c > d", "f", #"e `f`"#, #"b "$(c >d)" `e \`f\``"#,
      ])
  }

  @Test func `a case inside a substitution does not end it`() throws {
    let fragments = try words("x=$(case $a in b) c ;; (d) e ;; esac; echo case) f")
    #expect(fragments.count == 2)
    #expect(fragments[1] == ["x=$(case $a in b) c ;; (d) e ;; esac; echo case)", "f"])
    #expect(try commands("( case x in a) b ;; *) c ;; esac ) >d; $(e)").contains(["b"]))
  }

  @Test func `arithmetic is not looked into, unless it is none`() throws {
    #expect(try words("a $((1 << (2 > 1))) b") == [["a", "$((1 << (2 > 1)))", "b"]])
    #expect(try words("$((a >b) )")[0] == ["(", "a", ">", "b", ")"])
  }

  @Test func `the body of a here-document is text`() throws {
    #expect(
      try words("cat <<'E F' - <<-X\na > b '\nE F\n\t$(\n\tX\nc") == [
        ["cat", "<<", "'E F'", "-", "<<-", "X", "\n", "c"]
      ])
  }

  @Test func `a descriptor belongs to its redirection`() throws {
    let tokens = try ShellTokenizer.fragments(of: Array("a 2>&1 3<b c2>d".utf8))[0]
    #expect(tokens.map(\.text) == ["a", ">&", "1", "<", "b", "c2", ">", "d"])
    #expect(tokens.filter { $0.kind == .redirection }.map(\.value) == ["2", "3", nil])
  }

  @Test func `commands are found behind keywords, patterns are none`() throws {
    let script = """
      if a; then b | c && d; else ! e; fi
      for x in tee rm; do f; done <g
      case $y in
      tee | rm) h ;;
      esac
      while i; do { j; }; done
      k=1 l
      m() { n; }
      """
    #expect(
      try commands(script).filter { !$0.isEmpty } == [
        ["a"], ["b"], ["c"], ["d"], ["e"], ["for", "x", "in", "tee", "rm"], ["f"], ["h"], ["i"], ["j"], ["k=1", "l"],
        ["m"], ["n"],
      ])
  }

  @Test(arguments: [
    ("a 'b", 1), ("\n\"b", 2), ("$(b", 1), ("${b", 1), ("a\n`b", 2), ("$'b", 1), ("\"$(b\"", 1),
  ])
  func `what is not closed has its line`(script: String, line: Int) {
    #expect(throws: ShellSyntaxError.self) { try ShellTokenizer.fragments(of: Array(script.utf8)) }
    do { _ = try ShellTokenizer.fragments(of: Array(script.utf8)) } catch { #expect(error.line == line) }
  }

  @Test func `no text hangs or crashes it`() {
    let pieces = [
      "a", " ", "\n", "'", "\"", "`", "$", "(", ")", "{", "}", "<", ">", "&", "|", ";", "#", "\\", "case ", " in ",
      "esac", "<<", "((", "${", "x=", "1",
    ]
    var random = SplitMix64(seed: 3)
    for _ in 0..<20_000 {
      let script = (0..<Int.random(in: 0...24, using: &random)).map { _ in pieces.randomElement(using: &random)! }
      if let fragments = try? ShellTokenizer.fragments(of: Array(script.joined().utf8)) {
        for fragment in fragments { _ = ShellCommand.commands(of: fragment) }
      }
    }
  }
}
