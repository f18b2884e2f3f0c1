#!/bin/sh
#% id: proc.hidden
#% version: 1
#% title: No process is hidden from /proc
#% severity: critical
#% class: integrity
#% rationale: A rootkit takes its processes out of the listing of /proc, from which ps and top live; the kernel goes on
#% rationale: to run them. Three views are compared with the listing: which pids can be signalled (kill -0, which sends
#% rationale: nothing), which pids the control groups count, and whether something is mounted over a directory of /proc.
#% rationale: A difference counts only when it is still there after a second listing, and is no thread. Pids are tried
#% rationale: from 1 to the last one seen, for a bounded time: the message says how far; the control groups cover all.
#% platform: linux
#% requires: awk find cat id date
#% privilege: root
#% timeout: 60s
#% output-limit: 256k
#% cost: light
#% side-effects: none
#% param: seconds number 2 "how long pids are tried"
#% fact: proc.hidden pid,name stack=none
#% fact: proc.covered path
#% attack: T1014@v19, T1564.013@v19
#% nist: SI-4, SI-7
#% iso27001: A.8.7, A.8.16
#% false-positives: None known. In a container that counts the processes of another pid namespace as its own, a pid of
#% false-positives: that one may look hidden.
#% remediation: Believe nothing that this terminal says of itself. Take its memory and its disk from outside, and treat
#% remediation: every credential that was used on it as known to the intruder.
#% references: proc(5), kill(2), cgroups(7), https://attack.mitre.org/techniques/T1014/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
# Tools whose silence would look like a machine on which all is well.
works() { [ "$1" = "$2" ] || say "$3 does not work as it should" 103; }
case $(date +%s) in '' | *[!0-9]*) say "date does not work as it should" 103 ;; esac
works "$(find "${root:-/}" -prune -type d -exec echo found \;)" found find
case $(id -u) in '' | *[!0-9]*) say "id does not work as it should" 103 ;; esac

proc=$root/proc
if [ -n "$root" ] && [ ! -d "$proc" ]; then say "this specimen has no /proc" 105; fi
if [ -z "$root" ] && [ "$(id -u)" != 0 ]; then say "needs root: only root may signal every process" 106; fi

listing() {
  for directory in "$proc"/[0-9]*; do
    if [ -d "$directory" ]; then echo "listed ${directory##*/}"; fi
  done
}

# A process that is hidden from the listing of a directory is there all the same when asked for by its number.
exists() {
  if [ -z "$root" ]; then kill -0 "$1" 2>/dev/null || [ -d "$proc/$1" ]; else [ -d "$proc/$1" ]; fi
}

# To what number: all of them where they are few, else the last that was given away or is in use.
bound() {
  listing | LAST=$(awk '{ print $5; exit }' "$proc/loadavg" 2>/dev/null) \
    MOST=$(cat "$proc/sys/kernel/pid_max" 2>/dev/null) awk '
    $2 + 0 > most { most = $2 + 0 }
    END {
      if (ENVIRON["LAST"] + 0 > most) most = ENVIRON["LAST"] + 0
      if (ENVIRON["MOST"] + 0 > most && ENVIRON["MOST"] + 0 <= 65536) most = ENVIRON["MOST"] + 0
      print most
    }'
}

tried() {
  pid=1
  while [ "$pid" -le "$last" ]; do
    if [ -z "$root" ]; then
      if kill -0 "$pid"; then echo "alive $pid"; fi
    elif [ -d "$proc/$pid" ]; then
      echo "alive $pid"
    fi
    case $pid in
    *000) if [ "$(date +%s)" -gt "$until" ]; then break; fi ;;
    esac
    pid=$((pid + 1))
  done 2>/dev/null
  echo "tried $((pid > last ? last : pid))"
}

# Each line of these files is a pid; 0 stands for those of another namespace.
grouped() {
  find "$root/sys/fs/cgroup" -name cgroup.procs -exec cat {} + 2>/dev/null | awk '/^[1-9][0-9]*$/ { print "grouped " $1 }'
}

# Of the pids in "$1", those that are no threads, with the names that they have.
named() {
  for pid in $1; do
    leader=$pid
    while read -r key value; do
      if [ "$key" = Tgid: ]; then leader=$value && break; fi
    done <"$proc/$pid/status"
    [ "$leader" = "$pid" ] || continue
    name=
    IFS= read -r name <"$proc/$pid/comm"
    printf 'hidden %s %s\n' "$pid" "$name"
  done 2>/dev/null
}

still() {
  for pid in $1; do
    if exists "$pid"; then echo "alive $pid"; fi
  done
}

# Those alive or in a group, and not in the listing that was read with them.
unlisted() {
  awk '
    $1 == "listed" { listed[$2] = 1; next }
    $1 == "alive" || $1 == "grouped" { if (!($2 in seen)) order[++n] = $2; seen[$2] = 1 }
    END { for (i = 1; i <= n; i++) if (!(order[i] in listed)) printf "%s ", order[i] }'
}

covered() {
  if [ -n "$root" ]; then mounts=$proc/mounts; else mounts=/proc/self/mounts; fi
  awk '$2 ~ /^\/proc\/[0-9]/ { print "covered " $2 }' "$mounts" 2>/dev/null
}

until=$(($(date +%s) + ${XCCDF_VALUE_seconds:-2}))
last=$(bound)
case $last in '' | 0 | *[!0-9]*) say "no process is listed in /proc" 103 ;; esac

first=$(
  listing
  tried
  grouped
)
suspects=$(echo "$first" | unlisted)
if [ -n "$suspects" ]; then
  suspects=$({
    groups=$(grouped)
    wanted=$(still "$suspects")
    listing
    # Twice alive, with a listing between: only then was it there to be listed.
    { echo "$wanted" && echo "$groups"; } | SUSPECTS=$suspects awk '
      BEGIN { n = split(ENVIRON["SUSPECTS"], list, " "); for (i = 1; i <= n; i++) suspect[list[i]] = 1 }
      $2 in suspect { print }'
  } | unlisted)
  suspects=$({
    still "$suspects"
    grouped
  } | SUSPECTS=$suspects awk '
    BEGIN { n = split(ENVIRON["SUSPECTS"], list, " "); for (i = 1; i <= n; i++) suspect[list[i]] = 1 }
    $2 in suspect && !told[$2]++ { printf "%s ", $2 }')
fi

{
  echo "$first"
  named "$suspects"
  covered
  echo end
} | LAST=$last awk '
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
  function fact(line) { print ENVIRON["TENKEN_NONCE"] "\tfact\t" line }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
  }
  $1 == "listed" { listed++; next }
  $1 == "tried" { tried = $2; next }
  $1 == "grouped" { groups++; next }
  $1 == "hidden" {
    name = substr($0, length($2) + 9)
    fact("proc.hidden\t" $2 "\t" visible(name)); problems[++found] = "process " $2 " (" name ") is not listed in /proc"
    next
  }
  $1 == "covered" { fact("proc.covered\t" visible($2)); problems[++found] = "something is mounted over " $2; next }
  $1 == "end" { complete = 1 }
  END {
    if (!complete || !listed || tried == "") { print "the processes could not be listed"; exit 103 }
    for (i = 1; i <= found; i++) print visible(problems[i])
    print listed " processes; pids 1 to " tried " were tried" (tried < ENVIRON["LAST"] + 0 ? " of " ENVIRON["LAST"] : "") \
      (groups ? ", and the control groups know no other" : ", and there are no control groups to compare with")
    if (found) exit 102
    if (tried < ENVIRON["LAST"] + 0 && !groups) exit 104
    exit 101
  }'
