#!/bin/sh
#% id: ioc.files
#% version: 1
#% title: No file or program of the list of indicators is here
#% severity: critical
#% class: integrity
#% rationale: What one terminal of this case showed (a digest, a path, a name) is looked for on all the others. The list is
#% rationale: given in the parameter indicators, separated by blanks or newlines: sha256:HEX, sha1:HEX, md5:HEX, path:/x/y,
#% rationale: name:foo, with %20 for a blank. Files are searched below the parameter directories, on every local file
#% rationale: system that is mounted there and on no network file system, and the programs of running processes, those that
#% rationale: were deleted too. A digest means to read every file, so the search is bounded by max_seconds, and by
#% rationale: max_file_megabytes a file: what was not read makes the answer unknown, never a pass. Each hit is a fact.
#% rationale: The check runs when it is asked for, as the heavy ones do: without indicators there is nothing to look for, and
#% rationale: it is not-checked. Indicators of ioc.network (ip, net, domain, key) may stand in the same list. The list may be of 100,000 bytes, some
#% rationale: 1,400 digests: no system passes on a longer one.
#% platform: linux
#% requires: awk sed find xargs tr date sha256sum sha1sum md5sum readlink
#% privilege: root
#% timeout: 15m
#% output-limit: 1m
#% cost: heavy
#% side-effects: none
#% param: indicators string "" "sha256:HEX sha1:HEX md5:HEX path:/x/y name:foo, separated by blanks or newlines"
#% param: directories string "/bin /sbin /lib /lib64 /usr /etc /opt /srv /home /root /tmp /var/tmp /var/spool /var/www /var/cache /var/log /dev/shm /run /boot" "where to search"
#% param: max_seconds number 300 "how long to search for digests and names"
#% param: max_file_megabytes number 512 "files above this size are not read for their digest"
#% fact: ioc.hit indicator,file
#% attack: T1036.005@v19, T1554@v19
#% nist: SI-4, RA-10, IR-4
#% iso27001: A.5.7, A.8.7
#% false-positives: Names and paths that ordinary programs have as well; the digest of an empty file; a copy of the evidence
#% false-positives: on the machine of whoever examines it.
#% remediation: Leave the file as it is, note its times (stat), and copy it; then isolate the terminal. Every terminal that
#% remediation: it talked to comes next.
#% references: https://attack.mitre.org/techniques/T1036/005/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}
tab=$(printf '\t')
newline='
'

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
case ${XCCDF_VALUE_indicators:-} in *[!\ "$tab$newline"]*) ;; *) say "no indicators were given" 106 ;; esac
# Tools whose silence would look like a machine on which all is well.
works() { [ "$1" = "$2" ] || say "$3 does not work as it should" 103; }
works "$(printf 'ab' | sha256sum | tr -d ' -')" fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603 sha256sum
works "$(printf 'ab' | sha1sum | tr -d ' -')" da23614e02469a0d7c7bd1bdab5c9c474b1904dc sha1sum
works "$(printf 'ab' | md5sum | tr -d ' -')" 187ef4436122d1cc2f40dc2b92f0eba0 md5sum
works "$(printf 'a b\000c\000' | xargs -0 -n 1 sh -c 'echo "$1"' sh | tr '\n' '+' | sed 's/+/-/')" 'a b-c+' 'xargs or sed'

works "$(find "${root:-/}" -prune -type d | tr -c '\n' x | sed 's/^xx*$/x/')" x find

# TEXT, in $escaped, with the escapes of facts for what would break a line or a field.
escape() {
  escaped=$1
  case $1 in
  *[\\"$tab$newline"]*)
    escaped=$(printf '%s\n' "$1" | sed -e 's/\\/\\\\/g' -e "s/$tab/\\\\t/g" | awk '{ printf "%s%s", between, $0; between = "\\n" }')
    ;;
  esac
}

