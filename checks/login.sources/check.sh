#!/bin/sh
#% id: login.sources
#% version: 1
#% title: Logins come from where they should
#% severity: high
#% class: integrity
#% rationale: Who moves from machine to machine logs in to each of them, and the address that he comes from is another
#% rationale: terminal of this fleet. Every account and address of the logins that wtmp, auth.log (secure, or the journal
#% rationale: where there is no such file) and their last rotated files know of is a fact, with how it was done, how often
#% rationale: and when last: weeks of connections, where sockets show seconds. They are for comparing over the fleet and
#% rationale: with the list of which site may talk to which. With allowed_sources the check fails where an address is in
#% rationale: none of the ranges; without it the answer is information.
#% platform: linux
#% requires: awk od sed tr uname date
#% privilege: root
#% timeout: 60s
#% output-limit: 2m
#% cost: light
#% side-effects: none
#% param: allowed_sources string "" "ranges that logins may come from: 10.1.0.0/16 192.0.2.7 2001:db8:* name.example; empty: any"
#% param: record_bytes number 0 "size of one record of wtmp; 0: by the machine (384, or 400 on aarch64 and riscv64)"
#% fact: login.source user,address,method,count,last stack=site sensitivity=personal
#% attack: T1078@v19, T1021.004@v19
#% nist: AC-17, AU-6, SI-4
#% iso27001: A.8.15, A.8.20
#% false-positives: Addresses that are given out anew (DHCP, VPN); jump hosts, behind which everybody has one address; the
#% false-positives: address that this inspection comes from.
#% remediation: Find the terminal that has the address and inspect it first; ask the account's owner about the time. Then
#% remediation: look for the same address on every other terminal.
#% references: utmp(5), sshd(8), https://attack.mitre.org/techniques/T1021/004/
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
if [ -d "$log" ] && [ ! -x "$log" ]; then say "needs the right to enter /var/log" 106; fi
size=${XCCDF_VALUE_record_bytes:-0}
if [ "$size" = 0 ]; then size=$(record_size); fi

is_compressed() { case $1 in *.gz | *.xz | *.bz2 | *.zst | *.Z | *.lzma | *.lz4 | *.lzo) true ;; *) false ;; esac }

