#!/bin/sh
#% id: log.daemons
#% version: 1
#% title: What keeps the logs is running, and not told to keep quiet
#% severity: high
#% class: integrity
#% rationale: Before an intruder works, the logging is stopped: a daemon is ended, disabled or masked. For each logging
#% rationale: daemon that is installed the check looks whether it runs (by the names of processes), whether its unit is
#% rationale: masked or no longer started, and, with expected_forwarder, whether the logs are still sent where they ought
#% rationale: to go. The targets of forwarding and the rules that drop messages are facts, to be compared over the fleet:
#% rationale: a filter that hides one address is on one terminal only.
#% platform: linux
#% requires: awk sed tr readlink
#% privilege: none
#% timeout: 30s
#% output-limit: 256k
#% cost: light
#% side-effects: none
#% param: allowed_off string "" "daemons that may be installed and not run, separated by spaces: rsyslogd syslog-ng syslogd auditd"
#% param: expected_forwarder string "" "a host or address that logs must be sent to; empty: none is expected"
#% fact: log.daemon name,running,started
#% fact: log.forwarder daemon,target stack=site
#% fact: log.filter daemon,rule
#% attack: T1685@v19, T1685.004@v19
#% nist: AU-12, AU-5
#% iso27001: A.8.15, A.8.16
#% false-positives: A daemon that a site has installed and switched off: name it in allowed_off. In a container nothing is
#% false-positives: expected to run, and the answer is not-applicable.
#% remediation: Find out when it stopped and who stopped it (the last line of the log, systemctl status, the journal),
#% remediation: and treat everything that the terminal did since as unseen. Then start it again.
#% references: systemd.unit(5), rsyslog.conf(5), https://attack.mitre.org/techniques/T1685/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}
proc=$root/proc

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
if [ ! -r "$proc/1/comm" ]; then
  if [ -n "$root" ]; then say "this specimen has no processes" 105; fi
  say "needs the right to see other users' processes (/proc hides them)" 106
fi

# --- The names of all processes, once.
names=
for file in "$proc"/[0-9]*/comm; do
  { read -r name <"$file" && names="$names $name "; } 2>/dev/null
done
read -r first <"$proc/1/comm"

runs() { case $names in *" $1 "*) true ;; *) false ;; esac }
installed() { [ -e "$root/usr/sbin/$1" ] || [ -e "$root/sbin/$1" ] || [ -e "$root/usr/lib/systemd/$1" ] || [ -e "$root/lib/systemd/$1" ]; }
is_listed() { case " $2 " in *" $1 "*) true ;; *) false ;; esac }

# UNIT...: `masked`, `started` by a link of systemd, of the run levels or of OpenRC, or `no`.
starts() {
  state=no
  for unit in "$@"; do
    for directory in etc/systemd/system run/systemd/system; do
      file=$root/$directory/$unit.service
      if [ -h "$file" ] && [ "$(readlink "$file")" = /dev/null ]; then
        state=masked
        return
      fi
      if [ -f "$file" ] && [ ! -s "$file" ]; then
        state=masked
        return
      fi
    done
    for file in "$root"/etc/systemd/system/*.wants/"$unit.service" "$root"/usr/lib/systemd/system/*.wants/"$unit.service" \
      "$root"/lib/systemd/system/*.wants/"$unit.service" "$root"/etc/rc[2-5].d/S[0-9][0-9]"$unit" "$root"/etc/runlevels/*/"$unit"; do
      if [ -e "$file" ] || [ -h "$file" ]; then state=started; fi
    done
  done
}

# PROGRAM NAME-OF-PROCESS UNIT...
daemon() {
  program=$1
  process=$2
  shift 2
  if ! installed "$program"; then return; fi
  starts "$@"
  if [ "$program" = systemd-journald ] && [ "$state" = no ]; then state=started; fi
  running=no
  if runs "$process"; then running=yes; fi
  printf 'daemon\t%s\t%s\t%s\n' "$program" "$running" "$state"
}

