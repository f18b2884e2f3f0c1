#!/bin/sh
#% id: suid.files
#% version: 1
#% title: Programs with more rights than their user are those of packages
#% severity: high
#% class: integrity
#% rationale: A program with the setuid bit runs as its owner: a copy of a shell with it gives root to whoever finds it
#% rationale: again. The directories of programs, of temporary files and the homes are searched four levels deep, never on
#% rationale: file systems of a server (suid.files.deep searches the whole disk). The check fails where such a file is in a
#% rationale: place for data, is hidden, belongs to no package, may be written by others, or is a shell, an editor or an
#% rationale: interpreter. All of them are facts with their digests, to be compared over the fleet.
#% platform: linux
#% requires: awk find stat sha256sum tr
#% privilege: root
#% timeout: 60s
#% output-limit: 1m
#% cost: light
#% side-effects: none
#% param: allowed string "" "files that may be setuid or setgid although no package owns them, separated by spaces"
#% fact: suid.file path,owner,mode,sha256
#% attack: T1548.001@v19
#% nist: AC-6, CM-6, SI-7
#% iso27001: A.8.2, A.8.18
#% false-positives: Programs that were built or installed here without the package manager, sandboxes of browsers from
#% false-positives: archives, images of containers that lie unpacked on the disk: name the files in allowed.
#% remediation: Keep a copy and its digest, take the bit away (chmod ug-s), and look for who ran it: its access time, the
#% remediation: histories, auditd. A copy of a shell with the bit means that whoever put it there had been root.
#% references: chmod(1), https://attack.mitre.org/techniques/T1548/001/
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
works "$(stat -c %F "${root:-/}")" directory stat
works "$(printf 'a\nb\000c' | tr '\n\000' '+-')" a+b-c tr

mounts=$root/proc/mounts
if [ -z "$root" ]; then mounts=/proc/self/mounts; fi

# Of file systems, those that are of this machine; never those of a server, nor what is mounted when somebody looks.
remote='^(nfs|nfs4|cifs|smb3|smbfs|ncpfs|9p|afs|ceph|glusterfs|lustre|gpfs|beegfs|pvfs2|orangefs|coda|autofs|virtiofs|fuse\..*|fuse)$'

# Of the places, those that are there and on this machine; a link leads to another of them.
places() {
  for place in bin sbin usr/bin usr/sbin usr/lib usr/libexec usr/local usr/games opt tmp var/tmp dev/shm home root srv var/www run; do
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

scanned() {
  places | while read -r word place; do
    printf '%s %s %s\n' "${TENKEN_NONCE:-row}" "$word" "$place"
    if [ "$word" = place ]; then search "$root$place"; fi
  done
}

# The word before each row is not known to whoever gave a file its name.
search() {
  # shellcheck disable=SC2016  # the inner shell expands it
  MARK=${TENKEN_NONCE:-row} find "$1" -xdev -maxdepth 4 -type f \( -perm -4000 -o -perm -2000 \) -exec sh -c '
    for file do
      digest=$(sha256sum "$file" 2>/dev/null)
      digest=${digest#\\}
      printf "%s suid %s %s %s\n" "$MARK" "$(stat -c "%a %u %g" "$file")" "${digest%% *}." "$(printf "%s" "$file" | tr "\n" "\001")"
    done' sh {} + 2>&1
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
  echo "${TENKEN_NONCE:-row} end"
  packages
} | ROOT=$root ALLOWED=${XCCDF_VALUE_allowed:-} awk '
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
  function problem(text) { if (!(text in known)) problems[++found] = text; known[text] = 1 }
  # One name for what merged directories show under two: /bin and /usr/bin.
  function one(path) { return path ~ /^\/usr\/(s?bin|lib[^\/]*)\// ? substr(path, 5) : path }
  function want(path) { path = one(path); wanted[path] = path; if (path ~ /^\/(s?bin|lib[^\/]*)\//) wanted["/usr" path] = path }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    mark = ENVIRON["TENKEN_NONCE"] == "" ? "row" : ENVIRON["TENKEN_NONCE"]
    n = split(ENVIRON["ALLOWED"], list, " ")
    for (i = 1; i <= n; i++) allowed[list[i]] = 1
    # What starts a shell, or writes where it is told.
    n = split("sh bash dash ash ksh mksh zsh csh tcsh fish rbash busybox env nice nohup timeout setarch unshare nsenter chroot xargs find awk gawk mawk nawk sed ed vi vim nano view less more man tar cpio zip cp mv dd tee cat install rsync socat nc ncat nmap gdb strace perl python python2 python3 ruby lua node php docker tclsh expect git ssh scp curl wget openssl make systemctl", list, " ")
    for (i = 1; i <= n; i++) open[list[i]] = 1
  }
  $1 == "owners" { owners = $2; next }
  complete && $1 == "owned" { path = substr($0, 7); if (path in wanted) owned[wanted[path]] = 1; next }
  $1 == mark && $2 == "end" { complete = 1; next }
  $1 == mark && $2 == "place" { places++; next }
  $1 == mark && $2 == "skipped" { skipped = skipped " " visible(substr($0, length(mark) + 10)); next }
  $1 == mark && $2 == "suid" {
    mode = $3; owner = $4 ":" $5; digest = substr($6, 1, length($6) - 1)
    path = substr($0, length(mark $3 $4 $5 $6) + 11 + length(ENVIRON["ROOT"]))
    if (path in told) next
    told[path] = 1; file[++files] = path; modes[files] = mode; owner_of[files] = owner; want(path)
    if (files <= 9000) printf "%s\tfact\tsuid.file\t%s\t%s\t%s\t%s\n", ENVIRON["TENKEN_NONCE"], visible(path), owner, mode, digest
    next
  }
  function judge(path, mode, owner,  name) {
    name = path; sub(/.*\//, "", name); sub(/[0-9.]+$/, "", name)
    if (path in allowed) return
    if (path ~ /^\/(tmp|var\/tmp|dev|run|home|root|srv|media|mnt)\//) problem(path " (mode " mode ", owner " owner ") is where no such program belongs")
    else if (path ~ /\/\./) problem(path " (mode " mode ", owner " owner ") is hidden")
    else if (owners != "" && !(one(path) in owned)) problem(path " (mode " mode ", owner " owner ") belongs to no package")
    if (owner ~ /^0:/ && name in open && substr(mode, 1, length(mode) - 3) ~ /[4567]/) problem(path " is setuid root and starts what it is told")
    if (substr(mode, length(mode) - 1) ~ /^[2367]|[2367]$/) problem(path " may be written by others than its owner (mode " mode ")")
  }
  /[Pp]ermission denied/ || /not permitted/ { denied++; next }
  END {
    if (complete && !places && ENVIRON["ROOT"] != "") { print "this specimen has none of the places"; exit 105 }
    if (!complete || !places) { print "the search did not come to its end"; exit 103 }
    for (i = 1; i <= files; i++) judge(file[i], modes[i], owner_of[i])
    for (i = 1; i <= found && i <= 30; i++) print visible(problems[i])
    if (found > 30) print found - 30 " more"
    if (files > 9000) print files " files: more than can be told"
    if (denied) print denied " directories could not be entered: needs root"
    if (found) exit 102
    if (denied) exit 106
    print files + 0 " setuid and setgid files in " places " places" (owners == "" ? "; whose they are no package manager says" : "") \
      (skipped == "" ? "" : "; not of this machine and left out:" skipped)
    exit 101
  }'
