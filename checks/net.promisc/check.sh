#!/bin/sh
#% id: net.promisc
#% version: 1
#% title: No network interface listens to the traffic of others
#% severity: medium
#% class: integrity
#% rationale: An interface in promiscuous mode takes in packets that are not for this machine: a sniffer collects passwords
#% rationale: and sessions of others with it. The kernel's own flags are read, which ip(8) and ifconfig(8) do not wholly show.
#% rationale: Ports of a bridge, of Open vSwitch, and what lies below another interface are so by their work.
#% platform: linux
#% requires: awk
#% privilege: none
#% timeout: 10s
#% output-limit: 64k
#% cost: light
#% side-effects: none
#% param: allowed string "" "interfaces that may be promiscuous, separated by spaces"
#% fact: net.promisc interface,reason
#% attack: T1040@v19
#% nist: SI-4, SC-8
#% iso27001: A.8.20, A.8.16
#% false-positives: Machines that watch traffic on purpose, hosts of virtual machines with macvtap, some cluster networks:
#% false-positives: name their interfaces in allowed.
#% remediation: Find who holds a packet socket (kern.bpf tells it), and what that process writes.
#% references: packet(7), https://attack.mitre.org/techniques/T1040/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
class=$root/sys/class/net
if [ -n "$root" ] && [ ! -d "$class" ]; then say "this specimen has no /sys/class/net" 105; fi
if [ ! -d "$class" ]; then say "needs /sys/class/net, which is not there: sysfs is not mounted" 106; fi

# By its work: a port of a bridge, below a bond, a team, an Open vSwitch, a macvlan.
reason() {
  if [ -e "$1/brport" ]; then
    echo bridge
  elif [ -e "$1/master" ] || [ -h "$1/master" ]; then
    echo master
  else
    for upper in "$1"/upper_*; do
      if [ -e "$upper" ] || [ -h "$upper" ]; then echo upper && return; fi
    done
    echo none
  fi
}

interfaces() {
  for interface in "$class"/*; do
    [ -e "$interface/flags" ] || continue
    flags=
    IFS= read -r flags <"$interface/flags"
    printf 'interface %s %s %s\n' "${flags:-unread}" "$(reason "$interface")" "${interface##*/}" | awk 'NR > 1 { printf "\001" } { printf "%s", $0 } END { print "" }'
  done 2>/dev/null
  echo end
}

interfaces | ALLOWED=${XCCDF_VALUE_allowed:-} awk '
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
  # Bit 8 of a number in hexadecimal: the third digit from the right is odd.
  function is_promiscuous(flags) { return flags ~ /[13579bdf]..$/ }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    n = split(ENVIRON["ALLOWED"], list, " ")
    for (i = 1; i <= n; i++) allowed[list[i]] = 1
  }
  $1 == "end" { complete = 1; next }
  $1 == "interface" {
    name = substr($0, length($2 $3) + 13); interfaces++
    if ($2 !~ /^0x[0-9a-f]+$/) { broken++; next }
    if (length($2) < 5 || !is_promiscuous($2)) next
    printf "%s\tfact\tnet.promisc\t%s\t%s\n", ENVIRON["TENKEN_NONCE"], visible(name), $3
    if ($3 != "none" || name in allowed) working++
    else problems[++found] = name " is promiscuous"
  }
  END {
    if (!complete || broken || !interfaces) { print "the interfaces could not be read"; exit 103 }
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (found) exit 102
    print interfaces " interfaces" (working ? ", " working " of them promiscuous by their work" : "")
    exit 101
  }'
