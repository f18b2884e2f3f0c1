#!/bin/sh
#% id: log.files
#% version: 1
#% title: The logs of syslog are there, whole and still written
#% severity: high
#% class: integrity
#% rationale: Who has done with a machine empties its logs, removes them, links them to /dev/null or cuts a piece out.
#% rationale: Which files there must be is read from the configuration of the syslog daemon that is installed; of those
#% rationale: that take authentication or everything, the check looks at the times of their lines (the file before the
#% rationale: last rotation included), at the numbers of the rotated files and at when logrotate last turned them. A
#% rationale: silence that ends with a boot is a machine that was off, and is not counted. What is in compressed files
#% rationale: is not read; their numbers are.
#% platform: linux
#% requires: awk sed tr wc date
#% privilege: root
#% timeout: 60s
#% output-limit: 256k
#% cost: light
#% side-effects: none
#% param: max_silence_hours number 168 "longest time without a line on a running machine; 0: any"
#% param: max_empty_hours number 26 "how long after its last rotation a log may be empty; 0: any"
#% fact: log.file file,bytes,lines,first,last,longest_silence_hours
#% attack: T1685.006@v19
#% nist: AU-9, AU-11
#% iso27001: A.8.15
#% false-positives: A machine that hardly anybody uses, without cron, may be silent for a week; a new machine has no
#% false-positives: rotated files; somebody who tidied up rotated files by hand left a hole in their numbers.
#% remediation: Treat the terminal as suspect: copy /var/log as it is, and compare it with the central log and with
#% remediation: those of machines that it talked to in the missing span. log.cross and log.wtmp say what else is missing.
#% references: rsyslog.conf(5), logrotate(8), https://attack.mitre.org/techniques/T1685/006/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}
newline='
'

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
if [ -d "$root/var/log" ] && [ ! -x "$root/var/log" ]; then say "needs the right to enter /var/log" 106; fi

has() { [ -e "$root/usr/sbin/$1" ] || [ -e "$root/sbin/$1" ]; }

# The files that take authentication or everything, by the configuration; a line each.
expected() {
  if has rsyslogd; then
    for file in "$root"/etc/rsyslog.conf "$root"/etc/rsyslog.d/*.conf; do
      [ -f "$file" ] || continue
      sed 's/#.*//' "$file"
    done | awk '
      $2 ~ /^-?\/var\/log\// && $1 ~ /^(([a-z0-9]+,)*(auth|authpriv)(,[a-z0-9]+)*|\*)\.(\*|debug|info|notice)(;|$)/ { sub(/^-/, "", $2); print $2 }'
  fi
  if has syslog-ng; then
    for file in "$root"/etc/syslog-ng/syslog-ng.conf "$root"/etc/syslog-ng/conf.d/*.conf; do
      [ -f "$file" ] || continue
      sed 's/#.*//' "$file"
    done | tr ';' '\n' | sed -n 's|.*file("\(/var/log/\(auth.log\|secure\|syslog\|messages\)\)".*|\1|p'
  fi
  for level in "$root"/etc/runlevels/boot/syslog "$root"/etc/runlevels/default/syslog; do
    if [ -e "$level" ] || [ -h "$level" ]; then echo /var/log/messages; fi
  done
}

# What is wrong with the file itself, and the numbers of its rotated ones.
state() {
  file=$root$1
  if [ -h "$file" ]; then
    printf 'problem\t%s is a symbolic link\n' "$1"
  elif [ ! -e "$file" ]; then
    printf 'problem\t%s is missing, although the syslog daemon is told to write it\n' "$1"
  elif [ ! -f "$file" ]; then
    printf 'problem\t%s is no regular file\n' "$1"
  fi
  highest=0
  for rotated in "$file".[0-9]*; do
    number=${rotated#"$file".}
    number=${number%%.*}
    case $number in '' | *[!0-9]* | 0* | ?????*) continue ;; esac
    if [ "$number" -gt "$highest" ]; then highest=$number; fi
  done
  while [ "$highest" -gt 1 ]; do
    highest=$((highest - 1))
    found=
    for rotated in "$file.$highest" "$file.$highest".*; do
      if [ -e "$rotated" ]; then found=yes; fi
    done
    [ -n "$found" ] || printf 'problem\t%s.%s is missing among the rotated files\n' "$1" "$highest"
  done
}

