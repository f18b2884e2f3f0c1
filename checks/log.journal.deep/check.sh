#!/bin/sh
#% id: log.journal.deep
#% version: 1
#% title: The journal holds together, and knows of every boot
#% severity: high
#% class: integrity
#% rationale: A journal file is a chain of objects. Who overwrites entries with zeros, or cuts a file, breaks the chain
#% rationale: or leaves other counts than the header has. This check walks the chain of every file of this machine's
#% rationale: journal, and compares the boots that the entries belong to with the boots of wtmp: a boot that one of the
#% rationale: two does not know of was cleaned away. It does so with od(1) and awk(1): journalctl --verify writes
#% rationale: temporary files. What it does not do is to compute the hash of each message: a text that was replaced
#% rationale: by one of the same length passes.
#% platform: linux
#% requires: awk od sed date uname
#% privilege: root
#% timeout: 15m
#% output-limit: 64k
#% cost: heavy
#% side-effects: none
#% param: max_megabytes number 1024 "how much of the journal is read at most, the newest file first; what is left makes it unknown"
#% param: max_boot_difference_seconds number 900 "how far the two times of one boot may differ"
#% param: record_bytes number 0 "size of one record of wtmp; 0: by the machine (384, or 400 on aarch64 and riscv64)"
#% fact: journal.boot boot,first,entries
#% attack: T1685.006@v19
#% nist: AU-9, AU-9(3)
#% iso27001: A.8.15
#% false-positives: A power cut can leave the newest file broken: journald then renames it to a name that ends with ~,
#% false-positives: and such files are not walked. A clock without a battery gives a boot two times.
#% remediation: Copy /var/log/journal as it is, and read it elsewhere with journalctl --verify. The span to look at on
#% remediation: other machines is the one of the broken file.
#% references: https://systemd.io/JOURNAL_FILE_FORMAT/, utmp(5)
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}
log=$root/var/log

say() {
  printf '%s\n' "$1"
  exit "$2"
}

# See log.wtmp.
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

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
id=$(sed -n 1p "$root/etc/machine-id" 2>/dev/null)
if [ -s "$root/etc/machine-id" ] && [ -z "$id" ]; then say "/etc/machine-id could not be read" 103; fi
kept=$log/journal/${id:-none}
if [ ! -d "$kept" ]; then say "there is no journal on disk" 105; fi
if [ ! -r "$kept" ] || [ ! -x "$kept" ]; then say "needs the right to read ${kept#"$root"}" 106; fi
size=${XCCDF_VALUE_record_bytes:-0}
if [ "$size" = 0 ]; then size=$(record_size); fi

left=$((${XCCDF_VALUE_max_megabytes:-1024} * 1048576))

# The size of the header, where the last object begins, the numbers of objects and of entries.
header() {
  od -v -A n -t u1 -N 208 "$1" | awk '
    function wide(at,  i, n) { for (i = 7; i >= 0; i--) n = n * 256 + byte[at + i]; return n }
    { for (i = 1; i <= NF; i++) byte[n++] = $i + 0 }
    END {
      if (n < 208 || byte[0] != 76 || byte[1] != 80 || byte[7] != 72) print "none"
      else printf "%.0f %.0f %.0f %.0f\n", wide(88), wide(136), wide(144), wide(152)
    }'
}

