internal import TenkenModel

extension RemoteProgram {
  /// The whole program, as it goes to the standard input of `command`.
  ///
  /// It is one brace group, so that a program that was cut short on its way is a syntax error and runs nothing; and it
  /// begins with the mark that `loader` looks for.
  package var text: [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(4096 + checks.reduce(0) { $0 + $1.script.count + 512 })
    text += "{ #tenken\ntk_n=\(nonce)\ntk_f=\(factNonce)\n".utf8
    text += Self.prelude.utf8
    for check in checks { append(check, to: &text) }
    text += "printf '\\n%s t %s\\n' \"$tk_n\" \(checks.count)\n".utf8
    text += "printf '\\n%s t %s\\n' \"$tk_n\" \(checks.count) >&2\n".utf8
    text += "exit 0\n}\n".utf8
    return text
  }

  private func append(_ check: Check, to text: inout [UInt8]) {
    let seconds = max(1, (check.timeout.wholeMilliseconds + 999) / 1000)
    text += "tk_run \(check.id) \(check.digest) \(seconds) \(check.outputLimit + 1)".utf8
    text += " \(check.interpreter) \(check.privilege.rawValue) ".utf8
    text += Self.quoted(Array(check.requires.joined(separator: " ").utf8))
    text.append(0x20)
    text += Self.quoted(check.script)
    for assignment in environment(of: check) {
      text.append(0x20)
      text += Self.quoted(Array(assignment.utf8))
    }
    text.append(0x0A)
  }

  /// The whole environment of a check: nothing of the terminal's own reaches it. The `XCCDF_` names are those that
  /// OpenSCAP's Script Check Engine gives (`src/SCE/sce_engine.c`).
  private func environment(of check: Check) -> [String] {
    var assignments = [
      "PATH=\(Self.path)", "LC_ALL=C", "HOME=/", "TENKEN_NONCE=\(factNonce)",
      "XCCDF_RESULT_PASS=101", "XCCDF_RESULT_FAIL=102", "XCCDF_RESULT_ERROR=103", "XCCDF_RESULT_UNKNOWN=104",
      "XCCDF_RESULT_NOT_APPLICABLE=105", "XCCDF_RESULT_NOT_CHECKED=106", "XCCDF_RESULT_NOT_SELECTED=107",
      "XCCDF_RESULT_INFORMATIONAL=108", "XCCDF_RESULT_FIXED=109",
    ]
    if let root { assignments.append("TENKEN_ROOT=\(root)") }
    assignments += check.parameters.map { "XCCDF_VALUE_\($0.name)=\($0.value)" }
    return assignments
  }

  private static let path = "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin"

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

