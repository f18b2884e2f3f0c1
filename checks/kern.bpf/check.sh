#!/bin/sh
#% id: kern.bpf
#% version: 1
#% title: Who listens to every packet, and who put programs into the kernel, is known
#% severity: high
#% class: integrity
#% rationale: A back door such as BPFDoor has no port: it reads every packet that arrives, from a packet or raw socket with a
#% rationale: filter, and wakes at a magic one, so that no list of listeners shows it. BPF programs in the kernel can hide
#% rationale: files, change what programs read and steal passwords. Packet and raw sockets, BPF programs, maps and links that
#% rationale: processes hold, and those that are pinned under /sys/fs/bpf, are facts. The check fails where a program that is
#% rationale: not allowed holds one, or where the holder is in a directory of temporary files or gone; a socket that no process
#% rationale: shows is unknown.
#% platform: linux
#% requires: awk find ls readlink tr
#% privilege: root
#% timeout: 60s
#% output-limit: 512k
#% cost: light
#% side-effects: none
#% param: allowed string "/usr/sbin/dhclient /sbin/dhclient /usr/sbin/dhcpcd /sbin/dhcpcd /usr/sbin/dhcpd /usr/sbin/udhcpc /bin/busybox /usr/bin/busybox /usr/lib/systemd/systemd /lib/systemd/systemd /usr/lib/systemd/systemd-networkd /lib/systemd/systemd-networkd /usr/lib/systemd/systemd-nsresourced /usr/sbin/NetworkManager /usr/lib/NetworkManager/nm-dhcp-helper /usr/sbin/wpa_supplicant /sbin/wpa_supplicant /usr/sbin/hostapd /usr/sbin/lldpd /usr/sbin/keepalived /usr/sbin/arpwatch /usr/bin/ping /bin/ping /usr/bin/cilium-agent /usr/sbin/radvd /usr/sbin/chronyd /usr/sbin/ntpd /usr/bin/traceroute /usr/bin/mtr-packet" "programs that may hold such sockets and BPF objects, separated by spaces"
#% fact: kern.packet kind,protocol,program
#% fact: kern.bpf kind,program
#% fact: kern.pin path
#% attack: T1205.002@v19, T1014@v19, T1040@v19
#% nist: SI-4, CM-7(5), AC-4
#% iso27001: A.8.7, A.8.20
#% false-positives: Network tools and agents (tcpdump, Cilium, Falco, monitoring of traffic, virtual machines): name their
#% false-positives: programs in allowed. dhclient is often copied by name: its digest is pkg.verify-core's and proc.paths' matter.
#% remediation: Copy /proc/PID/exe, and take the filter (ss -0pb shows it) and the program (bpftool prog dump) before the
#% remediation: process ends. A magic packet may come from anywhere: the firewall's logs do not show a connection.
#% references: packet(7), bpf(2), https://attack.mitre.org/techniques/T1205/002/
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
if [ -z "$(readlink /proc/self/exe)" ]; then say "readlink does not work as it should: it does not know /proc/self/exe" 103; fi
works "$(printf 'a\nb\000c' | tr '\n\000' '+-')" a+b-c tr

proc=$root/proc
net=$proc/net
if [ -z "$root" ]; then net=/proc/self/net; fi
if [ -n "$root" ] && [ ! -d "$proc" ]; then say "this specimen has no /proc" 105; fi

# Names must not break lines: ls of coreutils writes ? for what cannot be printed when told so, that of busybox always.
odd=
if ls -q "$proc/." >/dev/null 2>&1; then odd=q; fi

tables() {
  for table in packet raw raw6; do
    [ -e "$net/$table" ] || continue
    if [ ! -r "$net/$table" ]; then echo "denied" && continue; fi
    echo "table $table"
    KIND=$table awk '
      NR == 1 { next }
      ENVIRON["KIND"] == "packet" && NF >= 9 && $9 ~ /^[0-9]+$/ { print "socket", "packet", $4, $9; next }
      ENVIRON["KIND"] != "packet" && $2 ~ /^[0-9A-F]+:[0-9A-F]+$/ && $10 ~ /^[0-9]+$/ { split($2, part, ":"); print "socket", ENVIRON["KIND"], part[2], $10; next }
      { print "broken" }' "$net/$table"
  done
}

# Only this shape of line is believed. What a process holds: a socket by its inode, or an object of BPF.
held() {
  {
    cd "$proc" && ls -ln$odd /dev/null [0-9]*/fd
    for pid in [0-9]*; do [ -x "$pid" ] || [ ! -d "$pid" ] || echo "Permission denied"; done
  } 2>&1 | awk '
    /[Pp]ermission denied$/ || /not permitted$/ {
      who = match($0, /[0-9]+\/fd/) ? substr($0, RSTART, RLENGTH) : NR
      if (!refused[who]++) print "denied"
      next
    }
    /^[0-9]+\/fd:$/ { pid = $0; sub(/\/.*/, "", pid); print "shown"; next }
    $1 !~ /^l/ || pid == "" { next }
    /-> socket:\[[0-9]+\]$/ { inode = $NF; gsub(/[^0-9]/, "", inode); print "owner", inode, pid; next }
    /-> anon_inode:\[?bpf[-_a-z]*\]?$/ { kind = $NF; gsub(/anon_inode:|[][]/, "", kind); print "object", kind, pid }'
}

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
    printf 'program %s %s %s\n' "$pid" "$state" "$(printf '%s' "$program" | tr '\n' '\001')"
  done
}

