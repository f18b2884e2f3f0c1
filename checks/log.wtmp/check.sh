#!/bin/sh
#% id: log.wtmp
#% version: 2
#% title: Login records are complete and in order
#% severity: critical
#% class: integrity
#% rationale: wtmp is the record of who logged in, and the first thing that an intruder cleans. Cleaners overwrite
#% rationale: records with zeros, cut the file short, or put records back in a wrong order; each leaves a trace that
#% rationale: last(1) does not show. Rotated files (wtmp.1, wtmp-DATE) are read too, oldest first,
#% rationale: unless they are compressed: those are named and are facts, and what they hold is not judged. They are older
#% rationale: than the rest, so the answer for the rest stands; where nothing else holds a record there is no answer.
#% rationale: A silence that ends with a boot is a machine that was off, and is not counted.
#% platform: linux
#% requires: od awk grep uname date
#% privilege: none
#% timeout: 30s
#% output-limit: 64k
#% cost: light
#% side-effects: none
#% param: max_silence_hours number 2160 "longest time without a record on a running machine; 0: any"
#% param: max_backstep_seconds number 300 "how far a record may lie before the one that it follows"
#% param: record_bytes number 0 "size of one record; 0: by the machine (384, or 400 on aarch64 and riscv64)"
#% fact: login.records count,first,last,longest_silence_hours
#% fact: login.unread file
#% attack: T1685.006@v19
#% nist: AU-9, AU-6(1)
#% iso27001: A.8.15
#% false-positives: A clock set back by hand or by a wrong hardware clock (dual boot, no battery) looks like records
#% false-positives: out of order. In a container with an init of its own the uptime is still the host's. A server that
#% false-positives: nobody logs in to for a quarter is silent: raise max_silence_hours for it. Just after logrotate wtmp
#% false-positives: is empty: where it compresses at once that is not-checked until the next login (delaycompress helps).
#% remediation: Treat the terminal as suspect: keep wtmp, the journal and auth.log as they are, compare them with the
#% remediation: central log, and find out what was done in the span that is missing.
#% references: utmp(5), https://attack.mitre.org/techniques/T1685/006/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}
log=$root/var/log

say() {
  printf '%s\n' "$1"
  exit "$2"
}

# struct utmp of glibc: seconds are 32 bits at byte 340 where 32-bit programs must read the file too, else 64 bits
# at byte 344. A 32-bit userland on an aarch64 kernel writes the short one.
record_size() {
  case $(uname -m) in
  x86_64 | i?86 | armv* | ppc64le) echo 384 ;;
  aarch64 | riscv64 | loongarch64)
    case $(od -A n -t u1 -j 4 -N 1 /proc/self/exe) in
    *1) echo 384 ;;
    *) echo 400 ;;
    esac
    ;;
  *) echo 0 ;;
  esac
}

has_systemd() { [ -e "$root/usr/lib/systemd/systemd" ] || [ -e "$root/lib/systemd/systemd" ]; }

# What writes a record at each boot; nothing where nothing does: in most containers, and in releases that gave wtmp up
# for the year 2038.
boot_recorder() {
  for file in /usr/lib/systemd/systemd-update-utmp /lib/systemd/systemd-update-utmp; do
    if [ -e "$root$file" ]; then
      echo "$file"
      return
    fi
  done
  if ! has_systemd && [ -e "$root/etc/inittab" ]; then echo /sbin/init; fi
}

# Why there ought to be a wtmp; nothing where nothing says so.
expected_by() {
  recorder=$(boot_recorder)
  if [ -n "$recorder" ]; then
    echo "$recorder writes it at each boot"
  elif grep -qs '^[^#]*/var/log/wtmp' "$root/usr/lib/tmpfiles.d/var.conf"; then
    echo "/usr/lib/tmpfiles.d/var.conf makes it"
  elif ! has_systemd && grep -qs '^[^#]*/var/log/wtmp' "$root/etc/logrotate.conf" "$root/etc/logrotate.d/wtmp"; then
    echo "logrotate knows it"
  elif [ -s "$log/lastlog" ]; then
    echo "/var/log/lastlog is there"
  fi
}

