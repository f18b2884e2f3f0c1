#!/bin/sh
#% id: net.peers
#% version: 1
#% title: Who this machine talks to
#% severity: info
#% class: inventory
#% rationale: Connections say how an intruder went from machine to machine and from site to site. Every connection of the
#% rationale: kernel's tables is a fact, those that ended in the last minute (time-wait) included: who, which port, which
#% rationale: program, and the direction: inbound where the local port is one that listens here, outbound where it is of
#% rationale: the range that the kernel gives to clients, else unknown. Loopback, link-local and this inspection's own
#% rationale: connection are left out, the last by its exact addresses and ports, never by the address of the gateway that
#% rationale: it came through. Only the network namespace of the machine itself is read. Where there are more connections
#% rationale: than fold_above, those that differ in the client's port only become one fact, with an empty port.
#% platform: linux
#% requires: awk cat ls readlink tr od
#% privilege: root
#% timeout: 60s
#% output-limit: 2m
#% cost: light
#% side-effects: none
#% param: fold_above number 1000 "from how many connections on the clients' ports are left out"
#% fact: net.peers protocol,local_address,local_port,remote_address,remote_port,state,direction,program
#% attack: T1021@v19, T1071@v19
#% nist: SI-4, AC-4
#% iso27001: A.8.20, A.8.16
#% false-positives: Nothing here can fail. A machine that forwards for others (a router, a gateway) shows its own only.
#% remediation: A connection that no policy allows: find the process (the fact names its program), what started it, and
#% remediation: whoever logged in from or to the other end.
#% references: proc(5), https://attack.mitre.org/techniques/T1021/
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
works "$(printf 'a\nb\000c' | tr '\n\000' '+-')" a+b-c tr

proc=$root/proc
if [ -z "$root" ]; then net=/proc/self/net; else net=$proc/net; fi

set --
for table in tcp tcp6 udp udp6; do
  [ -e "$net/$table" ] || continue
  [ -r "$net/$table" ] || say "needs the right to read /proc/net/$table" 106
  set -- "$@" "kind=$table" "$net/$table"
done
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
    # RFC 5952: the longest run of two zero groups or more is left out, the first of equals. An IPv4 address that a socket
    # of IPv6 carries is that address.
    function v6(s,  i, group, run, start, best, at, text) {
      if (substr(s, 1, 16) == "0000000000000000" && hex(substr(s, 17, 8)) == (little ? 4294901760 : 65535))
        return v4(substr(s, 25, 8))
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
    function address(s) { return length(s) == 8 ? v4(s) : v6(s) }
    BEGIN { little = ENVIRON["ORDER"] == 1 }
    FNR == 1 && $1 == "sl" { tables++; next }
    $2 !~ /^[0-9A-F]+:[0-9A-F]+$/ || $3 !~ /^[0-9A-F]+:[0-9A-F]+$/ || $10 !~ /^[0-9]+$/ { print "broken"; next }
    {
      split($2, local, ":"); split($3, remote, ":")
      protocol = substr(kind, 1, 3)
      if (protocol == "tcp" && $4 == "0A" || protocol == "udp" && $3 ~ /:0000$/) { print "door", protocol, hex(local[2]); next }
      if ($3 ~ /:0000$/) next
      print "peer", protocol, address(local[1]), hex(local[2]), address(remote[1]), hex(remote[2]), $4, $10
    }
    END { if (tables != ENVIRON["TABLES"]) print "broken" }' "$@" 2>/dev/null || echo broken
}

# Names must not break lines: ls of coreutils writes ? for what cannot be printed when told so, that of busybox always.
odd=
if ls -q "$proc/." >/dev/null 2>&1; then odd=q; fi
owners() {
  { cd "$proc" && ls -ln$odd /dev/null [0-9]*/fd; } 2>&1 | awk '
    /[Pp]ermission denied$/ || /not permitted$/ { print "denied"; next }
    /^[0-9]+\/fd:$/ { pid = $0; sub(/\/.*/, "", pid); next }
    $1 ~ /^l/ && /-> socket:\[[0-9]+\]$/ && pid != "" {
      inode = $NF; gsub(/[^0-9]/, "", inode)
      print "owner", inode, pid
    }'
}

programs() {
  for pid in "$@"; do
    program=$(readlink "$proc/$pid/exe" 2>/dev/null)
    printf 'program %s %s\n' "$pid" "$(printf '%s' "${program%' (deleted)'}" | tr '\n' '\001')"
  done
}

