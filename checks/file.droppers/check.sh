#!/bin/sh
#% id: file.droppers
#% version: 1
#% title: Nothing that runs lies among temporary files
#% severity: medium
#% class: integrity
#% rationale: What is brought onto a machine lands first where anyone may write: /tmp, /var/tmp, /dev/shm. Programs and
#% rationale: scripts there that have the right to be executed fail the check, so do devices there, regular files in /dev, and
#% rationale: directories with names that are made not to be seen ("...", a blank at the end). In /dev/shm the bit does not
#% rationale: matter: a program is one by its first bytes. Hidden directories are facts, to be compared over the fleet. Three
#% rationale: levels are searched, never on file systems of a server.
#% platform: linux
#% requires: awk find head sha256sum tr
#% privilege: root
#% timeout: 60s
#% output-limit: 512k
#% cost: light
#% side-effects: none
#% param: allowed string "" "beginnings of paths that may hold such files, separated by spaces"
#% fact: file.dropper path,kind,sha256
#% attack: T1059.004@v19, T1564.001@v19, T1105@v19
#% nist: SI-3, SI-4, CM-7(5)
#% iso27001: A.8.7, A.8.19
#% false-positives: Build machines, installers in mid-work, AppImages, package managers of languages: name their directories
#% false-positives: in allowed.
#% remediation: Keep the file with its times (stat) and owner before anything removes it; look for processes that run it or
#% remediation: hold it open (proc.paths, /proc/*/maps), and for its digest on every terminal (ioc.files).
#% references: hier(7), https://attack.mitre.org/techniques/T1105/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
# Tools whose silence would look like a machine on which all is well.
works() { [ "$1" = "$2" ] || say "$3 does not work as it should" 103; }
works "$(find "${root:-/}" -prune -type d -exec echo found \;)" found find
works "$(printf 'abcdef' | head -c 4)" abcd head
works "$(printf 'ab' | sha256sum)" "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603  -" sha256sum
works "$(printf 'a\nb\000c' | tr '\n\000' '+-')" a+b-c tr

mounts=$root/proc/mounts
if [ -z "$root" ]; then mounts=/proc/self/mounts; fi
# Of file systems, those that are of this machine; never those of a server, nor what is mounted when somebody looks.
remote='^(nfs|nfs4|cifs|smb3|smbfs|ncpfs|9p|afs|ceph|glusterfs|lustre|gpfs|beegfs|pvfs2|orangefs|coda|autofs|virtiofs|fuse\..*|fuse)$'

# Of the places, those that are there and on this machine; a link leads to another of them.
places() {
  for place in tmp var/tmp dev/shm run/shm run/lock dev; do
    if [ -d "$root/$place" ] && [ ! -h "$root/$place" ]; then echo "/$place"; fi
  done | MOUNTS=$mounts REMOTE=$remote awk '
    BEGIN {
      while ((getline line < ENVIRON["MOUNTS"]) > 0) { split(line, part, " "); gsub(/\\040/, " ", part[2]); type[part[2]] = part[3] }
    }
    {
      for (at = $0; at != "" && !(at in type); sub(/\/[^\/]*$/, "", at)) continue
      if (at != "" && type[at] ~ ENVIRON["REMOTE"]) print "skipped " $0 " (" type[at] ")"
      else print "place " $0
    }'
}

# Names come whole, with the byte 1 for a newline; what find complains of has no such mark before it.
names() { tr '\n\000' '\001\n' | MARK=$mark KIND=$1 awk '{ print ENVIRON["MARK"] " " ENVIRON["KIND"] " " $0 }'; }

searched() {
  case $1 in
  /dev)
    find "$root/dev" -xdev -type f ! -path "$root/dev/shm/*" ! -path "$root/dev/mqueue/*" -print0 2>/dev/null | names file
    return
    ;;
  */shm) find "$root$1" -xdev -maxdepth 3 -type f -print0 2>/dev/null | names any ;;
  *)
    find "$root$1" -xdev -maxdepth 3 -type f \( -perm -100 -o -perm -010 -o -perm -001 \) -print0 2>/dev/null | names executable
    ;;
  esac
  find "$root$1" -xdev -maxdepth 3 \( -type b -o -type c \) -print0 2>/dev/null | names device
  find "$root$1" -xdev -maxdepth 3 -type d -name '*' -print0 2>/dev/null | names directory | awk -F / '
    $NF ~ /^\./ && $NF !~ /^\.(X11|ICE|XIM|font|Test)-unix$/ || $NF ~ /[ \001-\037\177]$/'
  # What stands closed: told once for each place.
  find "$root$1" -xdev -maxdepth 3 -type d -exec sh -c 'for directory do [ -r "$directory" ] && [ -x "$directory" ] || [ ! -d "$directory" ] || echo "denied"; done' sh {} + 2>/dev/null
}