# musl has stubs only; a Debian with the musl package has glibc's loader as well.
has_only_musl() {
  for loader in "$root"/lib*/ld-linux*; do
    [ -e "$loader" ] && return 1
  done
  for loader in "$root"/lib/ld-musl-*; do
    [ -e "$loader" ] && return 0
  done
  return 1
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
if [ -d "$log" ] && [ ! -x "$log" ]; then say "needs the right to enter /var/log" 106; fi
if [ -h "$log/wtmp" ]; then say "/var/log/wtmp is a symbolic link: records go elsewhere" 102; fi
if [ -e "$log/wtmp" ] && [ ! -f "$log/wtmp" ]; then say "/var/log/wtmp is not a regular file" 102; fi

is_compressed() { case $1 in *.gz | *.xz | *.bz2 | *.zst | *.Z | *.lzma | *.lz4 | *.lzo) true ;; *) false ;; esac }

# The compressed ones, a line each.
compressed() {
  for file in "$log"/wtmp-[0-9]* "$log"/wtmp.[0-9]*; do
    if [ -f "$file" ] && is_compressed "$file"; then printf '%s\n' "${file##*/}"; fi
  done
}

set --
for file in "$log"/wtmp-[0-9]* "$log"/wtmp.9 "$log"/wtmp.8 "$log"/wtmp.7 "$log"/wtmp.6 "$log"/wtmp.5 \
  "$log"/wtmp.4 "$log"/wtmp.3 "$log"/wtmp.2 "$log"/wtmp.1 "$log"/wtmp; do
  [ -f "$file" ] || continue
  if is_compressed "$file"; then continue; fi
  [ -r "$file" ] || say "needs the right to read ${file#"$root"}" 106
  set -- "$@" "$file"
done