# A line of a log begins with an L, so that it cannot be taken for anything else.
content() {
  for file in "$root$1.1" "$root$1"; do
    [ -f "$file" ] || continue
    if [ ! -r "$file" ]; then
      printf 'closed\t%s\n' "${file#"$root"}"
      continue
    fi
    printf 'file\t%s\t%s\n' "${file#"$root"}" "$(wc -c <"$file" | tr -d ' ')"
    tr '\0' '?' <"$file" | sed 's/^/L/'
  done
}

logs=$(expected | sed '/[[:space:]]/d' | awk '!($0 in seen) { seen[$0] = 1; print }')
if [ -z "$logs" ]; then
  if has rsyslogd || has syslog-ng; then say "no file that takes authentication or everything is named in the configuration of syslog" 104; fi
  say "no syslog daemon writes files here: log.journal looks at the journal" 105
fi

IFS=$newline
# Those that take everything first: their boots excuse the silence of the others.
logs=$(printf '%s\n' "$logs" | awk '/(auth|secure)/ { last = last $0 "\n"; next } { print } END { printf "%s", last }')
{
  for file in "$root"/var/lib/logrotate/status "$root"/var/lib/logrotate/logrotate.status "$root"/var/lib/logrotate.status; do
    if [ -r "$file" ]; then sed 's/^/R/' "$file"; fi
  done
  if [ -r "$root/proc/uptime" ]; then sed 's/^/U/' "$root/proc/uptime"; fi
  for name in $logs; do
    printf 'log\t%s\n' "$name"
    state "$name"
    content "$name"
  done
  printf 'end\n'
} | NOW=$(date +%s) TODAY=$(date +%Y) ZONE=$(date +%z) SILENCE=${XCCDF_VALUE_max_silence_hours:-168} \
  EMPTY=${XCCDF_VALUE_max_empty_hours:-26} LOGS=$logs awk -F '\t' '
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
  function civil(t,  day, era, doe, yoe, doy, m, y) {
    day = int(t / 86400) + 719468
    era = int(day / 146097); doe = day - era * 146097
    yoe = int((doe - int(doe / 1460) + int(doe / 36524) - int(doe / 146096)) / 365)
    doy = doe - (365 * yoe + int(yoe / 4) - int(yoe / 100))
    m = int((5 * doy + 2) / 153)
    y = yoe + era * 400 + (m > 9 ? 1 : 0)
    return sprintf("%04d-%02d-%02dT%02d:%02d:%02dZ", y, m < 10 ? m + 3 : m - 9,
      doy - int((153 * m + 2) / 5) + 1, int(t / 3600) % 24, int(t / 60) % 60, t % 60)
  }
  # Without its leading zeros, which the awk of busybox would read as octal.
  function number(s) { sub(/^0+/, "", s); return s + 0 }
  function days(y, m, d,  era, yoe, doy) {
    if (m <= 2) y--
    era = int(y / 400); yoe = y - era * 400
    doy = int((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1
    return era * 146097 + yoe * 365 + int(yoe / 4) - int(yoe / 100) + doy - 719468
  }
  function clock(s) { return number(substr(s, 1, 2)) * 3600 + number(substr(s, 4, 2)) * 60 + number(substr(s, 7, 2)) }
  function offset(s,  seconds) {
    gsub(/:/, "", s)
    seconds = number(substr(s, 2, 2)) * 3600 + number(substr(s, 4, 2)) * 60
    return s ~ /^-/ ? -seconds : seconds
  }
  # The time of a line of syslog, or 0.
  function stamp(line,  t, zone, month) {
    if (line ~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]/) {
      t = days(substr(line, 1, 4) + 0, number(substr(line, 6, 2)), number(substr(line, 9, 2))) * 86400 + clock(substr(line, 12, 8))
      zone = substr(line, 20, 14); sub(/ .*/, "", zone)
      if (match(zone, /[+-][0-9][0-9]:?[0-9][0-9]$/)) t -= offset(substr(zone, RSTART))
      return t
    }
    if (line ~ /^[A-Z][a-z][a-z] [ 0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9] /) {
      month = index("JanFebMarAprMayJunJulAugSepOctNovDec", substr(line, 1, 3))
      if (!month) return 0
      t = days(year, (month + 2) / 3, number(substr(line, 5, 1) == " " ? substr(line, 6, 1) : substr(line, 5, 2))) * 86400
      t += clock(substr(line, 8, 8)) - offset(ENVIRON["ZONE"])
      return t > now + 86400 ? t - (days(year, 3, 1) - days(year - 1, 3, 1)) * 86400 : t
    }
    return 0
  }
  function problem(text) { if (!(text in known)) problems[++found] = text; known[text] = 1 }
  # A gap that a boot ends is known only some lines later: until then it waits.
  function gap(from, to) {
    if (to - from > longest_any) longest_any = to - from
    if (to - from > 3600) { gaps++; gap_from[gaps] = from; gap_to[gaps] = to }
  }
  function release(  t) { if (held != "") { t = stamp(held); if (t) last = t } held = "" }
  function booted(t) { boots++; boot[boots] = t }
  function finish_log(  i, j, off, longest, from, to, rotated) {
    if (name == "") return
    release()
    longest = longest_any > 3600 ? 0 : longest_any
    for (i = 1; i <= gaps; i++) {
      off = 0
      for (j = 1; j <= boots; j++) if (boot[j] > gap_from[i] && boot[j] <= gap_to[i] + 900) off = 1
      if (!off && gap_to[i] - gap_from[i] > longest) { longest = gap_to[i] - gap_from[i]; from = gap_from[i]; to = gap_to[i] }
    }
    if (!seen) return
    print ENVIRON["TENKEN_NONCE"] "\tfact\tlog.file\t" visible(name) "\t" bytes "\t" lines + 0 "\t" (first ? civil(first) : "") "\t" \
      (last ? civil(last) : "") "\t" int(longest / 3600)
    if (silence && longest > silence) problem(name " has no line for " int(longest / 3600) " h on a running machine, from " civil(from) " to " civil(to))
    if (silence && last && now - last > silence) problem(name " is silent since " civil(last))
    rotated = turned[name]
    if (bytes == 0 && empty && rotated && now - rotated > empty) problem(name " is empty, and was last rotated at " civil(rotated))
    else if (bytes == 0 && !rotated && older == 0 && (uptime == "" || uptime > 86400)) problem(name " is empty, and was never rotated")
    else if (silence && rotated && start && start - rotated > silence && !off_between(rotated, start))
      problem(name " begins " int((start - rotated) / 3600) " h after its last rotation")
  }
  function off_between(from, to,  j) {
    for (j = 1; j <= boots; j++) if (boot[j] > from && boot[j] <= to + 900) return 1
    return 0
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    now = ENVIRON["NOW"] + 0; year = ENVIRON["TODAY"] + 0
    silence = ENVIRON["SILENCE"] * 3600; empty = ENVIRON["EMPTY"] * 3600
    named = split(ENVIRON["LOGS"], list, "\n")
  }
  /^L/ {
    line = substr($0, 2)
    lines++; lacking = 0
    # Of the lines of one hour the first and the last are enough.
    key = substr(line, 1, line ~ /^[0-9]/ ? 13 : 9)
    if (key == hour && (start || !current) && !index(line, "Linux version ")) { held = line; next }
    release()
    hour = key
    t = stamp(line)
    if (!t) next
    if (!first) first = t
    if (current && !start) start = t
    if (last) gap(last, t)
    last = t
    if (line ~ / kernel: / && index(line, "Linux version ")) booted(t)
    next
  }
  /^R/ {
    if (match($0, /^R"[^"]+" [0-9]+-[0-9]+-[0-9]+/)) {
      split($0, quoted, "\"")
      split(substr($0, RSTART + length(quoted[2]) + 4), part, /[-: ]+/)
      turned[quoted[2]] = days(part[1] + 0, part[2] + 0, part[3] + 0) * 86400 + part[4] * 3600 + part[5] * 60 - offset(ENVIRON["ZONE"])
    }
    next
  }
  /^U/ { uptime = substr($0, 2) + 0; next }
  $1 == "log" {
    finish_log()
    if (lacking) broken = name
    name = $2; hour = held = ""; seen = bytes = lines = first = last = start = current = older = gaps = longest_any = 0; logs++; next
  }
  $1 == "file" {
    if (lacking) broken = name
    seen = 1; current = $2 == name; lacking = $3 > 0
    if ($3 !~ /^[0-9]+$/) broken = name
    if (current) bytes = $3; else older = 1
    next
  }
  $1 == "problem" { problem($2); next }
  $1 == "closed" { closed = closed == "" ? $2 : closed; next }
  $1 == "end" { if (lacking) broken = name; finish_log(); complete = 1; next }
  { broken = broken == "" ? "the rotated files" : broken }
  END {
    if (!complete || broken != "" || !now || logs != named) { print visible(broken == "" ? "a log" : broken) " could not be read to its end"; exit 103 }
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (closed != "") { print "needs the right to read " visible(closed); if (!found) exit 106 }
    if (found) exit 102
    print logs " logs are there, and were written without a hole"
    exit 101
  }'
