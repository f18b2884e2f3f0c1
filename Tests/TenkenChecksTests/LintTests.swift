import Foundation
import TenkenModel
import Testing

@testable import TenkenChecks

struct LintTests {
  @Test(arguments: [
    ("cat <<E\nx\nE\n", "1: a here-document or here-string"),
    ("true\ncat <<-'E'\n\tE\n", "2: a here-document or here-string"),
    ("cat <<<x\n", "1: a here-document or here-string"),
    ("echo x >file\n", "1: a redirection that writes to file"),
    ("echo x >>\"$HOME/f\"\n", "1: a redirection that writes to \"$HOME/f\""),
    ("echo x >|f\n", "1: a redirection that writes to f"),
    ("echo x 2>f\n", "1: a redirection that writes to f"),
    ("echo x >& f\n", "1: a redirection that writes to f"),
    ("exec 3<>f\n", "1: a redirection that writes to f"),
    ("{ echo x; } >f\n", "1: a redirection that writes to f"),
    ("while a; do b; done >f\n", "1: a redirection that writes to f"),
    ("x=\"$(echo \"$(b >f)\")\"\n", "1: a redirection that writes to f"),
    ("x=`echo \\`b >f\\``\n", "1: a redirection that writes to f"),
    ("case x in a) b >f ;; esac\n", "1: a redirection that writes to f"),
    ("f=$(mktemp)\n", "1: mktemp changes the terminal"),
    ("a | /usr/bin/tee x\n", "1: tee changes the terminal"),
    ("a | 't'ee x\n", "1: tee changes the terminal"),
    ("if true; then rm -f x; fi\n", "1: rm changes the terminal"),
    ("find /tmp -exec rm {} +\n", "1: rm changes the terminal"),
    ("a | xargs -n 1 rm\n", "1: rm changes the terminal"),
    ("LC_ALL=C exec touch x\n", "1: touch changes the terminal"),
    ("sed -i s/a/b/ f\n", "1: sed changes the terminal"),
    ("sed -ni p f\n", "1: sed changes the terminal"),
    ("dd if=a of=b\n", "1: dd changes the terminal"),
    ("kill -9 1\n", "1: kill changes the terminal"),
    ("find / -name x\n", "1: find from / without -xdev"),
    ("find \"$root/\" -name x\n", "1: find from / without -xdev"),
    ("find -H '/' -name x\n", "1: find from / without -xdev"),
    ("find \"${TENKEN_ROOT:-/}\" -name x\n", "1: find from / without -xdev"),
    ("find \"${root}/\" -name x\n", "1: find from / without -xdev"),
    ("du -s /\n", "1: du from / without -x"),
    ("grep -rl x /\n", "1: grep from / without a bound"),
    ("ls -lR /\n", "1: ls from / without a bound"),
    ("logger x\n", "1: logger changes the terminal"),
    ("sort -o f f\n", "1: sort changes the terminal"),
    ("tar xf a.tar\n", "1: tar changes the terminal"),
    ("sysctl -w a=b\n", "1: sysctl changes the terminal"),
    ("systemctl restart x\n", "1: systemctl changes the terminal"),
    ("dmesg -c\n", "1: dmesg changes the terminal"),
    ("journalctl --rotate\n", "1: journalctl changes the terminal"),
    ("ss -tan\n", "1: ss and no side-effects: loads-modules in the header"),
    ("iptables -L\n", "1: iptables and no side-effects: loads-modules in the header"),
    ("curl -s x\n", "1: curl and no side-effects: network in the header"),
    ("read -p x y\n", "1: read -p is not of POSIX sh"),
    ("printf -v x y\n", "1: printf -v is not of POSIX sh"),
    ("set -o pipefail\n", "1: set pipefail is not of POSIX sh"),
    ("exec </dev/null\n", "1: exec that redirects standard input"),
    ("exec 0</dev/null\n", "1: exec that redirects standard input"),
    ("exit 0\n", "1: exit 0 is no result"),
    ("exit 1\n", "1: exit 1 is no result"),
    ("exit 109\n", "1: exit 109 is no result"),
    ("exit\n", "1: exit without a result"),
    ("echo 'x\n", "1: a ' that is not closed"),
    ("[[ a = b ]]\n", "1: [[ is not of POSIX sh"),
    ("if [[ a = b ]]; then x; fi\n", "1: [[ is not of POSIX sh"),
    ("function f { x; }\n", "1: function is not of POSIX sh"),
    ("diff a <(b)\n", "1: <( is not of POSIX sh"),
    ("x=$'a\\n'\n", "1: $' is not of POSIX sh"),
    ("x=$\"a\"\n", "1: $\" is not of POSIX sh"),
    ("x=(a b)\n", "1: =( is not of POSIX sh"),
    ("x+=a\n", "1: += is not of POSIX sh"),
    ("source f\n", "1: source is not of POSIX sh"),
    ("declare -A x\n", "1: declare is not of POSIX sh"),
    ("a &>/dev/null\n", "1: &> is not of POSIX sh"),
    ("a |& b\n", "1: |& is not of POSIX sh"),
    ("((i = 1))\n", "1: (( is not of POSIX sh"),
    ("[ a == b ]\n", "1: == in [ is not of POSIX sh"),
    ("echo -e x\n", "1: echo -e is not of POSIX sh"),
    ("echo ${x//a/b}\n", "1: ${x//a/b} is not of POSIX sh"),
    ("echo \"${x:1:2}\"\n", "1: ${x:1:2} is not of POSIX sh"),
    ("echo ${x^^}\n", "1: ${x^^} is not of POSIX sh"),
    ("echo ${!x}\n", "1: ${!x} is not of POSIX sh"),
    ("echo ${x[1]}\n", "1: ${x[1]} is not of POSIX sh"),
  ])
  func `a bad line is refused, once`(body: String, problem: String) throws {
    #expect(try CheckText.lint(body) == [problem])
  }