written=
for file in "$@"; do [ -s "$file" ] && written=yes; done
if [ -z "$written" ] && has_only_musl; then say "musl keeps no login records" 105; fi
if [ ! -e "$log/wtmp" ]; then
  if [ -s "$root/var/lib/wtmpdb/wtmp.db" ]; then say "login records are in wtmpdb here" 105; fi
  reason=$(expected_by)
  if [ -n "$reason" ]; then say "/var/log/wtmp is missing, although $reason" 102; fi
  if [ $# -gt 0 ]; then say "/var/log/wtmp is missing, although ${1#"$root"} is there" 102; fi
  if [ -n "$(compressed)" ]; then say "/var/log/wtmp is missing, although it was rotated once" 102; fi
  say "there is no /var/log/wtmp, and nothing says whether there should be" 104
fi

size=${XCCDF_VALUE_record_bytes:-0}
if [ "$size" = 0 ]; then size=$(record_size); fi
if [ "$size" = 0 ]; then say "the size of a record on $(uname -m) is not known" 106; fi

# Does lastlog hold any login? It is sparse and may be huge: the first uids tell enough.
lastlog=0
if [ -s "$log/lastlog" ] && [ -r "$log/lastlog" ]; then
  lastlog=$(od -A n -t u4 -N 2097152 "$log/lastlog" | awk '
    { for (i = 1; i <= NF; i++) if ($i != 0 && $i != "*") found = 1 }
    END { print found + 0 }')
fi
booted=0
if [ -n "$(boot_recorder)" ] && [ -r "$root/proc/stat" ]; then booted=$(awk '$1 == "btime" { print $2 }' "$root/proc/stat"); fi

# The last line that od prints is the file's length: without it the file was not read to its end.
for file in "$@"; do
  printf 'file %s\n' "${file#"$root/var/log/"}"
  od -v -A d -t d4 "$file" || echo unread
done | SIZE=$size BOOTED=${booted:-0} LASTLOG=$lastlog UNREAD=$(compressed) NOW=$(date +%s) \
  SILENCE=${XCCDF_VALUE_max_silence_hours:-2160} BACKSTEP=${XCCDF_VALUE_max_backstep_seconds:-300} awk '
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
  function hours(seconds) { return int(seconds / 3600) }
  function place() { return "record " (number + 1) " of " file }
  function problem(kind) { if (!(kind in count)) { order[++kinds] = kind; where[kind] = place() }; count[kind]++ }
  function unsigned(word) { return word < 0 ? word + 4294967296 : word }
  function finish_record(  type) {
    records++
    type = unsigned(word[0]) % 65536
    time = unsigned(word[size == 384 ? 85 : 86])
    if (size == 400) time += unsigned(word[87]) * 4294967296
    if (!filled) problem("all-zero record")
    else if (type < 1 || type > 9) problem("record of no known type")
    else if (time == 0) problem("record without a time")
    else in_order(type)
    number++; filled = 0
  }
  # Types of utmp(5): 2 is a boot, 3 the new time after the clock was set.
  function in_order(type) {
    if (time > now + 86400) problem("record dated in the future")
    if (dated && type != 3) {
      if (time < last - backstep) problem("record earlier than the one before it")
      if (type != 2 && time - last > longest) { longest = time - last; silent_from = last; silent_to = time }
    }
    if (!dated) first = time
    dated++; last = time
  }
  BEGIN {
    size = ENVIRON["SIZE"] + 0; words = size / 4; now = ENVIRON["NOW"] + 0; booted = ENVIRON["BOOTED"] + 0
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    unread = split(ENVIRON["UNREAD"], compressed, "\n")
    silence = ENVIRON["SILENCE"] * 3600; backstep = ENVIRON["BACKSTEP"] + 0
  }
  $1 == "file" { file = substr($0, 6); number = 0; at = 0; filled = 0; open = 1; next }
  $1 == "unread" { broken = file; next }
  NF == 1 {
    # Without its leading zeros: the awk of busybox would read them as octal.
    open = 0; length_of = $1; sub(/^0+/, "", length_of)
    if (length_of % size) cut[++cuts] = file " ends " (length_of % size) " bytes into a record"
    next
  }
  {
    for (i = 2; i <= NF; i++) {
      word[at % words] = $i
      if ($i != 0) filled = 1
      if (++at % words == 0) finish_record()
    }
  }
  END {
    if (open) broken = file
    if (broken != "") { print broken " could not be read to its end"; exit 103 }
    printf "%s\tfact\tlogin.records\t%d\t%s\t%s\t%d\n", ENVIRON["TENKEN_NONCE"], records,
      dated ? civil(first) : "", dated ? civil(last) : "", hours(longest)
    for (i = 1; i <= unread; i++) {
      printf "%s\tfact\tlogin.unread\t%s\n", ENVIRON["TENKEN_NONCE"], visible(compressed[i])
      left = left " " visible(compressed[i])
    }
    for (i = 1; i <= kinds; i++) { bad = 1; printf "%d %s (first: %s)\n", count[order[i]], order[i], where[order[i]] }
    for (i = 1; i <= cuts; i++) { bad = 1; print cut[i] }
    if (silence > 0 && longest > silence) {
      bad = 1; print "no record for " hours(longest) " h on a running machine, from " civil(silent_from) " to " civil(silent_to)
    }
    unsure = unread && !dated
    if (!unsure && booted > 0 && now - booted > 86400 && last < booted - 3600) {
      bad = 1
      print "up since " civil(booted) ", but " (dated ? "the last record is of " civil(last) : "there is no record at all")
    } else if (!unsure && !records && ENVIRON["LASTLOG"] + 0) {
      bad = 1; print "wtmp is empty, although lastlog knows of logins"
    }
    if (unread) print "compressed and not read:" left
    if (bad) exit 102
    if (unsure) { print "nothing else holds a record"; exit 106 }
    if (!records) { print "wtmp is empty, and nothing says whether it should be"; exit 104 }
    print records " records from " civil(first) " to " civil(last) ", longest silence " hours(longest) " h"
    exit 101
  }'