# The chain of one file. od is to begin at a multiple of 16.
chain() {
  file=$1
  name=${file##*/}
  case $name in *[!A-Za-z0-9@.~_-]*) name="a file with an odd name" ;; esac
  if [ ! -f "$file" ]; then return; fi
  if [ ! -r "$file" ]; then
    printf 'closed %s\n' "$name"
    return
  fi
  # shellcheck disable=SC2046  # four words
  set -- $(header "$file")
  if [ $# -ne 4 ]; then
    printf 'none %s\n' "$name"
    return
  fi
  if [ "$2" = 0 ]; then
    printf 'blank %s\n' "$name"
    return
  fi
  from=$(($1 / 16 * 16))
  length=$(($2 - from + 64))
  if [ "$length" -gt "$left" ]; then
    printf 'bound %s\n' "$name"
    return
  fi
  left=$((left - length))
  printf 'file %s %s %s %s %s %s\n' "$from" "$1" "$2" "$3" "$4" "$name"
  od -v -A n -t u4 -j "$from" -N "$length" "$file" || echo unread
  echo whole
}

{
  chain "$kept/system.journal"
  for file in "$kept"/*.journal; do
    if [ "$file" != "$kept/system.journal" ]; then chain "$file"; fi
  done
  if [ "$size" != 0 ]; then
    for file in "$log/wtmp.1" "$log/wtmp"; do
      if [ -f "$file" ] && [ -r "$file" ]; then
        echo wtmp
        od -v -A n -t u4 "$file" || echo unread
      fi
    done
  fi
  echo end
} | SIZE=$size NOW=$(date +%s) APART=${XCCDF_VALUE_max_boot_difference_seconds:-900} awk '
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
  function problem(text) { problems[++found] = text }
  function damage(text) { problem(name " " text (newest ? ", after an entry of " civil(int(newest / 1000000)) : "")); walking = 0 }
  function little(w) { return sprintf("%02x%02x%02x%02x", w % 256, int(w / 256) % 256, int(w / 65536) % 256, int(w / 16777216)) }
  # Eight bytes of the file. An object: its type in the first byte, its length in the second eight; an entry, type 3: its
  # number, its time, the time since boot, the id of the boot. Objects begin at multiples of 8.
  function cell(a, lo, hi) {
    if (a == want) { begin = a; type = lo % 256; return }
    if (a == begin + 8) {
      objects++
      if (type < 1 || type > 7 || hi > 1048576 || hi * 4294967296 + lo < 16) { damage("is broken at byte " begin); return }
      want = begin + hi * 4294967296 + lo
      if (want % 8) want += 8 - want % 8
      if (begin == tail) { ended = 1; if (type != 3) walking = 0 }
      else if (want > tail) damage("is broken at byte " begin)
      return
    }
    if (type != 3) return
    if (a == begin + 16) number = hi * 4294967296 + lo
    else if (a == begin + 24) time = hi * 4294967296 + lo
    else if (a == begin + 32) since = hi * 4294967296 + lo
    else if (a == begin + 40) boot = little(lo) little(hi)
    else if (a == begin + 48) { boot = boot little(lo) little(hi); entry(); if (ended) walking = 0 }
  }
  function entry() {
    entries++; total++
    if (number <= last_number) damage("counts back at entry " number)
    last_number = number; newest = time
    if (!(boot in first)) order[++boots] = boot
    if (!(boot in first) || time < first[boot]) { first[boot] = time; started[boot] = (time - since) / 1000000 }
    of_boot[boot]++
    if (!oldest || time < oldest) oldest = time
    if (time > latest) latest = time
  }
  BEGIN { now = ENVIRON["NOW"] + 0; size = ENVIRON["SIZE"] + 0; apart = ENVIRON["APART"] + 0; lines = size / 16 }
  # The commonest line by far: inside an object.
  part == "file" && at + 15 < want && (type != 3 || at > begin + 48) && NF == 4 { at += 16; next }
  $1 == "file" {
    part = "file"; name = $7; at = $2; want = $3 + 0; tail = $4 + 0; expected_objects = $5; expected = $6
    begin = -1; type = objects = entries = last_number = ended = newest = 0; walking = 1; files++; next
  }
  $1 == "whole" {
    if (begin < 0 && walking) broken = name
    else if (walking || (!ended && objects == 0)) damage("ends before its last object")
    else if (ended && (objects < expected_objects - 2 || entries < expected - 1 || entries > expected + 1))
      problem(name " holds " entries " entries, and its header says " expected)
    part = ""; walking = 0; want = 0; next
  }
  $1 == "none" { problem(substr($0, 6) " is no journal file"); files++; next }
  $1 == "blank" { files++; next }
  $1 == "closed" { closed = closed == "" ? substr($0, 8) : closed; next }
  $1 == "bound" { bound++; next }
  $1 == "unread" { broken = part == "wtmp" ? "wtmp" : name; next }
  $1 == "wtmp" { part = "wtmp"; row = 0; next }
  $1 == "end" { complete = 1; next }
  part == "wtmp" {
    if (row == 0) kind = $1 % 65536
    if (row == 21) {
      t = size == 384 ? $2 : $3
      if (t && (!begins || t < begins)) begins = t
      if (kind == 2 && t) boot_of[++recorded] = t
    }
    if (++row == lines) row = 0
    next
  }
  part == "file" && walking {
    cell(at, $1 + 0, $2 + 0)
    if (walking && NF > 2) cell(at + 8, $3 + 0, $4 + 0)
    at += 16
  }
  END {
    if (!complete || broken != "" || !now) { print (broken == "" ? "the journal" : broken) " could not be read to its end"; exit 103 }
    for (i = 1; i <= boots && i <= 1000; i++)
      print ENVIRON["TENKEN_NONCE"] "\tfact\tjournal.boot\t" order[i] "\t" civil(int(first[order[i]] / 1000000)) "\t" of_boot[order[i]]
    # Only the span that both cover.
    for (i = 1; i <= recorded; i++) {
      t = boot_of[i]
      if (t * 1000000 < oldest + apart * 1000000 || t * 1000000 > latest - apart * 1000000 || bound || closed != "") continue
      known = 0
      for (j = 1; j <= boots; j++) if (started[order[j]] > t - apart && started[order[j]] < t + apart) known = 1
      if (!known) problem("wtmp has a boot at " civil(t) " that the journal does not know")
    }
    for (j = 1; j <= boots && recorded; j++) {
      t = started[order[j]]
      if (t < begins + apart) continue
      known = 0
      for (i = 1; i <= recorded; i++) if (boot_of[i] > t - apart && boot_of[i] < t + apart) known = 1
      if (!known) problem("the journal has a boot at " civil(int(t)) " that wtmp does not know")
    }
    for (i = 1; i <= found; i++) print problems[i]
    if (closed != "") print "needs the right to read " closed
    if (bound) print bound " files were not read: more than max_megabytes"
    print files + 0 " files, " total + 0 " entries of " boots + 0 " boots"
    if (found) exit 102
    if (closed != "") exit 106
    if (bound || !total) exit 104
    exit 101
  }'