  @Test(arguments: [
    "# rm x > y <<E [[ $'x'\nexit 101 # exit 0\n",
    "echo 'rm x > y' \"cat <<E > f\" '[[' \\> f\n",
    "awk '{ print > 0; if ((a > b) && x <<1) rm = 1 }' f 2>/dev/null >&2\n",
    "echo x >/dev/null 2>&1 3>&-\n",
    "echo tee rm mktemp exit 0\n",
    "case $x in rm | tee) y ;; '>f') z ;; esac\n",
    "for rm in tee touch; do \"$rm\"; done </etc/passwd\n",
    "echo \"${x:-a b}${x#*/}${x%%\"%\"*}${#x}${x:+y}${1:?z}$((1 << 2))$((x > y))\"\n",
    "find / -xdev -name x\nfind /etc \"$root/etc\" \"$root\" -name x\n",
    "find \"${TENKEN_ROOT-}/etc\" -name x\ndu -sx /\ngrep -r x /etc\nls -l /\n",
    "systemctl is-active x\njournalctl -q --no-pager\ndmesg\nsysctl -n a\nread -r x\nset -- -o a\n",
    "exec 3</dev/null\n",
    "exit \"$status\"\nexit 102\n",
    "sed -n 's/-i/x/p' f\nsed -e i f\nkill -0 1\nmount\ndd if=x\n",
    "read -r x <f || true\nlocal y=1\nprintf '%s\\n' \"$y\"\n",
    "x=$(case $y in a) echo ')' ;; esac)\n",
    "f() { echo \"$1\"; }\n(f x; (f y))\n",
    "[ \"$x\" = '==' ]\necho \"a == b\"\n",
    "x=a+=b\ny='(a)'\n",
  ])
  func `the same in a string, a comment or a pattern is not`(body: String) throws {
    #expect(try CheckText.lint(body) == [])
  }

  @Test func `bash may speak bash, and write no more than sh`() throws {
    let body = "function f { x+=a; y=(1 2); [[ a == b ]] && diff <(a) <(b) |& c; ((i++)); }\necho ${x//a/b} >f\n"
    #expect(try CheckText.lint(body, interpreter: "bash") == ["2: a redirection that writes to f"])
  }