forwarders() {
  for file in "$root"/etc/rsyslog.conf "$root"/etc/rsyslog.d/*.conf; do
    if [ -f "$file" ] && [ -r "$file" ]; then
      sed -n -e 's/#.*//' -e 's/^[^@"]*[[:space:]]@@*\((.*)\)*\([^;[:space:]]*\).*/forwarder	rsyslogd	\2/p' \
        -e 's/.*[Tt]arget="\([^"]*\)".*/forwarder	rsyslogd	\1/p' \
        -e '/^[[:space:]]*\(if\|:\).*\(stop\|~\|discard\)[[:space:]}]*$/s/^[[:space:]]*/filter	rsyslogd	/p' "$file"
    elif [ -e "$file" ]; then
      printf 'closed\t%s\n' "${file##*/}"
    fi
  done
  for file in "$root"/etc/syslog-ng/syslog-ng.conf "$root"/etc/syslog-ng/conf.d/*.conf; do
    if [ -f "$file" ] && [ -r "$file" ]; then
      sed -n -e 's/#.*//' -e 's/.*\(network\|tcp\|udp\|syslog\|tls\)([[:space:]]*"\([^"]*\)".*/forwarder	syslog-ng	\2/p' "$file"
    elif [ -e "$file" ]; then
      printf 'closed\t%s\n' "${file##*/}"
    fi
  done
  for file in "$root"/etc/systemd/journal-upload.conf "$root"/etc/systemd/journal-upload.conf.d/*.conf; do
    if [ -f "$file" ] && [ -r "$file" ]; then sed -n 's/^[[:space:]]*URL[[:space:]]*=[[:space:]]*/forwarder	journal-upload	/p' "$file"; fi
  done
  for file in "$root"/etc/audit/audisp-remote.conf "$root"/etc/audisp/audisp-remote.conf; do
    if [ -f "$file" ] && [ -r "$file" ]; then
      sed -n 's/^[[:space:]]*remote_server[[:space:]]*=[[:space:]]*\([^[:space:]]\)/forwarder	auditd	\1/p' "$file"
    fi
  done
}

# Where no init of its own runs, as in most containers, nothing is expected to.
case $first in
systemd | init | runit | runit-init | openrc-init | s6-svscan | busybox | linuxrc) ;;
*) say "process 1 is $(printf '%s' "$first" | tr -c 'A-Za-z0-9._-' '?'), no init: no daemon is expected here" 105 ;;
esac

{
  printf 'init\t%s\n' "$first"
  daemon systemd-journald systemd-journal systemd-journald
  daemon rsyslogd rsyslogd rsyslog
  daemon syslog-ng syslog-ng syslog-ng
  daemon auditd auditd auditd
  for level in "$root"/etc/runlevels/boot/syslog "$root"/etc/runlevels/default/syslog; do
    if [ -e "$level" ] || [ -h "$level" ]; then
      running=no
      if runs syslogd; then running=yes; fi
      printf 'daemon\tsyslogd\t%s\tstarted\n' "$running"
      break
    fi
  done
  forwarders
  printf 'end\n'
} | OFF=${XCCDF_VALUE_allowed_off:-} FORWARDER=${XCCDF_VALUE_expected_forwarder:-} awk -F '\t' '
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
  function rest() { return substr($0, length($1 $2) + 3) }
  function problem(text) { problems[++found] = text }
  function fact(row) { if (!(row in told)) print ENVIRON["TENKEN_NONCE"] "\tfact\t" row; told[row] = 1 }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    n = split(ENVIRON["OFF"], list, " ")
    for (i = 1; i <= n; i++) off[list[i]] = 1
    wanted = ENVIRON["FORWARDER"]
  }
  $1 == "init" { init = $2; next }
  $1 == "daemon" {
    daemons++
    fact("log.daemon\t" $2 "\t" $3 "\t" $4)
    if ($3 == "yes") running = running " " $2
    if ($2 in off) next
    if ($2 == "systemd-journald" && init != "systemd") next
    if ($4 == "masked") problem($2 " is masked: it cannot be started")
    else if ($3 == "no" && $4 == "started") problem($2 " is to be started at boot and does not run")
    else if ($3 == "no") problem($2 " is installed, and neither runs nor is started at boot")
    next
  }
  $1 == "forwarder" {
    value = rest()
    fact("log.forwarder\t" $2 "\t" visible(value))
    host = value; sub(/^[a-z]+:\/\//, "", host); sub(/^\[/, "", host); sub(/\].*$/, "", host)
    if (host !~ /:.*:/) sub(/:[0-9]+.*$/, "", host)
    if (host == wanted) sent = 1
    next
  }
  $1 == "filter" { fact("log.filter\t" $2 "\t" visible(rest())); next }
  $1 == "closed" { closed = closed " " $2; next }
  $1 == "end" { complete = 1; next }
  END {
    if (!complete) { print "not everything could be read"; exit 103 }
    if (!daemons) problem("no logging daemon is installed, although an init runs")
    if (wanted != "" && !sent && closed == "") problem("no log is sent to " wanted)
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (closed != "") print "needs the right to read" visible(closed)
    if (found) exit 102
    if (closed != "") exit 106
    print "running:" running
    exit 101
  }'