# The processes that this one descends from; the server of this inspection's connection is among them. Not the first of
# all: it may hold any socket.
ancestors() {
  pid=$$
  while [ "${pid:-0}" -gt 1 ]; do
    echo "ancestor $pid"
    parent=
    while read -r key value; do
      if [ "$key" = PPid: ]; then parent=$value && break; fi
    done <"$proc/$pid/status"
    pid=$parent
  done 2>/dev/null
}

found=$(
  sockets "$@"
  owners
  echo end
)
pids=$(echo "$found" | awk '$1 == "peer" { peer[$8] = 1 } $1 == "owner" && $2 in peer && !told[$3]++ { print $3 }')
{
  if [ -z "$root" ]; then ancestors; fi
  printf '%s\n' "$found"
  # shellcheck disable=SC2086  # one word a process
  programs $pids
} | OWN=${SSH_CONNECTION:-} FOLD=${XCCDF_VALUE_fold_above:-1000} \
  RANGE=$(cat "$proc/sys/net/ipv4/ip_local_port_range" 2>/dev/null) awk '
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
  function is_near(a) { return a ~ /^127\./ || a == "::1" || a ~ /^169\.254\./ || tolower(a) ~ /^fe[89ab]/ }
  # The nearest of the processes above with a connection: that is the one that this came by. Only one is left out.
  function own_session(  i, j, n, held) {
    for (i = 1; i <= above; i++) {
      n = split(holds[ancestor[i]], held, " ")
      for (j = 1; j <= n; j++) if (held[j] in peer && state[peer[held[j]]] == "01" && protocol[peer[held[j]]] == "tcp") return peer[held[j]]
    }
    return 0
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    split("established syn-sent syn-received fin-wait-1 fin-wait-2 time-wait close close-wait last-ack listen closing syn-received", word, " ")
    split(ENVIRON["OWN"], own, " ")
    if (split(ENVIRON["RANGE"], range, " ") != 2) { range[1] = 32768; range[2] = 60999 }
    hexadecimal = "123456789ABC"
  }
  $1 == "broken" { broken = 1; next }
  $1 == "end" { complete = 1; next }
  $1 == "denied" { denied++; next }
  $1 == "ancestor" { ancestor[++above] = $2; next }
  $1 == "door" { door[$2, $3] = 1; next }
  $1 == "peer" {
    n++; protocol[n] = $2; here[n] = $3; port[n] = $4; there[n] = $5; far[n] = $6; state[n] = $7; inode[n] = $8
    if ($8 != 0) peer[$8] = n
    next
  }
  $1 == "owner" { owner[$2] = owner[$2] == "" ? $3 : owner[$2]; holds[$3] = holds[$3] " " $2; next }
  $1 == "program" { program[$2] = substr($0, length($2) + 10); next }
  END {
    if (broken || !complete) { print "the tables of /proc/net could not be read to their end"; exit 103 }
    mine = own_session()
    for (i = 1; i <= n; i++) {
      if (here[i] == own[3] && port[i] == own[4] && there[i] == own[1] && far[i] == own[2]) mine = i
    }
    for (i = 1; i <= n; i++) {
      if (i == mine) { left++; continue }
      if (is_near(here[i]) || is_near(there[i])) { near++; continue }
      kept[++count] = i
    }
    fold = count > ENVIRON["FOLD"] + 0
    for (k = 1; k <= count; k++) {
      i = kept[k]
      says = protocol[i] == "udp" ? "connected" : word[index(hexadecimal, substr(state[i], 2, 1))]
      way = "unknown"
      if (state[i] == "02") way = "outbound"
      else if ((protocol[i], port[i]) in door || state[i] == "03" || state[i] == "0C") way = "inbound"
      else if (port[i] >= range[1] + 0 && port[i] <= range[2] + 0) way = "outbound"
      pid = owner[inode[i]]
      if (inode[i] != 0 && pid == "") unnamed++
      row = protocol[i] "\t" here[i] "\t" (fold && way == "outbound" ? "" : port[i]) "\t" there[i] "\t" (fold && way == "inbound" ? "" : far[i]) "\t" \
        says "\t" way "\t" visible(program[pid])
      if (row in told) continue
      told[row] = 1
      if (++rows > 9999) { print "there are more peers, even folded, than a check may tell"; exit 103 }
      lines[rows] = row
    }
    for (i = 1; i <= rows; i++) print ENVIRON["TENKEN_NONCE"] "\tfact\tnet.peers\t" lines[i]
    print count + 0 " connections beyond loopback" (left ? ", without that of this inspection" : "") \
      (unnamed ? "; of " unnamed " no process showed itself" (denied ? " (needs root)" : "") : "")
    exit 108
  }'
