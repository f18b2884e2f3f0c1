#!/bin/sh
#% id: file.caps
#% version: 1
#% title: Programs with capabilities are those of packages
#% severity: medium
#% class: integrity
#% rationale: A file capability gives a program a part of root's rights without the setuid bit, and ls(1) does not show it:
#% rationale: python with cap_setuid is root for whoever knows. Programs in the directories of programs, of temporary files
#% rationale: and homes are asked, four levels deep, never on file systems of a server. The check fails where one is in a
#% rationale: place for data, is hidden, belongs to no package, or is a shell or an interpreter.
#% platform: linux
#% requires: awk find sha256sum
#% privilege: root
#% timeout: 60s
#% output-limit: 256k
#% cost: light
#% side-effects: none
#% param: allowed string "" "files that may have capabilities although no package owns them, separated by spaces"
#% fact: file.caps path,capabilities,sha256
#% attack: T1548.001@v19
#% nist: AC-6, CM-6, SI-7
#% iso27001: A.8.2, A.8.18
#% false-positives: Programs that were installed without the package manager and were given cap_net_bind_service or
#% false-positives: cap_net_raw on purpose: name the files in allowed. Where getcap (of libcap) is not installed the check is
#% false-positives: not-checked: no other program shows capabilities.
#% remediation: Keep a copy and its digest, take the capability away (setcap -r), and look for who could have set it: that
#% remediation: needs root.
#% references: capabilities(7), getcap(8), https://attack.mitre.org/techniques/T1548/001/
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
works "$(printf 'ab' | sha256sum)" "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603  -" sha256sum

tool=
for place in /usr/sbin/getcap /sbin/getcap /usr/bin/getcap /bin/getcap; do
  if [ -x "$place" ]; then tool=$place && break; fi
done
if [ -z "$tool" ]; then say "needs getcap, which is not installed" 106; fi

mounts=$root/proc/mounts
if [ -z "$root" ]; then mounts=/proc/self/mounts; fi
# Of file systems, those that are of this machine; never those of a server, nor what is mounted when somebody looks.
remote='^(nfs|nfs4|cifs|smb3|smbfs|ncpfs|9p|afs|ceph|glusterfs|lustre|gpfs|beegfs|pvfs2|orangefs|coda|autofs|virtiofs|fuse\..*|fuse)$'

# Of the places, those that are there and on this machine; a link leads to another of them.
places() {
  for place in bin sbin usr/bin usr/sbin usr/libexec usr/local usr/games opt tmp var/tmp dev/shm home root srv var/www run; do
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

# A row is believed when the tool says the same of that file alone: a name with a newline forges none.
confirmed() {
  while IFS= read -r row; do
    case $row in
    *'ermission denied'* | *'not permitted'*) echo "denied" && continue ;;
    *' cap_'* | *' ='*) ;;
    *) continue ;;
    esac
    file=${row% *}
    file=${file%' ='}
    if [ -f "$file" ] && [ "$("$tool" "$file" 2>/dev/null)" = "$row" ]; then
      digest=$(sha256sum "$file" 2>/dev/null)
      digest=${digest#\\}
      printf 'caps %s %s %s\n' "${row##* }" "${digest%% *}." "$file"
    else
      printf 'odd %s\n' "$row"
    fi
  done
}

scanned() {
  places | while read -r word place; do
    if [ "$word" = skipped ]; then echo "skipped $place" && continue; fi
    echo "place $place"
    find "$root$place" -xdev -maxdepth 4 -type f \( -perm -100 -o -perm -010 -o -perm -001 \) -exec "$tool" {} + 2>&1 | confirmed
  done
}

packages() {
  for list in "$root"/var/lib/dpkg/info/*.list; do
    [ -r "$list" ] || continue
    echo "owners dpkg"
    awk '{ print "owned " $0 }' "$root"/var/lib/dpkg/info/*.list
    return
  done
  if [ -r "$root/lib/apk/db/installed" ]; then
    echo "owners apk"
    awk '/^F:/ { directory = substr($0, 3) } /^R:/ { print "owned /" directory "/" substr($0, 3) }' "$root/lib/apk/db/installed"
  elif [ -z "$root" ] && command -v rpm >/dev/null 2>&1; then
    echo "owners rpm"
    rpm -q -a --qf '[owned %{FILENAMES}\n]' 2>/dev/null
  fi
}

{
  scanned
  echo end
  packages
} | ROOT=$root ALLOWED=${XCCDF_VALUE_allowed:-} awk '
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
  function problem(text) { if (!(text in known)) problems[++found] = text; known[text] = 1 }
  # One name for what merged directories show under two: /bin and /usr/bin.
  function one(path) { return path ~ /^\/usr\/(s?bin|lib[^\/]*)\// ? substr(path, 5) : path }
  function want(path) { path = one(path); wanted[path] = path; if (path ~ /^\/(s?bin|lib[^\/]*)\//) wanted["/usr" path] = path }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    n = split(ENVIRON["ALLOWED"], list, " ")
    for (i = 1; i <= n; i++) allowed[list[i]] = 1
    n = split("sh bash dash ash ksh mksh zsh busybox env find awk gawk mawk vi vim nano less tar cp mv dd tee cat rsync socat nc gdb strace perl python ruby lua node php docker openssl", list, " ")
    for (i = 1; i <= n; i++) open[list[i]] = 1
  }
  $1 == "owners" { owners = $2; next }
  complete && $1 == "owned" { path = substr($0, 7); if (path in wanted) owned[wanted[path]] = 1; next }
  $1 == "place" { places++; next }
  $1 == "skipped" { skipped = skipped " " visible(substr($0, 9)); next }
  $1 == "denied" { denied++; next }
  $1 == "odd" { if (++odd == 1) problem("a file with capabilities has a name that is made not to be read: " substr($0, 5 + length(ENVIRON["ROOT"]))); next }
  $1 == "end" { complete = 1; next }
  $1 == "caps" {
    path = substr($0, length($2 $3) + 8 + length(ENVIRON["ROOT"])); file[++files] = path; held[files] = $2; want(path)
    printf "%s\tfact\tfile.caps\t%s\t%s\t%s\n", ENVIRON["TENKEN_NONCE"], visible(path), visible($2), substr($3, 1, length($3) - 1)
    next
  }
  function judge(path, caps,  name) {
    name = path; sub(/.*\//, "", name); sub(/[0-9.]+$/, "", name)
    if (path in allowed) return
    if (path ~ /^\/(tmp|var\/tmp|dev|run|home|root|srv|var\/www)\//) problem(path " (" caps ") is where no such program belongs")
    else if (path ~ /\/\./) problem(path " (" caps ") is hidden")
    else if (owners != "" && !(one(path) in owned)) problem(path " (" caps ") belongs to no package")
    if (name in open) problem(path " (" caps ") starts what it is told")
  }
  END {
    if (complete && !places && ENVIRON["ROOT"] != "") { print "this specimen has none of the places"; exit 105 }
    if (!complete || !places) { print "the search did not come to its end"; exit 103 }
    for (i = 1; i <= files; i++) judge(file[i], held[i])
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (denied) print denied " directories or files could not be looked at: needs root"
    if (found) exit 102
    if (denied) exit 106
    print files + 0 " programs with capabilities in " places " places" (skipped == "" ? "" : "; not of this machine and left out:" skipped)
    exit 101
  }'
