#!/bin/sh
#% id: systemd.units
#% version: 1
#% title: Services and timers come from packages, or are known
#% severity: high
#% class: integrity
#% rationale: A unit of systemd starts at boot, or every minute, as root, and among hundreds nobody sees one more. Units,
#% rationale: drop-ins, timers and generators that no package owns are facts with their digests, to be compared over the
#% rationale: fleet, those of root and of people's homes included; so are units that are masked. The check itself fails
#% rationale: where one of them runs something from a directory of temporary files or a hidden one, runs what it downloads
#% rationale: or decodes, opens a shell to the network, or forces a library into a program; where others than root may
#% rationale: write it; and where a generator, which runs before everything else, belongs to no package.
#% platform: linux
#% requires: awk sed find ls sha256sum grep tr readlink
#% privilege: root
#% timeout: 60s
#% output-limit: 1m
#% cost: light
#% side-effects: none
#% param: allowed_generators string "" "generators without a package that are in order, by name, separated by spaces"
#% param: allowed string "" "commands that are in order all the same: parts of a line, separated by |"
#% fact: unit.file file,digest
#% fact: unit.link file,target
#% attack: T1543.002@v19, T1053.006@v19
#% nist: CM-7, SI-7
#% iso27001: A.8.9, A.8.19
#% false-positives: Software that came without a package, and units that configuration management wrote: the same digest on
#% false-positives: many terminals says so. Jobs that really run from /tmp: name a part of the command in allowed.
#% remediation: systemctl cat UNIT and systemctl status UNIT say what it does and since when it runs; keep the file and the
#% remediation: program that it names, with their times, before anything is stopped.
#% references: systemd.unit(5), systemd.generator(7), https://attack.mitre.org/techniques/T1543/002/
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
# Tools whose silence would look like a machine on which all is well.
works() { [ "$1" = "$2" ] || say "$3 does not work as it should" 103; }
works "$(printf 'ab' | sed 's/a/c/' | grep -c cb)" 1 grep
works "$(printf 'ab' | sha256sum | tr -d ' -')" fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603 sha256sum
works "$(find "$root/etc" -prune -type d | grep -c .)" 1 find

# TEXT, in $escaped, with the escapes of facts for what would break a line or a field.
escape() {
  escaped=$1
  case $1 in
  *[\\"$tab$newline"]*)
    escaped=$(printf '%s\n' "$1" | sed -e 's/\\/\\\\/g' -e "s/$tab/\\\\t/g" | awk '{ printf "%s%s", between, $0; between = "\\n" }')
    ;;
  esac
}