# One indicator a line, its kind, a tab, its value: digests in small letters, %XX decoded and then escaped.
list=$(printf '%s\n' "$XCCDF_VALUE_indicators" | tr ' \t\r' '\n\n\n' | awk '
  function hex(c) { return index("0123456789abcdef", tolower(c)) - 1 }
  function decoded(s,  i, c, out, n) {
    for (i = 1; i <= length(s); i++) {
      c = substr(s, i, 1)
      if (c == "%" && substr(s, i + 1, 2) ~ /^[0-9a-fA-F][0-9a-fA-F]$/) { n = hex(substr(s, i + 1, 1)) * 16 + hex(substr(s, i + 2, 1)); c = sprintf("%c", n); i += 2 }
      out = out (c == "\\" ? "\\\\" : c == "\t" ? "\\t" : c == "\n" ? "\\n" : c)
    }
    return out
  }
  $0 == "" { next }
  { kind = $0; sub(/:.*/, "", kind); kind = tolower(kind); value = substr($0, index($0, ":") + 1) }
  kind ~ /^(sha256|sha1|md5)$/ {
    value = tolower(value)
    if (value ~ /^[0-9a-f]+$/ && length(value) == (kind == "sha256" ? 64 : kind == "sha1" ? 40 : 32)) { print kind "\t" value; next }
  }
  kind == "path" && value ~ /^\/./ { print kind "\t" decoded(value); next }
  kind == "name" && value != "" && value !~ /\// { print kind "\t" decoded(value); next }
  kind ~ /^(ip|net|domain|key)$/ { others = 1; next }
  { gsub(/[^ -~]/, "?"); print "bad\t" substr($0, 1, 100) }
  END { if (others) print "others\t" }')
case "$newline$list" in
"$newline") say "the list of indicators could not be read" 103 ;;
*"${newline}bad$tab"*) say "not an indicator: $(printf '%s\n' "$list" | sed -n "s/^bad$tab//p" | sed -n 1p)" 103 ;;
esac
list=$(printf '%s\n' "$list" | sed "/^others$tab/d")
if [ -z "$list" ]; then say "no indicators of files were given" 106; fi
kinds=$(printf '%s\n' "$list" | sed "s/$tab.*//" | awk '!($0 in seen) { seen[$0] = 1; printf "%s ", $0 }')

# Where to search: the directories that are there and local, and the local file systems that are mounted below them.
starts=$(
  set -f
  # shellcheck disable=SC2086  # words
  printf 'D%s\n' ${XCCDF_VALUE_directories:-} | sed 's|/*$||'
  if [ -r "$root/proc/mounts" ]; then sed 's/^/M/' "$root/proc/mounts"; fi
)
starts=$(printf '%s\n' "$starts" | awk '
  function below(path, directory) { return path == directory || index(path, directory "/") == 1 || directory == "" }
  function is_remote(type) { return type ~ /^(nfs|nfs4|cifs|smb3|smbfs|ncpfs|afs|coda|9p|ceph|lustre|gfs2?|ocfs2|glusterfs|beegfs|gpfs|panfs|pvfs2|orangefs|davfs|virtiofs|autofs|fuse(\..*)?)$/ && type !~ /^fuse\.(fuseblk|overlayfs|lxcfs|zfs)$/ }
  function is_of_kernel(type) { return type ~ /^(proc|sysfs|cgroup2?|devpts|debugfs|tracefs|securityfs|pstore|bpf|configfs|fusectl|mqueue|hugetlbfs|binfmt_misc|efivarfs|rpc_pipefs|nsfs|selinuxfs|devtmpfs)$/ }
  /^D/ { directory[++n] = substr($0, 2); next }
  /^M/ { split(substr($0, 2), part, " "); point = part[2]; gsub(/\\040/, " ", point); if (point == "/") point = ""; type[point] = part[3]; mounts[++m] = point }
  END {
    for (i = 1; i <= n; i++) {
      best = ""
      for (point in type) if (below(directory[i], point) && length(point) >= length(best)) best = point
      if (is_remote(type[best])) { print "remote\t" (directory[i] == "" ? "/" : directory[i]); continue }
      print "start\t" (directory[i] == "" ? "/" : directory[i])
      for (j = 1; j <= m; j++) {
        if (mounts[j] == directory[i] || !below(mounts[j], directory[i]) || is_of_kernel(type[mounts[j]])) continue
        print (is_remote(type[mounts[j]]) ? "remote\t" : "start\t") mounts[j]
      }
    }
    print "end"
  }')
case "$starts" in *end) ;; *) say "the directories to search could not be told" 103 ;; esac

