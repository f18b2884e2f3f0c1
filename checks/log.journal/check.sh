#!/bin/sh
#% id: log.journal
#% version: 1
#% title: The journal is kept, unbroken and still written
#% severity: high
#% class: integrity
#% rationale: The journal of systemd numbers its entries. The header of each of its files says which numbers and which
#% rationale: times it holds, so a file that somebody took out from between two others leaves a hole in the numbers, and a
#% rationale: journal that was cut down to its newest file begins late in the count. The headers are read with od(1): it
#% rationale: needs no journalctl, and does not ask a journalctl that may lie. Fails as well: a journal file that is none,
#% rationale: a journal that is told to keep nothing, is linked away, or has fallen silent under a running journald.
#% rationale: What the entries say is not read here: that is log.journal.deep.
#% platform: linux
#% requires: awk od sed date
#% privilege: root
#% timeout: 60s
#% output-limit: 64k
#% cost: light
#% side-effects: none
#% param: max_silence_hours number 48 "longest time without an entry under a running journald; 0: any"
#% fact: journal.span storage,files,entries,first,last
#% attack: T1685.006@v19
#% nist: AU-9, AU-11
#% iso27001: A.8.15
#% false-positives: A full disk makes journald drop all but its newest file, and so does an administrator who called
#% false-positives: journalctl --vacuum-time. A journal that is kept in memory only is what some distributions start with:
#% false-positives: it is a fact, and passes.
#% remediation: Copy /var/log/journal as it is. The message says between which times entries are missing: look there in
#% remediation: the central log, in auth.log and in wtmp, and on the machines that this one talked to.
#% references: systemd-journald.service(8), https://systemd.io/JOURNAL_FILE_FORMAT/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}
kept=$root/var/log/journal
volatile=$root/run/log/journal

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi

runs=
if [ -e "$root/run/systemd/journal" ]; then runs=yes; fi
id=$(sed -n 1p "$root/etc/machine-id" 2>/dev/null)
if [ -s "$root/etc/machine-id" ] && [ -z "$id" ]; then say "/etc/machine-id could not be read" 103; fi
id=${id:-none}
if [ -h "$kept" ] || [ -h "$kept/$id" ]; then say "/var/log/journal is a symbolic link: the journal goes elsewhere" 102; fi
for directory in "$kept" "$kept/$id" "$volatile" "$volatile/$id"; do
  if [ -d "$directory" ] && { [ ! -r "$directory" ] || [ ! -x "$directory" ]; }; then
    say "needs the right to read ${directory#"$root"}" 106
  fi
done

# The last Storage that stands in the configuration, and whether it limits what is kept.
settings() {
  for file in "$root"/usr/lib/systemd/journald.conf.d/*.conf "$root/etc/systemd/journald.conf" \
    "$root"/run/systemd/journald.conf.d/*.conf "$root"/etc/systemd/journald.conf.d/*.conf; do
    [ -f "$file" ] || continue
    sed -n -e 's/^[[:space:]]*Storage[[:space:]]*=[[:space:]]*\([a-z]*\).*/storage	\1/p' \
      -e 's/^[[:space:]]*\(SystemMaxUse\|SystemKeepFree\|SystemMaxFiles\|MaxRetentionSec\)[[:space:]]*=.*/limited	\1/p' "$file"
  done
}

# The header of each file, in a line of bytes; a name that could break the line is told without its name.
headers() {
  for file in "$1"/*.journal "$1"/*.journal~; do
    if [ ! -e "$file" ] && [ ! -h "$file" ]; then continue; fi
    name=${file##*/}
    case $name in *[!A-Za-z0-9@.~_-]*) name="a file with an odd name" ;; esac
    if [ ! -f "$file" ]; then
      printf 'odd\t%s\n' "$name"
    elif [ ! -r "$file" ]; then
      printf 'closed\t%s\n' "$name"
    else
      printf 'file\t%s\t%s\n' "$2" "$name"
      od -v -A n -t u1 -N 208 "$file"
      printf 'closing\n'
    fi
  done
}

