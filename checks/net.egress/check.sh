#!/bin/sh
#% id: net.egress
#% version: 1
#% title: What must be reached from here is, and what must not is not
#% severity: high
#% class: hardening
#% rationale: That one site cannot reach another is a promise of firewalls until somebody tries. This check tries, from the
#% rationale: terminal itself: each HOST:PORT of must_reach has to accept a connection of TCP, each of must_not_reach must not.
#% rationale: A connection that is refused is none; it still says that something answered. Nothing is sent over a connection.
#% rationale: The check runs when it is asked for, as the heavy ones do; without a list it is not-checked.
#% platform: linux
#% requires: awk tr sed
#% privilege: none
#% timeout: 120s
#% output-limit: 64k
#% cost: heavy
#% side-effects: network
#% param: must_reach string "" "HOST:PORT that must accept a connection, [ADDRESS]:PORT for IPv6, separated by blanks"
#% param: must_not_reach string "" "HOST:PORT that must not accept a connection, separated by blanks"
#% param: seconds number 3 "how long to wait for each"
#% fact: net.egress target,expected,found
#% attack: T1021@v19, T1571@v19
#% nist: SC-7, AC-4, CA-8
#% iso27001: A.8.20, A.8.22
#% false-positives: A target that is down is not reached: that says nothing of the restriction; name one that is known to
#% false-positives: answer elsewhere. The target's own log shows the attempts.
#% remediation: Compare the way to the target with the policy: which firewall lets it through, since when, by whose rule.
#% references: https://attack.mitre.org/techniques/T1021/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
# Tools whose silence would look like a machine on which all is well.
works() { [ "$1" = "$2" ] || say "$3 does not work as it should" 103; }
works "$(printf 'a b\n' | sed -n 's/^a //p')" b sed
works "$(printf 'a\nb\000c' | tr '\n\000' '+-')" a+b-c tr

targets() { printf '%s\n' "$1" | tr ' \t\r\n' '\n\n\n\n' | sed '/^$/d'; }
all=$(
  targets "${XCCDF_VALUE_must_reach:-}" | sed 's/^/open /'
  targets "${XCCDF_VALUE_must_not_reach:-}" | sed 's/^/closed /'
)
if [ -z "$all" ]; then say "no targets were given" 106; fi
seconds=${XCCDF_VALUE_seconds:-3}
case $seconds in '' | 0 | *[!0-9]*) say "seconds is no whole number above 0: $seconds" 103 ;; esac
wrong=$(printf '%s\n' "$all" | awk '
  { port = $2; sub(/.*:/, "", port); host = substr($2, 1, length($2) - length(port) - 1); gsub(/^\[|\]$/, "", host) }
  NF != 2 || port !~ /^[0-9]+$/ || length(port) > 5 || port + 0 < 1 || port + 0 > 65535 || host == "" || host !~ /^[A-Za-z0-9_.:-]+$/ || host ~ /^-/ { printf "%s ", $2 }')
if [ -n "$wrong" ]; then say "not a target: $wrong" 103; fi

has() { command -v "$1" >/dev/null 2>&1; }
tool=
if has python3; then
  tool=python3
elif has perl && perl -MIO::Socket::IP -e 1 2>/dev/null; then
  tool=perl
elif has bash && has timeout; then
  tool=bash
elif has nc && has timeout; then
  # Of those that go by this name, each has its own way to say only whether there was a connection.
  case $(nc -h 2>&1 </dev/null) in
  *BusyBox*'-e PROG'*) tool=busybox ;;
  *BusyBox*) ;;
  *-z*) tool=nc ;;
  esac
fi
if [ -z "$tool" ]; then say "needs python3, perl, or timeout with bash or nc" 106; fi

# HOST PORT: whether a connection is accepted in time.
reaches() {
  case $tool in
  python3) python3 -c 'import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), float(sys.argv[3])).close()' "$1" "$2" "$seconds" ;;
  perl) perl -MIO::Socket::IP -e 'exit !IO::Socket::IP->new(PeerHost => $ARGV[0], PeerPort => $ARGV[1], Timeout => $ARGV[2])' "$1" "$2" "$seconds" ;;
  bash)
    # shellcheck disable=SC2016  # the inner shell expands it
    timeout "$seconds" bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash "$1" "$2"
    ;;
  nc) timeout "$((seconds + 1))" nc -z -w "$seconds" "$1" "$2" ;;
  # It starts the program with the connection: an end with 42 is one.
  busybox)
    timeout "$((seconds + 1))" nc -w "$seconds" "$1" "$2" -e sh -c 'exit 42'
    [ $? = 42 ]
    ;;
  esac </dev/null >/dev/null 2>&1
}

# At most sixteen at once; each says one short line.
tried() {
  running=0
  printf '%s\n' "$all" | {
    while read -r expected target; do
      host=${target%:*}
      host=${host#"["}
      host=${host%"]"}
      { if reaches "$host" "${target##*:}"; then echo "tried $expected open $target"; else echo "tried $expected closed $target"; fi; } &
      running=$((running + 1))
      if [ "$((running % 16))" = 0 ]; then wait; fi
    done
    wait
  }
}

{
  tried
  echo "given $(printf '%s\n' "$all" | awk 'END { print NR }')"
} | TOOL=$tool awk '
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
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
  }
  $1 == "given" { given = $2; next }
  $1 == "tried" {
    n++
    printf "%s\tfact\tnet.egress\t%s\t%s\t%s\n", ENVIRON["TENKEN_NONCE"], visible($4), $2, $3
    if ($2 == "open" && $3 != "open") problems[++found] = $4 " must be reached and is not"
    if ($2 == "closed" && $3 == "open") problems[++found] = $4 " must not be reached and is"
  }
  END {
    if (given == "" || n != given) { print "not every target was tried"; exit 103 }
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (found) exit 102
    print n " targets are as they must be (" ENVIRON["TOOL"] ")"
    exit 101
  }'