IFS=$newline
set -f
set --
for start in $(printf '%s\n' "$starts" | sed -n "s/^start$tab//p" | awk '!($0 in seen) { seen[$0] = 1; print }'); do
  directory=$root$start
  if [ -h "$directory" ] || [ ! -d "$directory" ]; then continue; fi
  if [ ! -r "$directory" ] || [ ! -x "$directory" ]; then say "needs the right to search $start" 106; fi
  set -- "$@" "$directory"
done
set +f
remote=$(printf '%s\n' "$starts" | sed -n "s/^remote$tab//p" | awk '!($0 in seen) { seen[$0] = 1; printf "%s%s", between, $0; between = " " }')
if [ $# -eq 0 ]; then say "none of the directories is here" 104; fi

end=$(($(date +%s) + ${XCCDF_VALUE_max_seconds:-300}))
export end

has() { case " $kinds" in *" $1 "*) true ;; *) false ;; esac }

# The name of every file, link and directory, a line each after an N, its newlines as \001. Each batch asks whether there
# is time: 255 makes xargs stop.
names() {
  find "$@" -xdev -print0 2>/dev/null |
    xargs -0 -n 500 sh -c '[ $# -gt 0 ] || exit 0; [ "$(date +%s)" -lt "$end" ] || { printf "late\0"; exit 255; }; printf "N%s\0" "$@"' sh 2>/dev/null |
    tr '\n\0' '\001\n'
  echo listed
}

# Digests of every file that is not too large, a line each after an X. The digest stands first, so that no name can hide
# it; which kind it is, its length says. Names that have a newline in them come in the second turn.
digests() {
  tools=
  for kind in sha256 sha1 md5; do
    if has "$kind"; then tools="$tools ${kind}sum"; fi
  done
  export tools
  find "$@" -xdev -type f -size -"$limit"k ! -path "*$newline*" -print0 2>/dev/null |
    xargs -0 -n 100 sh -c '[ $# -gt 0 ] || exit 0; [ "$(date +%s)" -lt "$end" ] || { echo late; exit 255; }
      echo "batch $#"; for tool in $tools; do "$tool" "$@"; done' sh 2>/dev/null | sed 's/^/X/'
  find "$@" -xdev -type f -size -"$limit"k -path "*$newline*" -print0 2>/dev/null |
    xargs -0 -n 1 sh -c '[ $# -gt 0 ] || exit 0; [ "$(date +%s)" -lt "$end" ] || { echo Xlate; exit 255; }
      printf "Xbatch 1\nO"; printf "%s" "$1" | tr "\n" "\001"; echo
      for tool in $tools; do "$tool" <"$1" | sed "s/^/Y/"; done' sh 2>/dev/null
  echo digested
}

# The programs that run; a specimen's are the files that stand in its /proc.
programs() {
  seen=$newline
  for directory in "$root"/proc/[0-9]*; do
    if [ ! -e "$directory/exe" ] && [ ! -h "$directory/exe" ]; then continue; fi
    target=$(readlink "$directory/exe" 2>/dev/null)
    case $seen in *"$newline$target$newline"*) continue ;; esac
    seen=$seen$target$newline
    escape "${target%' (deleted)'}"
    printf 'program %s\n' "$escaped"
    for kind in sha256 sha1 md5; do
      if has "$kind"; then { "${kind}sum" <"$directory/exe" | sed 's/^/Z/'; } 2>/dev/null; fi
    done
  done
  echo programmed
}

