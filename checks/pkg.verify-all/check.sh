#!/bin/sh
#% id: pkg.verify-all
#% version: 1
#% title: The files of all packages are as they were packed
#% severity: high
#% class: integrity
#% rationale: What pkg.verify-core does for the login path, for every package: it reads every file that was packed (a
#% rationale: gigabyte or two), compares it with the digest that the package manager wrote down, and tells what differs as
#% rationale: facts. It fails for what runs (programs, libraries, kernel modules, whatever has the right to be executed);
#% rationale: data that differs is a fact only, to be compared over the fleet: on nearly every machine some of it does.
#% platform: linux
#% requires: awk md5sum readlink sed sha1sum tr xargs
#% privilege: root
#% timeout: 600s
#% output-limit: 2m
#% cost: heavy
#% side-effects: none
#% param: expected string "" "beginnings of the paths of files that may differ, separated by spaces"
#% fact: pkg.changed package,version,file,state,digest
#% attack: T1554@v19, T1685@v19
#% nist: SI-7, CM-3
#% iso27001: A.8.9, A.8.19
#% false-positives: Programs that replace parts of themselves (language runtimes, browsers of vendors, self-updating agents):
#% false-positives: name their directories in expected. Prelinked programs on old Red Hat systems. rpm may touch the locks of
#% false-positives: its database while it reads.
#% remediation: Copy the file and compare it with that of the package of the same version, fetched elsewhere. A program of
#% remediation: the login path that differs means that every password and key that was used here is known to somebody.
#% references: dpkg(1), rpm(8), apk(8), https://attack.mitre.org/techniques/T1554/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
# Tools whose silence would look like a machine on which all is well.
works() { [ "$1" = "$2" ] || say "$3 does not work as it should" 103; }
if [ -z "$(readlink /proc/self/exe)" ]; then say "readlink does not work as it should: it does not know /proc/self/exe" 103; fi
works "$(printf 'a b\n' | sed -n 's/^a //p')" b sed
works "$(printf 'ab' | sha1sum)" "da23614e02469a0d7c7bd1bdab5c9c474b1904dc  -" sha1sum
works "$(printf 'a\nb\000c' | tr '\n\000' '+-')" a+b-c tr

debian=$root/var/lib/dpkg
alpine=$root/lib/apk/db/installed
redhat=
for file in "$root"/var/lib/rpm/rpmdb.sqlite "$root"/var/lib/rpm/Packages "$root"/var/lib/rpm/Packages.db \
  "$root"/usr/lib/sysimage/rpm/rpmdb.sqlite "$root"/usr/lib/sysimage/rpm/Packages.db; do
  if [ -s "$file" ]; then redhat=$file; fi
done
# rpm may be a guest on Debian, never the other way about.
if [ -s "$debian/status" ]; then
  database=$debian/status
elif [ -s "$alpine" ]; then
  database=$alpine
elif [ -n "$redhat" ]; then
  database=$redhat
else
  if [ -n "$root" ]; then say "this specimen has no packages" 105; fi
  say "no database of packages that this check can read (dpkg, apk, rpm)" 106
fi
if [ ! -r "$database" ]; then say "needs the right to read ${database#"$root"}" 106; fi

# What is said to be packed, a line each: `package NAME VERSION`, `sum NAME DIGEST PATH`, `config PATH`, `listed NAME PATH`.
installed_by_dpkg() {
  awk '
    function close_package() {
      if (name != "" && status ~ / installed$/) { print "package", name, version, architecture; printf "%s", configs }
      name = status = version = configs = architecture = ""
    }
    /^Package: / { close_package(); name = $2; inside = 0; next }
    /^Status: / { status = $0; next }
    /^Version: / { version = $2; next }
    /^Architecture: / { architecture = $2; next }
    /^Conffiles:/ { inside = 1; next }
    inside && /^ \// { sub(/^ /, ""); sub(/ [0-9a-f]+( obsolete)?( remove-on-upgrade)?$/, ""); configs = configs "config " $0 "\n"; next }
    { inside = 0 }
    END { close_package() }' "$debian/status"
}