  /// What every program begins with. Names begin with `tk_`; descriptors: 3 and 4 are the channel's stdout and
  /// stderr, 8 a check's stdout pipe, 9 the way of its status back.
  ///
  /// - `tk_feed` gives a script to its interpreter's standard input. `printf` is a program in mksh, and a program's
  ///   arguments end at 128 KiB, so mksh's own `print` does it there.
  /// - `tk_end` kills what is left of a check: its process group, which setsid(1) made, or where there is no setsid
  ///   its descendants by their parents' pids.
  /// - `tk_exec` runs one check with a watchdog beside it. Both are killed in the end; a watchdog that was forked but
  ///   has not yet become the leader of its group is why it is killed three times. Korn shells keep descriptors above
  ///   2 from the programs that they start, unless these are named (`9>&9`). The `sleep` must not hold
  ///   descriptor 9, or the status would wait for it.
  /// - `tk_late` ends what a check left behind out of its group and with its pipes still open: whatever carries the
  ///   nonce that only checks have in their environment. Without it one daemon would cost the terminal all that follows.
  /// - `tk_run` puts a check between its frames. Each stream goes through a `head` that ends at the cap, and one
  ///   further byte tells that it was reached.
  ///
  /// Times are the first number of /proc/uptime, to 10 ms; `-` where there is none.
  private static let prelude = #"""
    PATH=\#(path); export PATH
    LC_ALL=C; export LC_ALL
    unset IFS ENV BASH_ENV CDPATH
    umask 077
    cd /
    exec 3>&1 4>&2 </dev/null
    tk_uid=$(id -u 2>/dev/null)
    if command -v setsid >/dev/null 2>&1; then tk_s=setsid; else tk_s=; fi
    case $(command -v printf) in
    printf) tk_feed() { printf '%s\n' "$1"; } ;;
    *) tk_feed() { print -r -- "$1"; } ;;
    esac
    tk_clock() {
    tk_ms=-
    if IFS=' ' read -r tk_u tk_x 2>/dev/null </proc/uptime; then
    tk_c=${tk_u#*.}
    tk_ms=$((${tk_u%.*} * 1000 + (1$tk_c - 100) * 10))
    fi
    }
    tk_def='tk_end() {
    if [ -n "$tk_s" ]; then kill -s KILL -- "-$1" 2>/dev/null; return; fi
    for tk_p in $(ps -A -o pid= -o ppid= 2>/dev/null | awk -v root="$1" "
    { up[\$1] = \$2 }
    END { for (p in up) { for (q = p; q in up && q != root && q > 1;) q = up[q]; if (q == root) print p } }"); do
    kill -s KILL "$tk_p" 2>/dev/null
    done
    kill -s KILL "$1" 2>/dev/null
    }'
    eval "$tk_def"
    tk_exec() {
    tk_secs=$3; tk_sh=$5; tk_name=$1; tk_body=$8
    shift 8
    tk_feed "$tk_body" | $tk_s env -i "$@" "$tk_sh" -c 'eval "$(cat)"' "$tk_name" 3>&- 4>&- 9>&- &
    tk_pid=$!
    $tk_s sh -c 'sleep "$1" 9>&-; echo expired >&9; exec 9>&-; tk_s=$3; eval "$4"; tk_end "$2"' \
    tk "$tk_secs" "$tk_pid" "$tk_s" "$tk_def" >/dev/null 2>&1 3>&- 4>&- 9>&9 &
    tk_dog=$!
    wait "$tk_pid" 2>/dev/null
    tk_rc=$?
    tk_end "$tk_dog"
    kill -s KILL "$tk_dog" 2>/dev/null
    tk_end "$tk_dog"
    wait "$tk_dog" 2>/dev/null
    tk_end "$tk_pid"
    echo "$tk_rc" >&9
    }
    tk_late() {
    $tk_s sh -c 'sleep "$1" 9>&-; for p in $(grep -l -F "TENKEN_NONCE=$2" /proc/[0-9]*/environ 2>/dev/null); do
    p=${p#/proc/}; kill -s KILL "${p%/environ}" 2>/dev/null; done; echo expired >&9' \
    tk "$(($1 + 1))" "$tk_f" >/dev/null 2>&1 3>&- 4>&- 9>&9 &
    tk_dog=$!
    }
    tk_frame() {
    printf '\n%s %s\n' "$tk_n" "$*"
    printf '\n%s %s\n' "$tk_n" "$*" >&2
    }
    tk_run() {
    tk_frame b "$1" "$2"
    tk_st=
    for tk_w in "$5" env head sleep cat $7; do
    command -v "$tk_w" >/dev/null 2>&1 || { tk_st=lacks:$tk_w; break; }
    done
    if [ "$6" = root ] && [ "$tk_uid" != 0 ]; then tk_st=root; fi
    tk_took=-
    if [ -z "$tk_st" ]; then
    tk_clock; tk_began=$tk_ms
    tk_st=$(
    exec 9>&1
    tk_late "$3"
    { tk_exec "$@" 2>&1 1>&8 8>&- | head -c "$4" >&4 8>&- 9>&-; } 8>&1 | head -c "$4" >&3 9>&-
    tk_end "$tk_dog"
    kill -s KILL "$tk_dog" 2>/dev/null
    tk_end "$tk_dog"
    wait "$tk_dog" 2>/dev/null
    )
    tk_clock
    if [ "$tk_began" != - ] && [ "$tk_ms" != - ]; then tk_took=$((tk_ms - tk_began)); fi
    case $tk_st in
    *expired*) tk_st=expired ;;
    '' | *[!0-9]*) tk_st=255 ;;
    esac
    fi
    tk_frame e "$1" "$tk_st" "$tk_took"
    }

    """#
}