# A program or a script by its first bytes; only the first hundred are read.
judged() {
  read=0
  while IFS= read -r line; do
    case $line in
    "$mark executable "* | "$mark any "* | "$mark file "*)
      read=$((read + 1))
      if [ "$read" -gt 100 ]; then echo "more" && continue; fi
      rest=${line#"$mark "}
      path=${rest#* }
      kind=${rest%% *}
      case $path in
      *"$one"*)
        path=$(printf '%s.' "$path" | tr '\001' '\n')
        path=${path%.}
        ;;
      esac
      case $(head -c 4 "$path" 2>/dev/null | tr -d '\000') in
      '#!'*) what="script" ;;
      ?ELF) what="program" ;;
      *) if [ "$kind" = file ]; then what="file"; else continue; fi ;;
      esac
      digest=$(sha256sum "$path" 2>/dev/null)
      digest=${digest#\\}
      printf '%s found %s %s %s\n' "$mark" "$what" "${digest%% *}." "${rest#* }"
      ;;
    *) printf '%s\n' "$line" ;;
    esac
  done
}

mark=${TENKEN_NONCE:-row}
one=$(printf '\001')
{
  places | while read -r word place; do
    printf '%s %s %s\n' "$mark" "$word" "$place"
    if [ "$word" = place ]; then searched "$place"; fi
  done | judged
  echo "$mark end"
} | MARK=$mark ROOT=$root ALLOWED=${XCCDF_VALUE_allowed:-} awk '
  # A newline comes as the byte 1.
  function visible(s,  i, c, out) {
    for (i = 1; i <= length(s); i++) {
      c = substr(s, i, 1)
      if (c == "\\") out = out "\\\\"
      else if (c == "\t") out = out "\\t"
      else if (c == "\001") out = out "\\n"
      else if (c in code) out = out sprintf("\\x%02x", code[c])
      else out = out c
    }
    return out
  }
  function problem(text) { if (++found <= 30) problems[found] = text }
  function is_allowed(path,  i) { for (i = 1; i <= places_allowed; i++) if (index(path, allowed[i]) == 1) return 1; return 0 }
  function fact(path, kind, digest) {
    if (++facts <= 9000) printf "%s\tfact\tfile.dropper\t%s\t%s\t%s\n", ENVIRON["TENKEN_NONCE"], visible(path), kind, digest
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    places_allowed = split(ENVIRON["ALLOWED"], allowed, " "); mark = ENVIRON["MARK"]; from = length(ENVIRON["ROOT"])
  }
  $1 == "denied" { denied++; next }
  $1 == "more" { more++; next }
  $1 != mark { next }
  $2 == "end" { complete = 1; next }
  $2 == "place" { places++; next }
  $2 == "skipped" { skipped = skipped " " visible(substr($0, length(mark) + 10)); next }
  $2 == "found" {
    path = substr($0, length(mark $3 $4) + 10 + from)
    fact(path, $3, substr($4, 1, length($4) - 1))
    if (!is_allowed(path)) problem(path ($3 == "file" ? " is a file among devices" : " is a " $3))
    next
  }
  $2 == "device" {
    path = substr($0, length(mark) + 9 + from)
    fact(path, "device", "")
    if (!is_allowed(path)) problem(path " is a device")
    next
  }
  $2 == "directory" {
    path = substr($0, length(mark) + 12 + from); name = path; sub(/.*\//, "", name)
    fact(path, "directory", "")
    if ((name ~ /^\.[. ]/ || name ~ /[ \001-\037\177]$/ || name ~ /^\. *$/) && !is_allowed(path)) problem(path " is a directory whose name is made not to be seen")
  }
  END {
    if (complete && !places && ENVIRON["ROOT"] != "") { print "this specimen has none of the places"; exit 105 }
    if (!complete || !places) { print "the search did not come to its end"; exit 103 }
    for (i = 1; i <= found && i <= 30; i++) print visible(problems[i])
    if (found > 30) print found - 30 " more"
    if (more) print more " further files with the right to be executed were not read"
    if (denied) print denied " directories could not be entered: needs root"
    if (found) exit 102
    if (denied) exit 106
    if (more) exit 104
    print "nothing that runs in " places " places" (skipped == "" ? "" : "; not of this machine and left out:" skipped)
    exit 101
  }'
