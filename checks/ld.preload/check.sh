#!/bin/sh
#% id: ld.preload
#% version: 3
#% title: No library is forced into every program
#% severity: critical
#% class: integrity
#% rationale: A library named in /etc/ld.so.preload is loaded into every program, and sees and changes everything that
#% rationale: it does: it is how user-space rootkits hide files and steal passwords. A directory of temporary files, of a
#% rationale: home or of relative name in the loader's search path does the same more quietly. The libraries that are
#% rationale: mapped into this check's own awk are told as facts, to be compared over the fleet: a rootkit that hides its
#% rationale: file from every program is mapped into them. Anyone may read all of this, so that the answer needs no right;
#% rationale: LD_PRELOAD in the environment of running processes is proc.preload's.
#% platform: linux
#% requires: awk find
#% privilege: none
#% timeout: 30s
#% output-limit: 256k
#% cost: light
#% side-effects: none
#% param: allowed string "" "libraries that may be preloaded, by path or by name, separated by spaces"
#% fact: ld.preload source,library
#% fact: ld.path directory,file
#% fact: ld.mapped library
#% attack: T1574.006@v19
#% nist: SI-7, CM-7(5)
#% iso27001: A.8.7, A.8.19
#% false-positives: jemalloc and tcmalloc, some endpoint protection, graphics drivers: name their
#% false-positives: libraries in the parameter allowed.
#% remediation: Keep a copy of the library and its digest, find the package that owns it (dpkg -S, rpm -qf). One that
#% remediation: no package owns means that no program on this terminal can be trusted: examine it from outside.
#% references: ld.so(8), https://attack.mitre.org/techniques/T1574/006/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi

preload_file() {
  [ -e "$root/etc/ld.so.preload" ] || return 0
  if [ ! -f "$root/etc/ld.so.preload" ]; then
    echo "broken /etc/ld.so.preload is no regular file"
  elif [ -r "$root/etc/ld.so.preload" ]; then
    awk '{ print "preload " $0 }' "$root/etc/ld.so.preload" || echo "broken /etc/ld.so.preload"
  else
    echo "closed /etc/ld.so.preload"
  fi
}

# FILE, and what it includes, eight files deep at most.
search_path() {
  [ -e "$1" ] || return 0
  if [ ! -f "$1" ]; then
    echo "broken ${1#"$root"} is no regular file"
    return 0
  fi
  if [ ! -r "$1" ]; then
    echo "closed ${1#"$root"}"
    return 0
  fi
  while IFS=$blanks read -r word rest || [ -n "$word" ]; do
    case $word in
    '' | '#'*) ;;
    include) included "$rest" "$2" ;;
    *) searched_directory "$word" "${1#"$root"}" ;;
    esac
  done <"$1"
}

included() {
  case $1 in
  /*) set -- "$root$1" "$2" ;;
  *) set -- "$root/etc/$1" "$2" ;;
  esac
  [ "$2" -lt 8 ] || return 0
  # shellcheck disable=SC2086  # the pattern is meant to be expanded
  for file in $1; do search_path "$file" $(($2 + 1)); done
}

searched_directory() {
  kind=conf
  if [ -d "$root$1" ] && [ -n "$(find "$root$1" -prune -type d -perm -0002)" ]; then kind=open; fi
  printf '%s %s\t%s\n' "$kind" "$1" "$2"
}

# Of this awk. Without a .so it is linked statically; without a line it was not shown.
mapped() {
  awk '$6 ~ /\.so/ { print "mapped " $6 } END { if (!NR) print "broken /proc/self/maps" }' /proc/self/maps 2>/dev/null ||
    echo "broken /proc/self/maps"
}

blanks=$(printf ' \t')
IFS='
'
{
  preload_file
  search_path "$root/etc/ld.so.conf" 1
  if [ -z "$root" ]; then mapped; fi
  echo end
} | ALLOWED=${XCCDF_VALUE_allowed:-} awk '
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
  function libraries(source, text,  n, i, list, name) {
    n = split(text, list, /[ \t:]+/)
    for (i = 1; i <= n; i++) {
      if (list[i] == "") continue
      fact("ld.preload\t" source "\t" visible(list[i]))
      name = list[i]; sub(/.*\//, "", name)
      if (!(list[i] in allowed) && !(name in allowed))
        problem(list[i] " is preloaded by " source)
    }
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    n = split(ENVIRON["ALLOWED"], list, " ")
    for (i = 1; i <= n; i++) allowed[list[i]] = 1
  }
  { rest = substr($0, index($0, " ") + 1) }
  $1 == "preload" { sub(/#.*/, "", rest); libraries("/etc/ld.so.preload", rest); next }
  $1 == "conf" || $1 == "open" {
    split(rest, part, "\t"); directories++
    fact("ld.path\t" visible(part[1]) "\t" visible(part[2]))
    if ($1 == "open") problem("anyone may write in " part[1] ", which " part[2] " searches for libraries")
    else if (part[1] !~ /^\// || part[1] ~ /\/\./ || part[1] ~ /^\/(tmp|var\/tmp|dev\/shm|run\/shm|run\/user|home|root)(\/|$)/)
      problem(part[2] " searches " part[1] " for libraries")
    next
  }
  $1 == "mapped" { fact("ld.mapped\t" visible(rest)); next }
  $1 == "closed" { closed = closed " " rest; next }
  $1 == "broken" { if (broken == "") broken = rest; next }
  $1 == "end" { complete = 1; next }
  END {
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (!complete || broken != "") { print "not everything could be read: " visible(broken); exit 103 }
    if (closed != "") print "could not read" visible(closed)
    if (found) exit 102
    if (closed != "") exit 106
    print "no library is preloaded; " directories + 0 " directories are searched"
    exit 101
  }'
