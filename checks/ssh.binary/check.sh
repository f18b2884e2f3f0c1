#!/bin/sh
#% id: ssh.binary
#% version: 1
#% title: The programs of the login path are those that were installed
#% severity: critical
#% class: integrity
#% rationale: A sshd, ssh, login, su or sudo that was replaced takes down every password and lets its maker in, whatever
#% rationale: the configuration says. Each of them is compared with the digest that its package has on record (dpkg, rpm,
#% rationale: apk), and the sshd that runs with the file on disk: one that was replaced after its start, or runs from
#% rationale: elsewhere, is seen by that. The digests are facts, to be compared over terminals that have the same version:
#% rationale: who forges the package's record as well is alone with his digest. Fails as well: a program of the same name
#% rationale: in /usr/local, which the shell finds first, and one that others than root may write.
#% platform: linux
#% requires: awk sed ls sha256sum md5sum sha1sum grep tr readlink stat
#% privilege: root
#% timeout: 60s
#% output-limit: 64k
#% cost: light
#% side-effects: none
#% param: allowed_paths string "" "programs in other places that are in order, by path, separated by spaces"
#% fact: program.digest path,package,version,digest
#% fact: sshd.running path,state,digest
#% attack: T1554@v19, T1556@v19
#% nist: SI-7, CM-14
#% iso27001: A.8.7, A.8.19
#% false-positives: A sshd that the site builds itself: name it in allowed_paths. Where an upgrade replaced sshd and the old
#% false-positives: one runs on, what runs cannot be compared with anything: the answer is unknown until the restart.
#% remediation: Copy the program and /proc/PID/exe, and compare them with the package of that version from a mirror. If it
#% remediation: is another, every password and key that was typed or forwarded on this terminal since is known to somebody.
#% references: https://attack.mitre.org/techniques/T1554/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}
proc=$root/proc
tab=$(printf '\t')

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
# Tools whose silence would look like a machine on which all is well.
works() { [ "$1" = "$2" ] || say "$3 does not work as it should" 103; }
works "$(printf 'ab' | sha256sum | tr -d ' -')" fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603 sha256sum
works "$(printf 'ab' | md5sum | tr -d ' -')" 187ef4436122d1cc2f40dc2b92f0eba0 md5sum
works "$(printf 'ab' | sha1sum | tr -d ' -')" da23614e02469a0d7c7bd1bdab5c9c474b1904dc sha1sum
works "$(printf 'ab' | sed 's/a/c/' | grep -c cb)" 1 grep