pins() {
  [ -d "$root/sys/fs/bpf" ] || return 0
  if [ ! -r "$root/sys/fs/bpf" ]; then echo "denied" && return; fi
  find "$root/sys/fs/bpf/." -xdev ! -type d -print0 2>/dev/null | tr '\n\000' '\001\n' | awk '{ print "pin " $0 }'
}

found=$(
  tables
  held
  echo end
)
pids=$(printf '%s\n' "$found" | awk '
  $1 == "socket" { wanted[$4] = 1 }
  ($1 == "owner" && $2 in wanted || $1 == "object") && !told[$3]++ { print $3 }')
{
  printf '%s\n' "$found" | awk '$1 == "socket" { wanted[$4] = 1 } $1 != "owner" || $2 in wanted { print }'
  # shellcheck disable=SC2086  # one word a process
  programs $pids
  pins
  # What was closed while the owners were looked for is no riddle.
  tables | awk '$1 == "socket" { print "still " $4 }'
  echo "still end"
} | ROOT=$root LIVE=${root:-live} ALLOWED=${XCCDF_VALUE_allowed:-} awk '
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
  function problem(text, pid) { if (!(text in pids)) problems[++found] = text; if (pid != "") pids[text] = pids[text] " " pid; else pids[text] = pids[text] "" }
  function fact(line) { if (!(line in told)) print ENVIRON["TENKEN_NONCE"] "\tfact\t" line; told[line] = 1 }
  function judge(pid, what,  path) {
    path = program[pid]
    if (state[pid] == "gone") problem(path ", which was deleted, holds " what, pid)
    else if (path ~ /^\/(tmp|var\/tmp|dev|run\/shm|run\/user)\// || path ~ /\/\./ && path !~ /^\/(home|root|nix\/store)\//) problem(path " holds " what, pid)
    else if (!(path in allowed)) problem(path " holds " what ", and is not allowed to", pid)
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    n = split(ENVIRON["ALLOWED"], list, " ")
    for (i = 1; i <= n; i++) allowed[list[i]] = 1
  }
  $1 == "table" { tables++; next }
  $1 == "broken" { broken = 1; next }
  $1 == "denied" { denied++; next }
  $1 == "shown" { shown++; next }
  $1 == "socket" { sockets++; kind[sockets] = $2; protocol[sockets] = $3; inode[sockets] = $4; next }
  $1 == "owner" { owner[$2] = owner[$2] " " $3; next }
  $1 == "object" { objects++; object[objects] = $2; holder[objects] = $3; next }
  $1 == "program" { state[$2] = $3; program[$2] = substr($0, length($2 $3) + 11); next }
  $1 == "pin" { pins++; path = substr($0, 5 + length(ENVIRON["ROOT"])); sub(/\/\.\//, "/", path); fact("kern.pin\t" visible(path)); next }
  $1 == "still" { still[$2] = 1; next }
  $1 == "end" { complete = 1; next }
  END {
    if (broken || !complete || !("end" in still)) { print "the tables of /proc/net could not be read to their end"; exit 103 }
    if (!shown && !denied && (ENVIRON["LIVE"] == "live" || sockets)) { print "no process showed its files"; exit 103 }
    for (i = 1; i <= sockets; i++) {
      n = split(owner[inode[i]], held, " "); names = 0
      for (j = 1; j <= n; j++) {
        if (state[held[j]] == "hidden") continue
        names++
        fact("kern.packet\t" kind[i] "\t" visible(protocol[i]) "\t" visible(program[held[j]]))
        judge(held[j], "a " kind[i] " socket")
      }
      if (names || !(inode[i] in still)) continue
      fact("kern.packet\t" kind[i] "\t" visible(protocol[i]) "\t"); unknown++
    }
    for (i = 1; i <= objects; i++) {
      if (state[holder[i]] == "hidden") continue
      fact("kern.bpf\t" visible(object[i]) "\t" visible(program[holder[i]]))
      judge(holder[i], "BPF in the kernel (" object[i] ")")
    }
    for (i = 1; i <= found; i++) print visible(problems[i] (pids[problems[i]] == "" ? "" : ", process" pids[problems[i]]))
    if (denied) print denied " processes do not show their files: needs root"
    if (unknown) print unknown " packet or raw sockets that no process shows: the kernel, or a hidden process"
    if (found) exit 102
    if (denied) exit 106
    if (unknown) exit 104
    print sockets + 0 " packet and raw sockets, " objects + 0 " objects of BPF, " pins + 0 " pinned"
    exit 101
  }'
