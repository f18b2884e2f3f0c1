/// The two scripts of a probe, for any POSIX shell.
enum ProbeScript {
  /// What a terminal says of itself, with whatever of uname, date, id, getent and readlink is there; the shell alone does
  /// the rest. A value is the first line of what was said; a backslash and a tab in it are escaped, as facts want them.
  static let system = #"""
    #!/bin/sh
    tab='	'
    newline='
    '
    visible() {
      shown=''
      rest=${1%%"$newline"*}
      while :; do
        case $rest in
        *[\\"$tab"]*)
          head=${rest%%[\\"$tab"]*}
          rest=${rest#"$head"}
          case $rest in
          "$tab"*) shown="$shown$head\\t" ;;
          *) shown="$shown$head\\\\" ;;
          esac
          rest=${rest#?}
          ;;
        *)
          shown=$shown$rest
          return
          ;;
        esac
      done
    }
    fact() {
      row=$1
      shift
      for value in "$@"; do
        visible "$value"
        row=$row$tab$shown
      done
      printf '%s\tfact\t%s\n' "$TENKEN_NONCE" "$row"
    }
    # In seconds, with a fraction where date(1) has one.
    now=$(date +%s.%N 2>/dev/null)
    case ${now%%.*} in
    '' | *[!0-9]*) ;;
    *) fact probe.time "$now" ;;
    esac
    uid=$(id -u 2>/dev/null)
    fact probe.login "$(id -un 2>/dev/null)" "$uid"
    fact probe.system "$(uname -s 2>/dev/null)" "$(uname -r 2>/dev/null)" "$(uname -m 2>/dev/null)"
    # Not sourced: a file of the terminal's is no program of ours.
    release() {
      value=''
      for file in /etc/os-release /usr/lib/os-release; do
        [ -r "$file" ] || continue
        while IFS= read -r line; do
          case $line in
          "$1="*) value=${line#*=} ;;
          esac
        done <"$file"
        break
      done
      value=${value#[\"\']}
      value=${value%[\"\']}
    }
    release ID
    name=$value
    release VERSION_ID
    fact probe.release "$name" "$value"
    login=''
    if command -v getent >/dev/null 2>&1; then
      entry=$(getent passwd "$uid" 2>/dev/null)
      login=${entry##*:}
    elif [ -r /etc/passwd ]; then
      while IFS=: read -r name _ number _ _ _ shell; do
        if [ "$number" = "$uid" ]; then
          login=$shell
          break
        fi
      done </etc/passwd
    fi
    sh=$(command -v sh)
    link=$(readlink -f "$sh" 2>/dev/null)
    fact probe.shell "$login" "${link:-$sh}"
    # Names of programs, between blanks.
    for program in ${XCCDF_VALUE_programs:-}; do
      if command -v "$program" >/dev/null 2>&1; then fact probe.program "$program"; fi
    done
    exit 108

    """#

  /// For a login that is root, or becomes it for the checks that need it; nothing else is asked.
  static let root = """
    #!/bin/sh
    uid=$(id -u 2>/dev/null)
    if [ "$uid" = 0 ]; then exit 108; fi
    printf '%s\\n' "the uid is ${uid:-unknown}, not 0"
    exit 106

    """
}