# TOOL FILE, in $digest; FILE, in $owner: its mode and its owner. No program more than it takes: this runs once a file.
digest_of() {
  digest=$({ "$1" <"$2"; } 2>/dev/null)
  digest=${digest%% *}
}
owner_of() {
  line=$(ls -ldnL "$1" 2>/dev/null)
  mode=${line%% *}
  line=${line#"$mode"}
  line=${line#"${line%%[! ]*}"}
  line=${line#* }
  line=${line#"${line%%[! ]*}"}
  uid=${line%% *}
  owner=${mode:-?}$tab${uid:-?}
}

names='sbin/sshd bin/ssh bin/login bin/su bin/sudo bin/passwd bin/doas sbin/dropbear lib/openssh/sshd-session lib/openssh/sshd-auth lib/openssh/sftp-server libexec/openssh/sshd-session libexec/openssh/sftp-server'

# Whoever owns the root directory stands for root in a specimen.
owner_of "${root:-}/"
admin=${owner#*"$tab"}

# Where a program stands: below /usr, or not where the system keeps both apart.
place() {
  found=
  for path in "/usr/$1" "/$1"; do
    if [ -f "$root$path" ]; then
      found=$path
      return 0
    fi
  done
  return 1
}

# What the packages have on record: package, version, digest, path without its /usr. A tag says which kind of digest.
records() {
  if [ -r "$root/var/lib/dpkg/status" ]; then
    echo "records md5"
    set --
    for name in $names; do set -- "$@" -e "$name"; done
    # /dev/null makes grep name the file even where there is one.
    grep -F "$@" /dev/null "$root"/var/lib/dpkg/info/*.md5sums 2>/dev/null | ROOT=$root NAMES=$names awk '
      BEGIN {
        n = split(ENVIRON["NAMES"], list, " ")
        for (i = 1; i <= n; i++) wanted[list[i]] = 1
        file = ENVIRON["ROOT"] "/var/lib/dpkg/status"
        while ((getline line < file) > 0) {
          if (line ~ /^Package: /) package = substr(line, 10)
          else if (line ~ /^Architecture: /) machine = substr(line, 15)
          else if (line ~ /^Version: /) { version[package] = substr(line, 10); version[package ":" machine] = substr(line, 10) }
        }
      }
      {
        at = index($0, ".md5sums:")
        package = substr($0, 1, at - 1); sub(/.*\//, "", package)
        rest = substr($0, at + 9); path = substr(rest, 35); sub(/^usr\//, "", path)
        if (path in wanted) print "record\t" package "\t" version[package] "\t" substr(rest, 1, 32) "\t" path
      }'
  elif [ -r "$root/lib/apk/db/installed" ]; then
    echo "records sha1"
    NAMES=$names awk '
      BEGIN { n = split(ENVIRON["NAMES"], list, " "); for (i = 1; i <= n; i++) wanted[list[i]] = 1 }
      /^P:/ { package = substr($0, 3) }
      /^V:/ { version = substr($0, 3) }
      /^F:/ { directory = substr($0, 3) }
      /^R:/ { path = directory "/" substr($0, 3); sub(/^usr\//, "", path) }
      /^Z:Q1/ { if (path in wanted) print "record\t" package "\t" version "\t" substr($0, 5) "\t" path; path = "" }' \
      "$root/lib/apk/db/installed"
  elif [ -z "$root" ] && command -v rpm >/dev/null 2>&1; then
    echo "records sha256"
    rpm -q --qf '[record\t%{=NAME}\t%{=VERSION}-%{=RELEASE}\t%{FILEDIGESTS}\t%{FILENAMES}\n]' \
      openssh-server openssh-clients openssh util-linux util-linux-core shadow-utils passwd sudo dropbear 2>/dev/null |
      sed -n -e 's|\t/usr/|\t|' -e 's|\t/\([^/]*/[^\t]*\)$|\t\1|' -e '/^record/p'
  fi
}

programs() {
  for name in $names; do
    place "$name" || continue
    if [ ! -r "$root$found" ]; then
      # sudo and su of some systems are not readable; root reads them all.
      printf 'closed\t%s\n' "$found"
      continue
    fi
    owner_of "$root$found"
    digest_of sha256sum "$root$found"
    sha256=$digest
    # dpkg has MD5 on record, apk SHA-1, rpm SHA-256.
    other=
    if [ -r "$root/var/lib/dpkg/status" ]; then
      digest_of md5sum "$root$found"
      other=$digest
    elif [ -r "$root/lib/apk/db/installed" ]; then
      digest_of sha1sum "$root$found"
      other=$digest
    fi
    printf 'program\t%s\t%s\t%s\t%s\t%s\n' "$name" "$found" "$sha256" "$other" "$owner"
  done
  for name in passwd ssh sshd login su doas scp sftp sudo; do
    for directory in /usr/local/sbin /usr/local/bin; do
      if [ -e "$root$directory/$name" ] || [ -h "$root$directory/$name" ]; then printf 'before\t%s\n' "$directory/$name"; fi
    done
  done
}

# The daemons themselves, not the sessions that they began. A specimen's program is the file of that name in it.
running() {
  for directory in "$proc"/[0-9]*; do
    { read -r name <"$directory/comm"; } 2>/dev/null || continue
    case $name in sshd | dropbear) ;; *) continue ;; esac
    parent=$(sed -n "s/^PPid:[ $tab]*//p" "$directory/status" 2>/dev/null)
    above=
    { read -r above <"$proc/$parent/comm"; } 2>/dev/null
    [ "$above" = "$name" ] && continue
    path=$(readlink "$directory/exe" 2>/dev/null)
    [ -n "$path" ] || { [ -d "$directory" ] && printf 'hidden\t%s\n' "$name"; continue; }
    image=$directory/exe
    if [ -n "$root" ]; then image=$root$path; fi
    digest=$({ sha256sum <"$image"; } 2>/dev/null | tr -d ' -')
    bare=${path%' (deleted)'}
    disk=
    if [ -f "$root$bare" ]; then disk=$(sha256sum <"$root$bare" | tr -d ' -'); fi
    newer=no
    for list in "$root"/var/lib/dpkg/info/openssh-server.list "$root"/var/lib/dpkg/info/dropbear-bin.list; do
      [ -e "$list" ] || continue
      if [ "$(stat -c %Y "$list")" -gt "$(stat -c %Y "$directory")" ]; then newer=yes; fi
    done
    case $bare in *"$tab"* | *'
'*) bare="a path with control characters" ;; esac
    printf 'running\t%s\t%s\t%s\t%s\t%s\n' "$name" "${digest:-none}" "${disk:-none}" "$newer" "$bare"
  done
}

{
  records
  programs
  running
  printf 'end\n'
} | ADMIN=$admin ALLOWED=${XCCDF_VALUE_allowed_paths:-} awk -F '\t' '
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
  function fact(row) { if (!(row in told)) print ENVIRON["TENKEN_NONCE"] "\tfact\t" row; told[row] = 1 }
  function problem(text) { if (!(text in known)) problems[++found] = text; known[text] = 1 }
  function digit(s, i) { return index("0123456789abcdef", substr(s, i, 1)) - 1 }
  # The 40 digits of a SHA-1 as apk writes them.
  function base64(digest,  i, bits, text) {
    digest = digest "00"
    for (i = 1; i <= 40; i += 3) {
      bits = (digit(digest, i) * 16 + digit(digest, i + 1)) * 16 + digit(digest, i + 2)
      text = text substr(letters, int(bits / 64) + 1, 1) substr(letters, bits % 64 + 1, 1)
    }
    return substr(text, 1, 27) "="
  }
  BEGIN {
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    n = split(ENVIRON["ALLOWED"], list, " ")
    for (i = 1; i <= n; i++) allowed[list[i]] = 1
  }
  /^records / { kind = substr($0, 9); next }
  $1 == "record" { owner[$5] = $2; version[$5] = $3; recorded[$5] = recorded[$5] " " $4; next }
  $1 == "program" {
    programs++; name = $2; path = $3
    fact("program.digest\t" path "\t" visible(owner[name]) "\t" visible(version[name]) "\t" $4)
    if ($7 !~ /^[0-9]+$/ || length($4) != 64) broken = path
    if ($7 != 0 && $7 != ENVIRON["ADMIN"]) problem(path " belongs to uid " $7)
    if (substr($6, 6, 1) == "w" || substr($6, 9, 1) == "w") problem("others than its owner may write " path)
    if (path in allowed) next
    if (kind == "") next
    has = kind == "md5" ? $5 : kind == "sha1" ? base64($5) : $4
    if (!(name in recorded)) problem("no package has " path)
    else if (index(recorded[name] " ", " " has " ")) compared++
    else problem(path " is not the one that " owner[name] " " version[name] " brought")
    next
  }
  $1 == "before" { if (!($2 in allowed)) problem($2 " is found before the program of the system"); next }
  $1 == "running" {
    path = $6; state = $3 == $4 ? "as on disk" : $5 == "yes" ? "from before an upgrade" : $4 == "none" ? "deleted" : "not as on disk"
    if ($3 == "none") state = "not readable"
    fact("sshd.running\t" visible(path) "\t" state "\t" $3)
    if (path in allowed) next
    if (path !~ /^(\/usr)?\/(sbin|bin|lib|libexec)\/([a-z]+\/)?(sshd|dropbear|dropbearmulti|busybox|sshd-session)$/) problem($2 " runs from " path)
    else if (state == "from before an upgrade") pending++
    else if (state == "not readable") gone++
    else if (state != "as on disk") problem("the " $2 " that runs is " state ": " path)
    next
  }
  $1 == "hidden" || $1 == "closed" { closed++; next }
  $1 == "end" { complete = 1; next }
  { broken = "the output of a tool" }
  END {
    if (!complete || broken != "") { print "could not be looked at: " visible(broken); exit 103 }
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (closed) print closed " programs could not be looked at: needs root"
    if (pending) print pending " daemons run on from before an upgrade: what runs cannot be compared until they are restarted"
    if (gone) print gone " daemons could not be read"
    if (kind == "" && programs) print "no package database (dpkg, rpm, apk) to compare with"
    print programs + 0 " programs, " compared + 0 " of them as their packages brought them"
    if (found) exit 102
    if (!programs) exit 105
    if (closed || kind == "") exit 106
    if (pending || gone) exit 104
    exit 101
  }'