if [ -z "$runs" ]; then
  found=
  for file in "$kept/$id"/*.journal "$volatile/$id"/*.journal; do [ -e "$file" ] && found=yes; done
  if [ -z "$found" ]; then say "journald does not run here, and has left no journal" 105; fi
fi

{
  settings
  if [ -d "$kept/$id" ]; then
    printf 'directory\tpersistent\n'
    headers "$kept/$id" persistent
  fi
  if [ -d "$volatile/$id" ]; then headers "$volatile/$id" volatile; fi
  printf 'end\n'
} | NOW=$(date +%s) RUNS=$runs SILENCE=${XCCDF_VALUE_max_silence_hours:-48} awk -F '\t' '
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
  function wide(at,  i, n) { n = 0; for (i = 7; i >= 0; i--) n = n * 256 + byte[at + i]; return n }
  function hex(at,  i, s) { for (i = 0; i < 16; i++) s = s sprintf("%02x", byte[at + i]); return s }
  # Offsets of the header by the description of the format: the id of the numbering at 72, entries at 152, the last and
  # the first number at 160 and 168, the first and the last time at 184 and 192, in microseconds.
  function finish_file(  i, magic) {
    magic = ""
    for (i = 0; i < 8 && i < bytes; i++) magic = magic sprintf("%c", byte[i])
    if (bytes < 208 || magic != "LPKSHHRH") {
      if (name !~ /~$/) problem(name " is no journal file")
      return
    }
    files[storage]++
    entries = wide(152)
    if (entries == 0) return
    total[storage] += entries
    n++
    series[n] = hex(72); head[n] = wide(168); tail[n] = wide(160)
    from[n] = int(wide(184) / 1000000); to[n] = int(wide(192) / 1000000)
    system_file[n] = name ~ /^system(\.|@)/; kept[n] = storage == "persistent"; named[n] = name
    if (!(storage in first) || from[n] < first[storage]) first[storage] = from[n]
    if (!(storage in last) || to[n] > last[storage]) last[storage] = to[n]
    if (from[n] > now + 86400 || to[n] > now + 86400) problem(name " holds entries of the future")
  }
  # Numbers that lie between two files of the system and that no file of a user holds.
  function hole(a, b,  at, i, moved) {
    at = tail[a]
    do {
      moved = 0
      for (i = 1; i <= n; i++)
        if (kept[i] && series[i] == series[a] && head[i] <= at + 1 && tail[i] > at) { at = tail[i]; moved = 1 }
    } while (moved && at + 1 < head[b])
    return head[b] > at + 1 ? head[b] - at - 1 : 0
  }
  function numbers(  i, j, k, order, m, lost, archived, oldest) {
    for (i = 1; i <= n; i++) if (kept[i] && system_file[i]) {
      for (j = ++m; j > 1 && head[order[j - 1]] > head[i]; j--) order[j] = order[j - 1]
      order[j] = i
      if (named[i] ~ /@/) archived++
      else oldest = i
    }
    for (i = 1; i <= m; i++) for (j = i + 1; j <= m; j++) if (series[order[i]] == series[order[j]]) {
      lost = hole(order[i], order[j])
      if (lost && from[order[j]] - to[order[i]] > 60)
        problem(lost " entries are missing between " civil(to[order[i]]) " and " civil(from[order[j]]))
      break
    }
    if (oldest && !archived && !limited && head[oldest] > 1)
      problem("the " head[oldest] - 1 " entries before " civil(from[oldest]) " are gone, although nothing limits the journal")
  }
  BEGIN {
    now = ENVIRON["NOW"] + 0; silence = ENVIRON["SILENCE"] * 3600
  }
  $1 == "storage" { told = $2; next }
  $1 == "limited" { limited = 1; next }
  $1 == "directory" { directory = 1; next }
  $1 == "odd" { problem($2 " is no regular file"); next }
  $1 == "closed" { closed = closed == "" ? $2 : closed; next }
  $1 == "file" { storage = $2; name = $3; bytes = 0; read_any = 1; if (name == "system.journal" && storage == "persistent") active = 1; next }
  $1 == "closing" { if (bytes == 0) blank = blank == "" ? name : blank; finish_file(); next }
  $1 == "end" { complete = 1; next }
  { k = split($0, word, " "); for (i = 1; i <= k; i++) byte[bytes++] = word[i] + 0 }
  END {
    if (!complete || !now) { print "the journal could not be read"; exit 103 }
    for (storage in files)
      print ENVIRON["TENKEN_NONCE"] "\tfact\tjournal.span\t" storage "\t" files[storage] "\t" total[storage] + 0 "\t" \
        (storage in first ? civil(first[storage]) : "") "\t" (storage in last ? civil(last[storage]) : "")
    numbers()
    runs = ENVIRON["RUNS"] != ""
    if (told == "none") problem("journald is told to keep nothing (Storage=none)")
    else if (runs && !read_any && closed == "") problem("journald runs and keeps no journal at all")
    else if (runs && !active && files["persistent"]) problem("the journal that is being written, system.journal, is gone")
    newest = "persistent" in last ? "persistent" : "volatile"
    if ("volatile" in last && last["volatile"] > last[newest]) newest = "volatile"
    if (runs && silence && newest in last && now - last[newest] > silence)
      problem("journald runs, but its last entry is of " civil(last[newest]))
    for (i = 1; i <= found; i++) print problems[i]
    if (closed != "") print "needs the right to read " closed
    if (found) exit 102
    if (closed != "") exit 106
    if (!n) { print "the files of the journal hold no entry"; exit 104 }
    print files["persistent"] + files["volatile"] " files, " total["persistent"] + total["volatile"] " entries" \
      (files["persistent"] ? "" : "; kept in memory until the next boot only")
    exit 101
  }'