# Every file and link below the directories of units, a line each, its newlines as \001.
files() {
  set --
  for directory in etc/systemd/system etc/systemd/user run/systemd/system run/systemd/user run/systemd/transient \
    usr/local/lib/systemd usr/lib/systemd/system usr/lib/systemd/user etc/systemd/system-generators \
    etc/systemd/user-generators run/systemd/system-generators run/systemd/user-generators \
    usr/lib/systemd/system-generators usr/lib/systemd/user-generators etc/systemd/system.attached; do
    if [ -d "$root/$directory" ]; then set -- "$@" "$root/$directory"; fi
  done
  for directory in system user system-generators user-generators; do
    if [ -d "$root/lib/systemd/$directory" ] && [ ! -h "$root/lib" ]; then set -- "$@" "$root/lib/systemd/$directory"; fi
  done
  for directory in "$root"/root/.config/systemd/user "$root"/root/.local/share/systemd/user \
    "$root"/home/*/.config/systemd/user "$root"/home/*/.local/share/systemd/user; do
    if [ -d "$directory" ]; then set -- "$@" "$directory"; fi
  done
  if [ $# -eq 0 ]; then return; fi
  find "$@" -xdev \( -type f -o -type l \) -print0 2>&1 | tr '\n\0' '\001\n'
}

# What packages own, without the /usr of merged systems.
packaged() {
  case $database in
  dpkg) grep -h -F /systemd/ "$root"/var/lib/dpkg/info/*.list 2>/dev/null ;;
  apk) awk '/^F:/ { directory = substr($0, 3) } /^R:/ { print "/" directory "/" substr($0, 3) }' "$root/lib/apk/db/installed" | grep -F /systemd/ ;;
  rpm) rpm -qal 2>/dev/null | grep -F /systemd/ ;;
  esac
}

# Those that no package owns.
strangers() {
  {
    packaged | sed 's/^/O/'
    echo "F"
    files
  } | ROOT=$root awk '
    function merged(path) { sub(/^\/usr\/lib\//, "/lib/", path); return path }
    /^O/ && !listing { owned[merged(substr($0, 2))] = 1; next }
    /^F$/ && !listing { listing = 1; next }
    !(merged(substr($0, length(ENVIRON["ROOT"]) + 1)) in owned)'
}

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

# FILE: a regular file with its lines, a letter before each; a link that leaves the directories of units.
told() {
  escape "${1#"$root"}"
  if [ -h "$1" ]; then
    target=$(readlink "$1")
    # A link from one directory of units to another is how units are enabled; one to a generator never is.
    case $1:$target in
    */*-generators/*) ;;
    *:/etc/systemd/* | *:/lib/systemd/* | *:/usr/lib/systemd/* | *:/run/systemd/* | *:[!/]*) return ;;
    esac
    name=$escaped
    escape "$target"
    printf 'link\t%s\t%s\n' "$name" "$escaped"
    if [ -n "$root" ]; then return; fi
  fi
  if [ ! -f "$1" ]; then return; fi
  if [ ! -r "$1" ]; then
    printf 'closed\t%s\n' "$escaped"
    return
  fi
  escape "${1#"$root"}"
  owner_of "$1"
  digest_of sha256sum "$1"
  printf 'file\t%s\t%s\t%s\n' "$digest" "$owner" "$escaped"
  case $1 in */*-generators/*) return ;; esac
  # A backslash at the end of a line carries it on.
  tr '\0' '?' <"$1" | awk '{ line = line $0 } line ~ /\\$/ { sub(/\\$/, " ", line); next } { print "L" line; line = "" } END { if (line != "") print "L" line }'
}

database=
if [ -r "$root/var/lib/dpkg/status" ]; then
  database=dpkg
elif [ -r "$root/lib/apk/db/installed" ]; then
  database=apk
elif [ -z "$root" ] && command -v rpm >/dev/null 2>&1; then
  database=rpm
fi
present=
for directory in etc/systemd/system usr/lib/systemd/system lib/systemd/system; do
  [ -d "$root/$directory" ] && present=yes
done
if [ -z "$present" ]; then say "there is no systemd here" 105; fi
admin=$(ls -ldnL "$root/" | awk '{ print $3 }')

{
  for home in "$root/root" "$root"/home/*; do
    if [ -d "$home" ] && [ ! -x "$home" ]; then
      escape "${home#"$root"}"
      printf 'closed\t%s\n' "$escaped"
    fi
  done
  strangers | while IFS= read -r file; do
    case $file in
    *"$(printf '\001')"*) file=$(printf '%s' "$file" | tr '\001' '\n') ;;
    find:*)
      printf 'closed\t%s\n' "${file#find: }"
      continue
      ;;
    esac
    if [ -e "$file" ] || [ -h "$file" ]; then
      told "$file"
    else
      escape "${file#"$root"}"
      printf 'odd\t%s\n' "$escaped"
    fi
  done
  printf 'end\n'
} | ADMIN=$admin DATABASE=$database GENERATORS=${XCCDF_VALUE_allowed_generators:-} ALLOWED=${XCCDF_VALUE_allowed:-} awk -F '\t' '
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
  # What came through escape() has its escapes already, but for the other control characters.
  function shown(s,  i, c, out) {
    if (s !~ /[\001-\037\177]/) return s
    for (i = 1; i <= length(s); i++) { c = substr(s, i, 1); out = out (c in code ? sprintf("\\x%02x", code[c]) : c) }
    return out
  }
  # Why a command is one that nobody in order would leave here; nothing where it is not.
  function odd(s,  hidden) {
    if (s ~ /(^|[;&|(`{])[ \t]*["\047]?\/(tmp|var\/tmp|dev\/shm|run\/shm|run\/user)\// || \
      s ~ /(^|[ \t;&|(`\/"\047])(sh|bash|dash|ash|ksh|zsh|perl|python[0-9.]*|ruby|php|source|exec|nohup|sudo|env|nice|setsid|timeout|eval|\.)[ \t]+(-[A-Za-z]+[ \t]+)*["\047]?\/(tmp|var\/tmp|dev\/shm|run\/shm|run\/user)\//)
      return "runs something in a directory of temporary files"
    if (match(s, /(^|[;&|(`{])[ \t]*["\047]?\/[^ \t;&|"\047]*\/\.[A-Za-z0-9_]/)) {
      hidden = substr(s, RSTART, RLENGTH)
      if (hidden !~ /^[;&|(`{]?[ \t]*["\047]?\/(home|root)\//) return "runs something hidden"
    }
    if (s ~ /(curl|wget|fetch)[ \t][^;]*\|[ \t]*(sudo[ \t]+)?([a-z\/]*\/)?(ba|da|z|k|a)?sh([ \t;&|)"\047]|$)/ || \
      s ~ /(eval|sh[ \t]+-c)[ \t][^;]*(curl|wget)[ \t]/) return "runs what it downloads"
    if (s ~ /\/dev\/(tcp|udp)\//) return "talks to the network from a shell"
    if (s ~ /base64[ \t]+(-d|-D|--decode)[^;]*\|[ \t]*([a-z\/]*\/)?(ba|da|z|k|a)?sh([ \t;&|)"\047]|$)/ || s ~ /(eval|sh[ \t]+-c)[ \t][^;]*base64[ \t]+(-d|-D|--decode)/)
      return "runs what it decodes"
    if (s ~ /(^|[ \t;&|(\/])(nc|ncat|netcat|nc\.traditional|nc\.openbsd)[ \t]([^;|&]*[ \t])?(-[a-z]*[ec]|--exec|--sh-exec)[ \t]/ || \
      s ~ /socat[ \t].*(exec|EXEC|system|SYSTEM):/ || s ~ /mkfifo.*(nc|ncat|netcat|telnet)[ \t]/ || s ~ /(ba|z|k)?sh[ \t]+-i[ \t]*[^;]*[<>]&/ || \
      s ~ /(perl|python[0-9.]*|ruby|php)[ \t].*(socket|fsockopen|pty\.spawn|IO::Socket)/) return "opens a shell to the network"
    if (s ~ /(^|[ \t;&|("\047])LD_(PRELOAD|AUDIT)=/) return "forces a library into programs"
    return ""
  }
  function fact(row) { if (!(row in told)) print ENVIRON["TENKEN_NONCE"] "\tfact\t" row; told[row] = 1 }
  function problem(text) { if (!(text in known)) problems[++found] = text; known[text] = 1 }
  function judge(text,  why, i) {
    why = odd(text)
    if (why == "") return
    for (i = 1; i <= allowances; i++) if (allowance[i] != "" && index(text, allowance[i])) return
    problem(shown(file) " " why ": " visible(text))
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    allowances = split(ENVIRON["ALLOWED"], allowance, "|")
    n = split(ENVIRON["GENERATORS"], list, " ")
    for (i = 1; i <= n; i++) generator[list[i]] = 1
  }
  /^L/ {
    text = substr($0, 2); sub(/^[ \t]+/, "", text)
    if (text ~ /^Exec[A-Za-z]*[ \t]*=/) { sub(/^[^=]*=[ \t]*[-@:+!]*/, "", text); judge(text) }
    else if (text ~ /^Environment[ \t]*=/) { sub(/^[^=]*=/, "", text); gsub(/["\047]/, " ", text); judge(" " text) }
    next
  }
  $1 == "file" {
    files++; file = $5
    if (length($2) != 64) broken = shown(file)
    fact("unit.file\t" shown(file) "\t" $2)
    home = file ~ /^\/(home|root)\//
    if (substr($3, 6, 1) == "w" && !home || substr($3, 9, 1) == "w") problem("others than its owner may write " shown(file))
    if (!home && $4 != 0 && $4 != ENVIRON["ADMIN"]) problem(shown(file) " belongs to uid " $4)
    name = file; sub(/.*\//, "", name)
    if (file ~ /-generators\// && ENVIRON["DATABASE"] != "" && !(name in generator)) problem("no package has the generator " shown(file))
    next
  }
  $1 == "link" {
    links++
    fact("unit.link\t" shown($2) "\t" shown($3))
    name = $2; sub(/.*\//, "", name)
    if ($2 ~ /-generators\// && $3 != "/dev/null" && ENVIRON["DATABASE"] != "" && !(name in generator)) problem("no package has the generator " shown($2))
    if ($3 ~ /^\/(tmp|var\/tmp|dev\/shm|run\/user|home)\//) problem(shown($2) " is a link to " shown($3))
    next
  }
  $1 == "odd" { problem("a unit with control characters in its name: " shown($2)); next }
  $1 == "closed" { closed++; if (closed == 1) example = visible($2); next }
  $1 == "end" { complete = 1; next }
  { broken = "a unit" }
  END {
    if (!complete || broken != "") { print "could not be read to its end: " broken; exit 103 }
    for (i = 1; i <= found; i++) print problems[i]
    if (closed) print closed " places could not be looked at: needs root (first: " example ")"
    lacking = ENVIRON["DATABASE"] == "" && files + links
    if (lacking) print "no package database (dpkg, rpm, apk): all units count as unknown"
    print files + 0 " files and " links + 0 " links without a package"
    if (found) exit 102
    if (closed || lacking) exit 106
    exit 101
  }'