packed_by_dpkg() {
  installed_by_dpkg
  installed_by_dpkg | {
    while IFS=' ' read -r word name _ architecture; do
      [ "$word" = package ] || continue
      stem=$debian/info/$name
      if [ ! -e "$stem.list" ]; then stem=$stem:$architecture; fi
      if [ -s "$stem.md5sums" ]; then echo "file $stem.md5sums"; fi
      if [ -s "$stem.list" ]; then echo "file $stem.list"; else echo "bare $name"; fi
    done
  } | awk '
    $1 == "bare" { print; next }
    {
      file = substr($0, 6); base = file; sub(/.*\//, "", base)
      sums = base ~ /\.md5sums$/; sub(/\.(md5sums|list)$/, "", base); sub(/:.*/, "", base)
      while ((got = (getline line < file)) > 0) {
        if (!sums) print "listed " base " " line
        else if (line ~ /^[0-9a-f]+  ./) print "sum " base " " substr(line, 1, 32) " /" substr(line, 35)
      }
      if (got < 0) print "closed " file
      close(file)
    }'
  awk 'NR % 3 == 1 { from = $0 } NR % 3 == 2 { to = $0 } NR % 3 == 0 { print "moved " $0 " " length(from) " " from to }' \
    "$debian/diversions" 2>/dev/null
}

packed_by_apk() {
  awk '
    # 28 characters of base64 as 40 hexadecimal digits.
    function hexadecimal(text,  i, bits, out) {
      for (i = 1; i <= 27; i += 4) {
        bits = ((index(letters, substr(text, i, 1)) - 1) * 64 + index(letters, substr(text, i + 1, 1)) - 1) * 4096 \
          + (index(letters, substr(text, i + 2, 1)) - 1) * 64 + (substr(text, i + 3, 1) == "=" ? 0 : index(letters, substr(text, i + 3, 1)) - 1)
        out = out sprintf("%06x", bits)
      }
      return substr(out, 1, 40)
    }
    BEGIN {
      letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    }
    /^P:/ { name = substr($0, 3); next }
    /^V:/ { print "package", name, substr($0, 3), ""; next }
    /^F:/ { directory = "/" substr($0, 3); if (directory != "/") directory = directory "/"; next }
    /^R:/ { file = substr($0, 3); next }
    /^Z:Q1/ { print "sum " name " " hexadecimal(substr($0, 5)) " " directory file }' "$alpine"
}

# `sum` lines whose paths are to be read now, as NUL-separated paths; where a package moved another's file, where it is now.
paths() {
  ROOT=$root awk '
    $1 == "moved" {
      mover = $2; rest = substr($0, length($2) + 8); size = rest + 0; sub(/^[0-9]+ /, "", rest)
      by[substr(rest, 1, size)] = mover; to[substr(rest, 1, size)] = substr(rest, size + 1)
    }
    $1 == "sum" { sums[++n] = $0 }
    END {
      for (i = 1; i <= n; i++) {
        split(sums[i], part, " "); path = substr(sums[i], length(part[2] part[3]) + 7)
        if (path in to && by[path] != part[2]) path = to[path]
        if (!(path in told) && path !~ /\/\.\.\//) print ENVIRON["ROOT"] path
        told[path] = 1
      }
    }' | tr '\n' '\000'
}

# One shell for a few hundred files. A file that is none any more (a pipe would hang a reader) is missing; where a
# directory on the way is closed, nobody can say.
digests() {
  # shellcheck disable=SC2016  # the inner shell expands it
  DIGEST=$1 xargs -0 -n 400 sh -c '
    for file do
      shift
      if [ -f "$file" ] && [ -r "$file" ]; then
        set -- "$@" "$file"
        if [ -x "$file" ]; then echo "runs $file"; fi
        if [ "$DIGEST" = sha1sum ] && [ -h "$file" ]; then
          target=$(readlink "$file") && target=$(printf %s "$target" | sha1sum) && printf "linked %s %s\n" "${target%% *}" "$file"
        fi
      else
        above=${file%/*}
        while [ ! -d "$above" ] && [ -n "$above" ]; do above=${above%/*}; done
        if [ -e "$file" ] && [ ! -f "$file" ]; then echo "other $file"
        elif [ -e "$file" ] || [ ! -x "$above/" ]; then echo "closed $file"
        else echo "missing $file"; fi
      fi
    done
    if [ $# -gt 0 ]; then "$DIGEST" "$@" 2>/dev/null; fi' sh
}

# The lists are read anew each time: they would be long for a variable. HOW DIGEST
verified() {
  $1 | sed 's/^/packed /'
  $1 | paths | digests "$2"
  # A file of a package for which no digest is recorded; directories and links have none.
  $1 | unsummed | while IFS= read -r path; do
    if [ -f "$root$path" ] && [ ! -h "$root$path" ]; then echo "unsummed $path"; fi
  done
  echo end
}

unsummed() {
  awk '
    $1 == "sum" { split($0, part, " "); has[substr($0, length(part[2] part[3]) + 7)] = 1 }
    $1 == "config" { has[substr($0, 8)] = 1 }
    $1 == "listed" { path[++n] = substr($0, length($2) + 9) }
    END { for (i = 1; i <= n; i++) if (!(path[i] in has)) print path[i] }'
}

verdict() {
  ROOT=$root KIND=${1:-md5} EXPECTED=${XCCDF_VALUE_expected:-} awk '
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
  function plain(line) { sub(/^\\/, "", line); gsub(/\\\\/, "\\", line); return line }
  function fact(name, path, state, digest) {
    if (++facts < 9000)
      printf "%s\tfact\tpkg.changed\t%s\t%s\t%s\t%s\t%s\n", ENVIRON["TENKEN_NONCE"], visible(name), visible(version[name]), visible(path), state, digest
  }
  # Nobody misses what images leave out to be small.
  function is_spared(path) { return path ~ /^\/usr\/share\/(doc|man|info|locale|lintian|bug|help|gnome\/help)\// }
  function problem(text) { problems[++found] = text }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    from = length(ENVIRON["ROOT"]) + 1; kind = ENVIRON["KIND"]
    places = split(ENVIRON["EXPECTED"], expected, " ")
  }
  $1 == "packed" && $2 == "package" { version[$3] = $4; packages++; order[packages] = $3; next }
  $1 == "packed" && $2 == "sum" {
    path = substr($0, length($3 $4) + 14)
    n++; owner[n] = $3; want[n] = $4 ""; file[n] = path
    next
  }
  $1 == "packed" && $2 == "bare" { bare++; if (example == "") example = $3; next }
  $1 == "packed" && $2 == "closed" { closed++; if (hidden == "") hidden = $3; next }
  $1 == "packed" && $2 == "moved" {
    rest = substr($0, length($3) + 15); size = rest + 0; sub(/^[0-9]+ /, "", rest)
    by[substr(rest, 1, size)] = $3; to[substr(rest, 1, size)] = substr(rest, size + 1)
    next
  }
  $1 == "packed" { next }
  $1 == "closed" { state[substr($0, 7 + from)] = "closed"; closed++; if (hidden == "") hidden = substr($0, 7 + from); next }
  $1 == "missing" || $1 == "other" { state[substr($0, length($1) + 1 + from)] = $1; next }
  $1 == "runs" { executable[substr($0, 5 + from)] = 1; next }
  $1 == "linked" { also[substr($0, length($2) + 8 + from)] = $2; next }
  $1 == "unsummed" { unsummed++; if (stranger == "") stranger = substr($0, 10); next }
  $1 == "rpm" { state[substr($0, length($2 $3) + 7)] = $2; rpm[$3] = 1; r++; rpmfile[r] = substr($0, length($2 $3) + 7); rpmowner[r] = $3; next }
  $1 == "end" { complete = 1; next }
  /^\\?[0-9a-f]+  / {
    line = $0; if (line ~ /^\\/) line = plain(line)
    got[substr(line, index(line, "  ") + 1 + from)] = substr(line, 1, index(line, "  ") - 1)
    read++
  }
  # What of it runs, by its place: programs and libraries.
  function runs(path) {
    return path ~ /^\/(usr\/)?(local\/)?(s?bin|libexec)\// || path ~ /\.(so|ko)(\.[0-9a-z.]+)?$/ || path ~ /^\/(usr\/)?lib[^\/]*\/(systemd|security|openssh|dbus-1\.0)\// \
      || path ~ /^\/usr\/lib\/(sudo|sftp-server|polkit-1)/
  }
  function is_expected(path,  i) { for (i = 1; i <= places; i++) if (index(path, expected[i]) == 1) return 1; return 0 }
  function judge(name, path, was, digest) {
    if (was == "missing" && is_spared(path)) return
    fact(name, path, was, digest)
    if (!is_expected(path) && (runs(path) || path in executable)) { if (++serious <= 20) problem(path " of " name " " version[name] " " (was == "missing" ? "is missing" : was == "other" ? "is no file any more" : "is not as it was packed")) }
    else data++
  }
  END {
    if (!complete) { print "the packages could not be read to their end"; exit 103 }
    if (!packages) { print "the package manager knows no package"; exit 104 }
    for (i = 1; i <= n; i++) {
      path = file[i]
      if (path in to && by[path] != owner[i]) path = to[path]
      if (path in got) { if (got[path] != want[i] && also[path] != want[i]) judge(owner[i], path, "changed", kind ":" got[path]) }
      else if (path in state) { if (state[path] != "closed") judge(owner[i], path, state[path], "") }
      else unread++
    }
    for (i = 1; i <= r; i++) judge(rpmowner[i], rpmfile[i], state[rpmfile[i]], "")
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (serious > 20) print serious - 20 " more files"
    if (closed) print visible(closed " files could not be read: needs root (first: " hidden ")")
    if (bare) print visible(bare " packages have no list or no digests of their files (first: " example ")")
    if (unsummed) print visible(unsummed " files of packages have no digest on record (first: " stranger ")")
    if (unread) print unread " files were not read"
    if (data) print data " files that do not run differ or are missing"
    if (facts > 9000) print facts " files differ: more than can be told"
    if (found) exit 102
    if (unread) exit 103
    if (closed) exit 106
    if (bare || unsummed) exit 104
    print n + r + (kind == "rpm" ? " differences" : 0) " " (kind == "rpm" ? "in" : "files of") " " packages " packages" (kind == "rpm" ? "" : " are as they were packed")
    exit 101
  }'
}

# What rpm itself says: its database is a binary one. The third sign of a line is that of the digest.
asked_of_rpm() {
  rpm -q --qf '%{NAME} %{VERSION}-%{RELEASE}\n' -a 2>/dev/null | awk 'NF == 2 { print "packed package " $1 " " $2 }'
  for name in $(rpm -q --qf '%{NAME} %{VERSION}\n' -a 2>/dev/null | awk 'NF == 2 { print $1 }'); do
    rpm -V --nodeps --noscripts "$name" 2>/dev/null | NAME=$name awk '
      function path(line) { sub(/^[^\/]*\//, "/", line); return line }
      /^missing/ { if ($2 != "c" && $0 !~ /denied\)$/) print "rpm missing " ENVIRON["NAME"] " " path($0); else if ($0 ~ /denied\)$/) print "closed " path($0); next }
      /^..5/ { if ($2 != "c") print "rpm changed " ENVIRON["NAME"] " " path($0); next }
      /^..\?/ { print "closed " path($0) }'
  done
  echo end
}

if [ "$database" = "$redhat" ]; then
  if [ -n "$root" ]; then say "needs rpm, which does not look into a specimen" 106; fi
  if ! command -v rpm >/dev/null 2>&1; then say "needs rpm: its database is there, the program is not" 106; fi
  asked_of_rpm | verdict rpm
elif [ "$database" = "$alpine" ]; then
  verified packed_by_apk sha1sum | verdict sha1
else
  verified packed_by_dpkg md5sum | verdict md5
fi
