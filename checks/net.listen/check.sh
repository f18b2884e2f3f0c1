#!/bin/sh
#% id: net.listen
#% version: 3
#% title: What listens is a program of this machine
#% severity: high
#% class: integrity
#% rationale: Every listening socket is a door. The facts (protocol, address, port, program) are for comparing over
#% rationale: the fleet: a port that one terminal in a thousand has open is worth a look. The check itself fails where
#% rationale: the listener runs from a directory of temporary files or a hidden one, or where its program file was
#% rationale: deleted and not replaced, and, with allowed_ports, where anything else listens beyond loopback. A listener
#% rationale: that no process shows is unknown, never a pass: it is the kernel's own, or that of a hidden process. Sockets
#% rationale: are read from /proc: ss(8) may load kernel modules.
#% platform: linux
#% requires: awk ls readlink tr od
#% privilege: root
#% timeout: 30s
#% output-limit: 1m
#% cost: light
#% side-effects: none
#% param: allowed_ports string "" "the only ports that may listen beyond loopback: tcp/22 udp/123; empty: any"
#% param: kernel_ports string "" "ports that the kernel itself serves here, without a process: tcp/2049 udp/51820"
#% fact: net.listen protocol,address,port,program
#% attack: T1571@v19, T1133@v19
#% nist: CM-7, SC-7, SI-4
#% iso27001: A.8.20, A.8.16
#% false-positives: Self-extracting installers and some runtimes run from /tmp. A program that its own upgrade removed
#% false-positives: runs on until the restart. UDP clients look like listeners while they wait for an answer. What the
#% false-positives: kernel serves has no process and nothing in /proc sets it apart, so it is unknown until kernel_ports
#% false-positives: names it: nfsd (2049), lockd (fix its ports by fs.nfs.nlm_tcpport and nlm_udpport), WireGuard (51820),
#% false-positives: VXLAN (4789). In a container that shares the host's network but not its processes all is unknown.
#% remediation: Find the process (ls -l /proc/PID/exe, /proc/PID/cmdline), copy /proc/PID/exe before it ends: it is
#% remediation: the program even when the file is gone. Then find what started it.
#% references: proc(5), https://attack.mitre.org/techniques/T1571/, https://attack.mitre.org/techniques/T1133/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}
proc=$root/proc

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi

set --
for table in tcp tcp6 udp udp6; do
  [ -e "$proc/net/$table" ] || continue
  [ -r "$proc/net/$table" ] || say "needs the right to read /proc/net/$table" 106
  set -- "$@" "kind=$table" "$proc/net/$table"
done
if [ $# -eq 0 ] && [ -n "$root" ]; then say "this specimen has no /proc/net" 105; fi
if [ $# -eq 0 ]; then say "there is no /proc/net/tcp to look at" 106; fi

# The kernel prints an address as words in its own byte order.
order=$(printf '\001\000' | od -A n -t d2 | tr -d ' ')
case $order in 1 | 256) ;; *) say "od and tr do not work: the byte order could not be told" 103 ;; esac

sockets() {
  ORDER=$order TABLES=$(($# / 2)) awk '
    function hex(s,  i, n) {
      for (i = 1; i <= length(s); i++) n = n * 16 + index("0123456789ABCDEF", substr(s, i, 1)) - 1
      return n
    }
    function byte(s, i) { return hex(substr(s, little ? 7 - 2 * i : 1 + 2 * i, 2)) }
    function v4(s) { return byte(s, 0) "." byte(s, 1) "." byte(s, 2) "." byte(s, 3) }
    # RFC 5952: the longest run of two zero groups or more is left out, the first of equals.
    function v6(s,  i, group, run, start, best, at, text) {
      if (substr(s, 1, 16) == "0000000000000000" && hex(substr(s, 17, 8)) == (little ? 4294901760 : 65535))
        return "::ffff:" v4(substr(s, 25, 8))
      for (i = 0; i < 8; i++)
        group[i] = byte(substr(s, int(i / 2) * 8 + 1, 8), i % 2 * 2) * 256 + byte(substr(s, int(i / 2) * 8 + 1, 8), i % 2 * 2 + 1)
      best = 1; at = -1
      for (i = 0; i < 8; i++) {
        if (group[i] != 0) { run = 0; continue }
        if (!run) start = i
        if (++run > best) { best = run; at = start }
      }
      for (i = 0; i < 8; i++) {
        if (i == at) { text = text "::"; i += best - 1; continue }
        text = text (text == "" || text ~ /::$/ ? "" : ":") sprintf("%x", group[i])
      }
      return text
    }
    BEGIN { little = ENVIRON["ORDER"] == 1 }
    FNR == 1 && $1 == "sl" { tables++; next }
    $2 !~ /^[0-9A-F]+:[0-9A-F]+$/ || $10 !~ /^[0-9]+$/ { print "broken"; next }
    kind ~ /^tcp/ && $4 != "0A" { next }
    kind ~ /^udp/ && ($4 != "07" || $3 !~ /:0000$/) { next }
    {
      split($2, local, ":")
      print "socket", kind, length(local[1]) == 8 ? v4(local[1]) : v6(local[1]), hex(local[2]), $10
    }
    END { if (tables != ENVIRON["TABLES"]) print "broken" }' "$@" 2>/dev/null || echo broken
}

# Only this shape of line is believed; a forged one (a file name with a newline in it) can add an owner, never hide one.
# /dev/null makes ls name the directory even where there is one.
owners() {
  ls -ln /dev/null "$proc"/[0-9]*/fd 2>&1 | PROC=$proc awk '
    /[Pp]ermission denied$/ || /not permitted$/ { print "denied"; next }
    index($0, ENVIRON["PROC"] "/") == 1 && /\/fd:$/ { pid = substr($0, length(ENVIRON["PROC"]) + 2); sub(/\/fd:$/, "", pid); print "shown"; next }
    $1 ~ /^l/ && /-> socket:\[[0-9]+\]$/ && pid ~ /^[0-9]+$/ {
      inode = $NF; gsub(/[^0-9]/, "", inode)
      print "owner", inode, pid
    }'
}

# `replaced`: the file was deleted and there is a new one, as after an upgrade. `gone`: it was deleted for good.
programs() {
  for pid in "$@"; do
    program=$(readlink "$proc/$pid/exe" 2>/dev/null)
    state=there
    case $program in
    '') state=hidden ;;
    *' (deleted)')
      program=${program%' (deleted)'}
      state=gone
      if [ -e "$root$program" ]; then state=replaced; fi
      ;;
    esac
    program=$(printf '%s' "$program" | tr '\n' '?')
    printf 'program %s %s %s\n' "$pid" "$state" "$program"
  done
}