  @Test func `a header without its reasons is refused`() throws {
    let script = CheckText.script(
      adding: ["#% attack: T1685.006, T1014@v19 X1@v19"], replacing: ["rationale": nil, "remediation": "x"])
    #expect(
      Lint.problems(in: try CatalogueReader.parse(CheckText.sources(script))).map(\.description) == [
        "checks/a.check/check.sh: no rationale in the header: add `#% rationale: ...`; whoever reads the finding needs it",
        "checks/a.check/check.sh:8: remediation says nothing: write it for whoever is called at night",
        "checks/a.check/check.sh:9: T1685.006 is named without its matrix: "
          + "write T1685.006@v19 (Clear Linux or Mac System Logs)",
        "checks/a.check/check.sh:9: \"X1@v19\" is not a technique of ATT&CK with the version of its matrix: "
          + "write T1685.006@v19",
      ])
  }

  @Test func `the form of the file matters too`() throws {
    func whats(_ script: String) throws -> [String] {
      Lint.problems(in: try CatalogueReader.parse(CheckText.sources(script))).map(\.what)
    }
    #expect(try whats(CheckText.script("exit 101")) == ["no newline at the end"])
    #expect(try whats(CheckText.script(shebang: "# none")) == ["no #! line"])
    #expect(try whats(CheckText.script(shebang: "#!/bin/sh -e")) == ["the first line gives the interpreter \"-e\""])
    #expect(try whats(CheckText.script("true\r\nexit 101\n")) == ["a carriage return"])
  }

  @Test func `a script of one sweep may exit as it likes`() throws {
    let sources = SourceFiles(
      origin: "", files: [.init(path: "script/x", bytes: Array("#!/bin/sh\nexit 0\n".utf8))])
    #expect(Lint.problems(in: try CatalogueReader.parse(sources)) == [])
  }

  @Test func `every check of the catalogue is clean`() throws {
    let catalogue = try Specimen.catalogue()
    #expect(catalogue.checks.map(\.id.rawValue) == (try Specimen.names()))
    #expect(Lint.problems(in: catalogue) == [])
    for check in catalogue.checks { #expect(!check.notes.isEmpty && !check.facts.isEmpty) }
  }

  @Test(arguments: [
    ("T1685.006@v19", nil), ("T1070.002@v18", "T1070.002 was revoked by version 19 of ATT&CK: write T1685.006@v19"),
    (
      "T1070.002@v19",
      "T1070.002 was revoked by version 19 of ATT&CK: write T1685.006@v19 (Clear Linux or Mac System Logs)"
    ),
    ("T1562.003", "T1562.003 was revoked by version 19 of ATT&CK: write T1690@v19"),
    ("T1098@v18", "T1098 is named from matrix \"v18\": write T1098@v19 (Account Manipulation)"),
    ("T1098", "T1098 is named without its matrix: write T1098@v19"),
    ("T1999@v19", "T1999 is not among the techniques of this catalogue"),
    ("TA0005@v19", "\"TA0005@v19\" is not a technique of ATT&CK with the version of its matrix"),
  ])
  func `a technique is one of the table, by its version`(technique: String, problem: String?) throws {
    let text = CheckText.script(adding: ["#% attack: \(technique)"])
    let problems = Lint.problems(in: try CatalogueReader.parse(CheckText.sources(text))).map(\.description)
    #expect(problems.count == (problem == nil ? 0 : 1))
    if let problem { #expect(problems[0].contains(":10: \(problem)"), "\(problems)") }
  }

  @Test func `every successor of a revoked technique is in the table, and no revoked one is`() {
    for (old, new) in AttackTechnique.successors {
      #expect(AttackTechnique.names[new] != nil)
      #expect(AttackTechnique.names[old] == nil)
    }
  }

  @Test func `a side effect that the header tells of is no problem`() throws {
    let text = CheckText.script("ss -tan\nexit 101\n", adding: ["#% side-effects: loads-modules"])
    #expect(Lint.problems(in: try CatalogueReader.parse(CheckText.sources(text))) == [])
  }
}