wtmp=
texts=
for file in "$log"/wtmp-[0-9]* "$log"/wtmp.[0-9] "$log"/wtmp "$log"/auth.log.1 "$log"/auth.log "$log"/secure-[0-9]* "$log"/secure.1 "$log"/secure; do
  [ -f "$file" ] || continue
  if is_compressed "$file"; then continue; fi
  [ -r "$file" ] || say "needs the right to read ${file#"$root"}" 106
  case ${file##*/} in wtmp*) wtmp=yes ;; *) texts=yes ;; esac
done
journal=
if [ -z "$texts" ] && command -v journalctl >/dev/null 2>&1; then
  for file in "$log"/journal/*/*.journal; do [ -e "$file" ] && journal=yes; done
fi
if [ -z "$wtmp$texts$journal" ]; then say "there is no wtmp, no auth.log and no journal to look at" 106; fi
if [ -n "$wtmp" ] && [ "$size" = 0 ]; then say "the size of a record on $(uname -m) is not known" 106; fi

# A line of a log cannot be taken for anything else: each begins with an L.
{
  for file in "$log"/wtmp-[0-9]* "$log"/wtmp.[0-9] "$log"/wtmp; do
    [ -f "$file" ] || continue
    if is_compressed "$file"; then continue; fi
    echo wtmp
    od -v -A d -t u1 "$file" || echo unread
  done
  for file in "$log"/auth.log.1 "$log"/auth.log "$log"/secure-[0-9]* "$log"/secure.1 "$log"/secure; do
    [ -f "$file" ] || continue
    if is_compressed "$file"; then continue; fi
    if [ -s "$file" ]; then echo "log filled"; else echo log; fi
    tr '\0' '?' <"$file" | sed 's/^/L/'
  done
  if [ -n "$journal" ]; then
    echo log
    journalctl -q --no-pager -o short-iso -D "$log/journal" -t sshd -t sshd-session -t dropbear 2>/dev/null | sed 's/^/L/'
  fi
  echo end
} | SIZE=$size NOW=$(date +%s) TODAY=$(date +%Y) ZONE=$(date +%z) ALLOWED=${XCCDF_VALUE_allowed_sources:-} awk '
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
  # The time of a line of syslog, and in `tag` the number of the word that names the program; 0 where it has none.
  function stamp(line, word,  t, month) {
    if (line ~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]/) {
      tag = 3
      t = days(substr(line, 1, 4) + 0, number(substr(line, 6, 2)), number(substr(line, 9, 2))) * 86400 + clock(substr(line, 12, 8))
      if (match(word[1], /[+-][0-9][0-9]:?[0-9][0-9]$/)) t -= offset(substr(word[1], RSTART))
      return t
    }
    if (line ~ /^[A-Z][a-z][a-z] [ 0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9] /) {
      tag = 5
      month = index("JanFebMarAprMayJunJulAugSepOctNovDec", word[1])
      if (!month) return 0
      t = days(year, (month + 2) / 3, word[2] + 0) * 86400 + clock(word[3]) - offset(ENVIRON["ZONE"])
      return t > now + 86400 ? t - (days(year, 3, 1) - days(year - 1, 3, 1)) * 86400 : t
    }
    return 0
  }
  function text(from, width,  i, out) {
    for (i = from; i < from + width && byte[i] > 0; i++) out = out sprintf("%c", byte[i])
    return out
  }
  function login(user, address, method, t,  row) {
    row = visible(user) "\t" visible(address) "\t" visible(method)
    if (!(row in count)) { order[++rows] = row; from[rows] = address }
    count[row]++
    if (t > last[row]) last[row] = t
    logins++
  }
  function finish_record(  t, i, j, n, part, host) {
    for (i = 0; i < lines; i++) {
      n = split(held[i], part, " ")
      for (j = 1; j <= n; j++) byte[i * 16 + j - 1] = part[j]
    }
    i = size == 384 ? 340 : 344
    t = byte[i] + byte[i + 1] * 256 + byte[i + 2] * 65536 + byte[i + 3] * 16777216
    if (byte[0] + byte[1] * 256 != 7 || t == 0) return
    host = text(76, 256)
    # Terminals of the machine itself, of xterm, tmux, screen and mosh have no address.
    if (host !~ /^[0-9A-Za-z][0-9A-Za-z.:%_-]*$/ || host !~ /[.:]/ || host ~ /^[A-Za-z0-9.-]*:[0-9]+(\.[0-9]+)?$/) return
    login(text(44, 32), host, "wtmp", t)
  }
  function quad(s,  p) {
    sub(/^::ffff:/, "", s)
    if (s !~ /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/) return -1
    split(s, p, ".")
    return ((p[1] * 256 + p[2]) * 256 + p[3]) * 256 + p[4]
  }
  function is_allowed(address,  i, part, bits, size_of_net, low) {
    for (i = 1; i <= ranges; i++) {
      if (range[i] == address) return 1
      if (range[i] ~ /\*$/ && index(address, substr(range[i], 1, length(range[i]) - 1)) == 1) return 1
      if (split(range[i], part, "/") != 2 || quad(address) < 0 || quad(part[1]) < 0) continue
      size_of_net = 1
      for (bits = part[2]; bits < 32; bits++) size_of_net *= 2
      low = quad(part[1]); low -= low % size_of_net
      if (quad(address) >= low && quad(address) < low + size_of_net) return 1
    }
    return 0
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    size = ENVIRON["SIZE"] + 0; lines = size / 16; now = ENVIRON["NOW"] + 0; year = ENVIRON["TODAY"] + 0
    ranges = split(ENVIRON["ALLOWED"], range, " ")
  }
  /^wtmp$/ { part_of = "wtmp"; at = 0; open = 1; next }
  /^unread$/ { broken = "wtmp"; next }
  /^log( filled)?$/ { if (lacking) broken = "a log"; lacking = NF == 2; part_of = "log"; next }
  /^end$/ { if (lacking) broken = "a log"; complete = 1; next }
  /^L/ {
    lacking = 0
    line = substr($0, 2)
    if (line !~ / (sshd|sshd-session|dropbear)\[/) next
    split(line, word, " ")
    t = stamp(line, word)
    if (!t) next
    if (word[tag] ~ /^sshd(-session)?\[[0-9]+\]:$/ && word[tag + 1] == "Accepted" && word[tag + 3] == "for" && word[tag + 5] == "from")
      login(word[tag + 4], word[tag + 6], word[tag + 2], t)
    else if (word[tag] ~ /^dropbear\[[0-9]+\]:$/ && line ~ /(Password|Pubkey) auth succeeded for / && match(line, /succeeded for \047[^\047]*\047/)) {
      who = substr(line, RSTART + 15, RLENGTH - 16)
      address = line; sub(/.* from /, "", address); sub(/:[0-9]+$/, "", address)
      login(who, address, line ~ /Pubkey/ ? "publickey" : "password", t)
    }
    next
  }
  part_of == "wtmp" {
    if (NF == 1) { open = 0; next }
    held[at] = substr($0, index($0, " ") + 1)
    if (++at == lines) { finish_record(); at = 0 }
  }
  END {
    if (open) broken = "wtmp"
    if (broken != "" || !complete || !now || !year) { print (broken == "" ? "the logs" : broken) " could not be read to the end"; exit 103 }
    for (i = 1; i <= rows; i++) {
      if (i <= 9000) print ENVIRON["TENKEN_NONCE"] "\tfact\tlogin.source\t" order[i] "\t" count[order[i]] "\t" civil(last[order[i]])
      if (!(from[i] in seen)) { seen[from[i]] = 1; addresses++ }
      if (ranges && !is_allowed(from[i]) && !(from[i] in wrong)) {
        wrong[from[i]] = 1; found++
        if (found <= 5) { split(order[i], part, "\t"); print part[1] " logged in from " part[2] ", last at " civil(last[order[i]]) }
      }
    }
    if (rows > 9000) { print "more than 9000 rows: not all of them are facts"; exit 103 }
    print logins + 0 " logins from " addresses + 0 " addresses"
    if (found) exit 102
    if (!ranges) exit 108
    exit 101
  }'
