#!/bin/sh
#% id: time.skew
#% version: 1
#% title: The clock is right, and something keeps it right
#% severity: medium
#% class: hardening
#% rationale: Every comparison of logs over machines hangs on their clocks, and a clock that was turned back makes new
#% rationale: files look old. The check fails where the clock is behind files that the machine itself wrote, where nothing
#% rationale: keeps it right (no daemon of NTP or PTP, no guest agent) or timesyncd never reached its server, and, with
#% rationale: reference_epoch, where it is further off than max_skew_seconds. The time of the terminal and what keeps it
#% rationale: are facts. In a container the clock is the host's: only the comparisons are made there.
#% platform: linux
#% requires: awk date stat
#% privilege: none
#% timeout: 10s
#% output-limit: 16k
#% cost: light
#% side-effects: none
#% param: reference_epoch number 0 "the right time when the check starts, in seconds since 1970; 0: not given"
#% param: max_skew_seconds number 120 "how far off the clock may be"
#% fact: clock.time epoch,hardware_clock stack=none
#% fact: clock.sync program
#% attack: T1070.006@v19
#% nist: AU-8, SC-45
#% iso27001: A.8.17
#% false-positives: A virtual machine that was suspended and just went on; hypervisors that set the clock themselves without
#% false-positives: an agent; files that were unpacked with a time in the future.
#% remediation: Find out since when the clock is off (the journal has a line for each change of the clock, wtmp records
#% remediation: of types 3 and 4), and read all logs of the terminal with that in mind. Then let chrony or timesyncd keep it.
#% references: timesyncd.conf(5), chrony.conf(5), https://attack.mitre.org/techniques/T1070/006/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
now=$(date +%s)
case $now in '' | *[!0-9]*) say "date did not tell the time" 103 ;; esac

names=
first=
if [ -r "$root/proc/1/comm" ]; then
  read -r first <"$root/proc/1/comm"
  for file in "$root"/proc/[0-9]*/comm; do
    { read -r name <"$file" && names="$names $name "; } 2>/dev/null
  done
fi
init=no
case $first in systemd | init | runit | runit-init | openrc-init | s6-svscan | busybox | linuxrc) init=yes ;; esac
for file in "$root/.dockerenv" "$root/run/.containerenv" "$root/run/systemd/container"; do
  if [ -e "$file" ]; then init=no; fi
done
if [ -z "$root" ] && [ -z "$first" ]; then say "needs the right to see other users' processes (/proc hides them)" 106; fi

hardware=
if [ -r "$root/sys/class/rtc/rtc0/since_epoch" ]; then
  read -r hardware <"$root/sys/class/rtc/rtc0/since_epoch"
fi

{
  for name in chronyd ntpd systemd-timesyn openntpd ptp4l phc2sys timemaster vmtoolsd VBoxService; do
    case $names in *" $name "*) printf 'sync %s\n' "$name" ;; esac
  done
  if [ -e "$root/run/systemd/timesync/synchronized" ]; then echo "reached"; fi
  if [ -r "$root/proc/uptime" ]; then
    read -r up rest <"$root/proc/uptime"
    printf 'up %s\n' "${up%%.*}"
  fi
  for file in /etc/passwd /etc/shadow /etc/machine-id /var/log/wtmp /var/log/lastlog /var/log/auth.log /var/log/syslog \
    /var/log/messages /var/log/secure /var/lib/dpkg/status /var/lib/rpm/rpmdb.sqlite /var/lib/rpm/Packages /usr/lib/os-release; do
    if [ -e "$root$file" ]; then printf 'file %s %s\n' "$(stat -L -c %Y "$root$file" 2>/dev/null)" "$file"; fi
  done
  echo end
} | NOW=$now INIT=$init LIVE=${root:-live} HARDWARE=$hardware REFERENCE=${XCCDF_VALUE_reference_epoch:-0} \
  SKEW=${XCCDF_VALUE_max_skew_seconds:-120} awk '
  function fact(row) { print ENVIRON["TENKEN_NONCE"] "\tfact\t" row }
  function problem(text) { problems[++found] = text }
  BEGIN { now = ENVIRON["NOW"] + 0; reference = ENVIRON["REFERENCE"] + 0; skew = ENVIRON["SKEW"] + 0 }
  $1 == "sync" { fact("clock.sync\t" $2); keeper = keeper == "" ? $2 : keeper; if ($2 == "systemd-timesyn") alone = ++keepers == 1; else keepers++; next }
  $1 == "reached" { reached = 1; next }
  $1 == "up" { up = $2 + 0; next }
  $1 == "file" {
    if ($2 !~ /^[0-9]+$/) { broken = 1; next }
    files++
    if ($2 > now + 300 && $2 > ahead) { ahead = $2; newest = $3 }
    next
  }
  $1 == "end" { complete = 1; next }
  { broken = 1 }
  END {
    if (!complete || broken) { print "the times of files could not be read"; exit 103 }
    if (ENVIRON["LIVE"] == "live") fact("clock.time\t" now "\t" (ENVIRON["HARDWARE"] ~ /^[0-9]+$/ ? ENVIRON["HARDWARE"] : ""))
    if (ahead) problem("the clock is " ahead - now " s behind " newest)
    off = now - reference
    if (reference && (off > skew || off < -skew)) problem("the clock is off by " off " s")
    if (ENVIRON["INIT"] == "yes" && keeper == "") problem("nothing keeps the clock right")
    if (alone && keepers == 1 && !reached && up > 3600) problem("timesyncd never reached its time server")
    for (i = 1; i <= found; i++) print problems[i]
    if (found) exit 102
    if (!files && !reference) { print "there is nothing to compare the clock with"; exit 104 }
    if (ENVIRON["INIT"] == "yes") print keeper " keeps the clock"
    else print "no init of its own: the clock is the host\047s"
    exit 101
  }'