limit=$((${XCCDF_VALUE_max_file_megabytes:-512} * 1024 + 1))
{
  printf '%s\n' "$list" | sed "s/^/I/"
  printf '%s\n' "$list" | sed -n "s/^path$tab//p" | while IFS= read -r path; do
    case $path in *\\*) path=$(printf '%b' "$path") ;; esac
    if [ -e "$root$path" ] || [ -h "$root$path" ]; then
      escape "$path"
      printf 'path %s\n' "$escaped"
    fi
  done
  if has name; then names "$@"; fi
  if has sha256 || has sha1 || has md5; then
    digests "$@"
    find "$@" -xdev -type f -size +"$((limit - 1))"k -print0 2>/dev/null | tr '\n\0' '\001\n' | sed 's/^.*$/large/'
  fi
  programs
  echo end
} | ROOT=$root REMOTE=$remote KINDS=$kinds awk '
  function visible(s,  i, c, out) {
    if (s !~ /[\001-\037\177\\]/) return s
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
  # What came through escape() has its escapes already, but for the other control characters.
  function shown(s,  i, c, out) {
    if (s !~ /[\001-\037\177]/) return s
    for (i = 1; i <= length(s); i++) { c = substr(s, i, 1); out = out (c in code ? sprintf("\\x%02x", code[c]) : c) }
    return out
  }
  function hit(indicator, file,  row) {
    row = shown(indicator) "\t" file
    if (row in told) return
    told[row] = 1; hits++
    if (hits <= 9000) print ENVIRON["TENKEN_NONCE"] "\tfact\tioc.hit\t" row
    if (hits <= 5) first[hits] = shown(indicator) ": " file
  }
  function running() { return "a running program" (program == "" ? "" : ": " shown(program)) }
  function below_root(path) { return substr(path, length(ENVIRON["ROOT"]) + 1) }
  function last(path) { sub(/.*\//, "", path); return path }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    kind_of[64] = "sha256"; kind_of[40] = "sha1"; kind_of[32] = "md5"
  }
  /^I/ && !begun { at = index($0, "\t"); wanted[substr($0, 2, at - 2), substr($0, at + 1)] = 1; indicators++; next }
  { begun = 1 }
  /^N/ { name = substr($0, 2); listed++; if (("name", visible(last(name))) in wanted) hit("name:" visible(last(name)), visible(below_root(name))); next }
  /^X?late$/ { late = 1; next }
  /^listed$/ { naming_done = 1; next }
  /^Xbatch [0-9]+$/ { read += $2; next }
  /^digested$/ { digesting_done = 1; next }
  /^large$/ { large++; next }
  /^O/ { odd = substr($0, 2); next }
  /^path / { path = substr($0, 6); hit("path:" path, shown(path)); next }
  /^program / {
    program = substr($0, 9); programs++
    if (("path", program) in wanted) hit("path:" program, running())
    if (("name", last(program)) in wanted) hit("name:" last(program), running())
    next
  }
  /^programmed$/ { programmed = 1; next }
  /^end$/ { complete = 1; next }
  /^[XYZ]\\?[0-9a-f]+ [ *]/ {
    from = substr($0, 1, 1); line = substr($0, 2)
    escaped = sub(/^\\/, "", line)
    digest = line; sub(/ .*/, "", digest)
    kind = kind_of[length(digest)]
    if (kind == "" || !((kind, digest) in wanted)) next
    # sha256sum of coreutils wrote its own escapes, which are those of facts.
    file = substr(line, length(digest) + 3)
    if (from == "Z") file = running()
    else if (from == "Y") file = visible(below_root(odd))
    else file = escaped ? shown(below_root(file)) : visible(below_root(file))
    hit(kind ":" digest, file)
  }
  END {
    wants_digests = ENVIRON["KINDS"] ~ /(sha256|sha1|md5)/; wants_names = ENVIRON["KINDS"] ~ /name/
    if (!complete || !programmed || !indicators || (wants_names && !naming_done) || (wants_digests && !digesting_done)) { print "the search did not come to its end"; exit 103 }
    if ((wants_names && !listed && !late) || (wants_digests && !read && !late && !large)) nothing = 1
    for (i = 1; i <= hits && i <= 5; i++) print first[i]
    if (hits > 5) print hits " hits in all"
    if (late) print "the time for the search was over: not everything was looked at"
    if (large) print large " files are too large and were not read"
    if (ENVIRON["REMOTE"] != "") print "not searched, since they are on the network: " visible(ENVIRON["REMOTE"])
    print indicators " indicators, " listed + 0 " names, " read + 0 " files read, " programs + 0 " programs that run"
    if (hits) exit 102
    if (nothing) { print "no file was found to look at"; exit 104 }
    if (late || large) exit 104
    exit 101
  }'
