#!/bin/sh
#% id: proc.preload
#% version: 1
#% title: No library is forced into a running program
#% severity: critical
#% class: integrity
#% rationale: A library named in LD_PRELOAD or LD_AUDIT of a running process sees and changes everything that the
#% rationale: program does: it is how user-space rootkits hide files and steal passwords in one service without touching
#% rationale: a file of the loader's (those are ld.preload's). The environments of all processes are read, which needs
#% rationale: root, and the check passes only when it has read that of its own process with the others.
#% platform: linux
#% requires: awk sed grep find tr id readlink
#% privilege: root
#% timeout: 30s
#% output-limit: 256k
#% cost: light
#% side-effects: none
#% param: allowed string "" "libraries that may be preloaded, by path or by name, separated by spaces"
#% fact: proc.preload variable,library,program
#% attack: T1574.006@v19
#% nist: SI-7, CM-7(5)
#% iso27001: A.8.7, A.8.19
#% false-positives: jemalloc and tcmalloc, some endpoint protection, graphics drivers, fakeroot in a running build:
#% false-positives: name their libraries in the parameter allowed.
#% remediation: Keep a copy of the library and its digest, find the package that owns it (dpkg -S, rpm -qf). One that
#% remediation: no package owns means that no program on this terminal can be trusted: examine it from outside.
#% references: ld.so(8), https://attack.mitre.org/techniques/T1574/006/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}
proc=$root/proc

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi

# Tools whose silence would look like a machine on which all is well.
works() { [ "$1" = "$2" ] || say "$3 does not work as it should" 103; }
case $(id -u) in '' | *[!0-9]*) say "id does not work as it should" 103 ;; esac
if [ -z "$(readlink /proc/self/exe)" ]; then say "readlink does not work as it should: it does not know /proc/self/exe" 103; fi
works "$(printf 'a b\n' | sed -n 's/^a //p')" b sed
works "$(printf 'a\nb\000c' | tr '\n\000' '+-')" a+b-c tr

# One grep for all processes, which says of each file that it read how many lines matched; only those with any are
# looked at closely. What it could not open for lack of a right counts, what was gone by then does not, and any other
# word of find or grep is one of tools that do not work. /dev/null makes grep name the file even where there is one.
process_environments() {
  find "$proc" -maxdepth 2 -path "$proc/[0-9]*/environ" \
    -exec grep -c -a -e LD_PRELOAD= -e LD_AUDIT= /dev/null {} + 2>&1 |
    while read -r line; do
      case $line in
      "$proc/$$"/environ:[0-9]*) echo "own" ;;
      "$proc"/*/environ:[0-9]*) echo "seen" ;;
      esac
      case $line in
      "$proc"/*/environ:0 | /dev/null:0) ;;
      "$proc"/*/environ:[0-9]*) one_environment "${line%/environ:*}" ;;
      *'ermission denied' | *'not permitted') echo "denied" ;;
      *': No such file or directory' | *': No such process') ;;
      *) echo "broken the environments of processes: $line" ;;
      esac
    done
}

one_environment() {
  program=$(readlink "$1/exe" 2>/dev/null)
  program=$(printf '%s' "$program" | tr '\n\t' '??')
  { tr '\0' '\n' <"$1/environ"; } 2>/dev/null | sed -n "/^LD_PRELOAD=/s/^/env /p; /^LD_AUDIT=/s/^/env /p" |
    PROGRAM=$program awk '{ print $0 "\t" ENVIRON["PROGRAM"] }'
}

processes=none
user=$(id -u)
[ -z "$root" ] && processes=live
[ -n "$root" ] && [ -d "$proc" ] && processes=specimen
{
  if [ "$processes" != none ]; then process_environments; fi
  echo end
} | PROCESSES=$processes MAY_SEE_ALL=$user ALLOWED=${XCCDF_VALUE_allowed:-} awk '
  function visible(s,  i, c, out) {
    for (i = 1; i <= length(s); i++) {
      c = substr(s, i, 1)
      if (c == "\\") out = out "\\\\"
      else if (c == "\t") out = out "\\t"
      else if (c in code) out = out sprintf("\\x%02x", code[c])
      else out = out c
    }
    return out
  }
  function fact(line) { if (!(line in told)) print ENVIRON["TENKEN_NONCE"] "\tfact\t" line; told[line] = 1 }
  function problem(text) { if (!(text in known)) problems[++found] = text; known[text] = 1 }
  function libraries(source, text, program,  n, i, list, name) {
    n = split(text, list, /[ \t:]+/)
    for (i = 1; i <= n; i++) {
      if (list[i] == "") continue
      fact("proc.preload\t" source "\t" visible(list[i]) "\t" visible(program))
      name = list[i]; sub(/.*\//, "", name)
      if (!(list[i] in allowed) && !(name in allowed))
        problem(list[i] " is preloaded by " source (program == "" ? "" : " of " program))
    }
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    n = split(ENVIRON["ALLOWED"], list, " ")
    for (i = 1; i <= n; i++) allowed[list[i]] = 1
  }
  { rest = substr($0, index($0, " ") + 1) }
  $1 == "env" {
    tab = 0
    for (i = length(rest); i > 0 && !tab; i--) if (substr(rest, i, 1) == "\t") tab = i
    value = substr(rest, 1, tab - 1)
    libraries(substr(value, 1, index(value, "=") - 1), substr(value, index(value, "=") + 1), substr(rest, tab + 1))
    next
  }
  $1 == "broken" { if (broken == "") broken = rest; next }
  $1 == "own" { own++; seen++; next }
  $1 == "seen" { seen++; next }
  $1 == "denied" { denied++; next }
  $1 == "end" { complete = 1; next }
  END {
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (!complete || broken != "") { print "not everything could be read: " visible(broken); exit 103 }
    live = ENVIRON["PROCESSES"] == "live"
    if (live && ENVIRON["MAY_SEE_ALL"] != 0) missing = "the environment of other users\047 processes needs root"
    else if (denied) missing = denied " processes did not show their environment"
    if (missing != "") print missing
    unseen = live ? !own : ENVIRON["PROCESSES"] == "specimen" && !seen && !denied
    if (unseen) print "/proc does not show " (live ? "the environment of this check itself" : "any environment")
    if (found) exit 102
    if (unseen) exit 104
    if (missing != "") exit 106
    if (ENVIRON["PROCESSES"] == "none") { print "this specimen has no processes"; exit 105 }
    print "no library is preloaded; " seen " processes were looked at"
    exit 101
  }'