found=$(
  {
    sockets "$@"
    owners
  } | awk '
    $1 == "socket" { listed[$5] = 1; print; next }
    $1 == "denied" { denied++; next }
    $1 == "shown" { shown++; next }
    $1 == "broken" { print; next }
    $2 in listed && !(($2, $3) in seen) { seen[$2, $3] = 1; print; if (!($3 in pids)) print "pid " $3; pids[$3] = 1 }
    END { print "denied " denied + 0; print "shown " shown + 0; print "end" }'
)
processes=live
if [ -n "$root" ]; then
  processes=none
  for directory in "$proc"/[0-9]*/fd; do [ -d "$directory" ] && processes=specimen; done
fi
{
  echo "$found"
  # shellcheck disable=SC2046  # one word a process
  programs $(echo "$found" | awk '$1 == "pid" { print $2 }')
  # What was closed while the owners were looked for is no riddle.
  sockets "$@" | awk '$1 == "socket" { print "still", $5; next } { print }'
  echo still end
} | PROCESSES=$processes ALLOWED=${XCCDF_VALUE_allowed_ports:-} KERNEL=${XCCDF_VALUE_kernel_ports:-} awk '
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
  function problem(text) { if (!(text in known)) problems[++count] = text; known[text] = 1 }
  function fact(i, program,  line) {
    line = "net.listen\t" kind[i] "\t" address[i] "\t" port[i] "\t" visible(program)
    if (!(line in told)) print ENVIRON["TENKEN_NONCE"] "\tfact\t" line
    told[line] = 1
  }
  function judge(i, pid,  path, door) {
    path = program[pid]; door = kind[i] "/" port[i]
    if (state[pid] == "gone") problem(door " is served by " path ", which was deleted")
    else if (path ~ /^\/(tmp|var\/tmp|dev\/shm|run\/shm|run\/user)\//) problem(door " is served by " path)
    else if (path ~ /\/\./ && path !~ /^\/(home|root)\//) problem(door " is served by " path ", in a hidden directory")
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    limited = split(ENVIRON["ALLOWED"], list, " ")
    for (i = 1; i <= limited; i++) allowed[list[i]] = 1
    doors = split(ENVIRON["KERNEL"], list, " ")
    for (i = 1; i <= doors; i++) kernel[list[i]] = 1
  }
  $1 == "socket" { n++; kind[n] = $2; address[n] = $3; port[n] = $4; inode[n] = $5; next }
  $1 == "owner" { owner[$2] = owner[$2] " " $3; next }
  $1 == "denied" { denied = $2; next }
  $1 == "shown" { directories = $2; next }
  $1 == "still" { still[$2] = 1; next }
  $1 == "broken" { broken = 1; next }
  $1 == "end" { complete = 1; next }
  $1 == "program" { state[$2] = $3; program[$2] = substr($0, length($1 $2 $3) + 4); next }
  END {
    processes = ENVIRON["PROCESSES"] != "none"
    if (broken || !complete || !("end" in still)) { print "the tables of /proc/net could not be read to their end"; exit 103 }
    if (processes && !directories && !denied) { print "no process showed its files"; exit 103 }
    for (i = 1; i <= n; i++) {
      base = kind[i]; sub(/6$/, "", base); door = base "/" port[i]
      pids = split(owner[inode[i]], pid, " ")
      shown = 0
      for (j = 1; j <= pids; j++) {
        if (state[pid[j]] == "hidden") continue
        shown++; fact(i, program[pid[j]]); judge(i, pid[j])
      }
      if (!shown && processes && !(inode[i] in still)) { gone++; continue }
      if (!shown) fact(i, "")
      if (!shown && door in kernel) served++
      else if (!shown) { unknown++; if (!(door in riddle)) { riddle[door] = 1; riddles = riddles " " door } }
      loopback = address[i] ~ /^(127\.|::1$|::ffff:127\.)/
      if (!loopback) beyond++
      if (limited && !loopback && !(door in allowed)) problem(door " listens and is not in allowed_ports")
    }
    for (i = 1; i <= count; i++) print visible(problems[i])
    summary = n - gone " listening sockets, " beyond + 0 " of them beyond loopback"
    if (served) summary = summary ", " served " of them the kernel\047s"
    if (!processes) summary = summary "; this specimen does not say who listens"
    else if (unknown) summary = summary "; the program of " unknown " could not be told: " (denied ? \
      denied " processes do not show their files (needs root)" : "the kernel, or a hidden process") ":" riddles
    print summary
    if (count) exit 102
    if (!processes) exit 108
    if (unknown) exit denied ? 106 : 104
    exit 101
  }'
