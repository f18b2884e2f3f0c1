#!/bin/sh
#% id: log.cross
#% version: 1
#% title: The records of logins agree with each other
#% severity: critical
#% class: integrity
#% rationale: A login with a terminal leaves three traces that different programs keep: a row in wtmp, a time in
#% rationale: lastlog, and a line of sshd or login in auth.log (secure, or the journal where there is no such file). Who
#% rationale: cleans up rarely thinks of all three, and what was taken out of one still stands in another. Compared is:
#% rationale: each time of lastlog must be a row of wtmp, the newest row of wtmp from the network must be in lastlog, each
#% rationale: such row must have been accepted by sshd earlier, and each login that the log says had a terminal must be a
#% rationale: row. A login without a terminal (a command, a copy of files, this inspection) leaves no row: those are
#% rationale: facts. Only the span that both sides cover is judged.
#% platform: linux
#% requires: awk od sed tr grep uname date stat
#% privilege: root
#% timeout: 60s
#% output-limit: 1m
#% cost: light
#% side-effects: none
#% param: record_bytes number 0 "size of one record of wtmp; 0: by the machine (384, or 400 on aarch64 and riscv64)"
#% fact: login.unrecorded user,address,method,count,last stack=site sensitivity=personal
#% attack: T1685.006@v19
#% nist: AU-9, AU-6(3)
#% iso27001: A.8.15
#% false-positives: Connections that OpenSSH shares (ControlMaster) for longer than the log reaches back open terminals
#% false-positives: without being accepted again. A clock that was set by hours in between. Logins through other programs
#% false-positives: (telnetd, a web console) that write wtmp and not auth.log. Uids above 70000 are not looked up in lastlog.
#% remediation: Treat the terminal as suspect: copy wtmp, lastlog, auth.log and the journal as they are. The trace that
#% remediation: was left says who came, from where and when; follow that address to the terminal it belongs to.
#% references: utmp(5), lastlog(8), https://attack.mitre.org/techniques/T1685/006/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}
log=$root/var/log

say() {
  printf '%s\n' "$1"
  exit "$2"
}

# See log.wtmp: struct utmp of glibc has two sizes, and lastlog follows them.
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
if [ ! -f "$log/wtmp" ]; then
  if [ -s "$root/var/lib/wtmpdb/wtmp.db" ]; then say "login records are in wtmpdb here" 105; fi
  say "there is no /var/log/wtmp to compare with: log.wtmp says whether there should be" 106
fi
size=${XCCDF_VALUE_record_bytes:-0}
if [ "$size" = 0 ]; then size=$(record_size); fi
if [ "$size" = 0 ]; then say "the size of a record on $(uname -m) is not known" 106; fi

is_compressed() { case $1 in *.gz | *.xz | *.bz2 | *.zst | *.Z | *.lzma | *.lz4 | *.lzo) true ;; *) false ;; esac }

# Names of files that are there, are not compressed and may be read; what may not be read ends the check.
set --
for file in "$log"/wtmp-[0-9]* "$log"/wtmp.[0-9] "$log"/wtmp; do
  [ -f "$file" ] || continue
  if is_compressed "$file"; then continue; fi
  [ -r "$file" ] || say "needs the right to read ${file#"$root"}" 106
  set -- "$@" "$file"
done

texts=
for file in "$log"/auth.log.1 "$log"/auth.log "$log"/secure-[0-9]* "$log"/secure.1 "$log"/secure; do
  [ -f "$file" ] || continue
  if is_compressed "$file"; then continue; fi
  [ -r "$file" ] || say "needs the right to read ${file#"$root"}" 106
  texts=yes
done
journal=
if [ -z "$texts" ] && command -v journalctl >/dev/null 2>&1; then
  for file in "$log"/journal/*/*.journal; do [ -e "$file" ] && journal=yes; done
fi
second=$texts$journal
if [ -f "$log/lastlog" ]; then second=yes; fi
if [ -e "$log/lastlog" ] && [ ! -r "$log/lastlog" ]; then say "needs the right to read /var/log/lastlog" 106; fi

# What sshd was told to keep quiet about, or to tell another file, is no trace that somebody took away.
quiet=
for file in "$root"/etc/ssh/sshd_config "$root"/etc/ssh/sshd_config.d/*.conf; do
  [ -f "$file" ] || continue
  if grep -Eiq '^[[:space:]]*(LogLevel[[:space:]=]+"?(QUIET|FATAL|ERROR)|SyslogFacility[[:space:]=]+"?(DAEMON|USER|LOCAL))' "$file"; then
    quiet=yes
  fi
done

# A line of a log cannot be taken for anything else: each begins with an L.
log_lines() {
  for file in "$log"/auth.log.1 "$log"/auth.log "$log"/secure-[0-9]* "$log"/secure.1 "$log"/secure; do
    [ -f "$file" ] || continue
    if is_compressed "$file"; then continue; fi
    if [ -s "$file" ]; then echo log filled; else echo log; fi
    tr '\0' '?' <"$file" | sed 's/^/L/'
  done
  [ -n "$journal" ] || return 0
  echo log
  journalctl -q --no-pager -o short-iso -D "$log/journal" 2>/dev/null | sed -n -e 's/^/L/' -e 1p -e 1q
  journalctl -q --no-pager -o short-iso -D "$log/journal" -t sshd -t sshd-session -t login 2>/dev/null | sed 's/^/L/'
}

{
  sed 's/^/P/' "$root/etc/passwd" 2>/dev/null
  for file in "$@"; do
    echo wtmp
    od -v -A d -t u1 "$file" || echo unread wtmp
  done
  # Sparse, and as long as the highest uid: od leaves out what repeats.
  if [ -s "$log/lastlog" ]; then
    echo lastlog "$(stat -L -c %Y "$log/lastlog")"
    od -A d -t u1 -N 20720000 "$log/lastlog" || echo unread lastlog
  fi
  log_lines
  echo end
} | SECOND=$second SIZE=$size QUIET=$quiet TEXTS=$texts$journal NOW=$(date +%s) TODAY=$(date +%Y) ZONE=$(date +%z) awk '
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
  # Two digits without a leading zero, which the awk of busybox would read as octal.
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
  function stamp(line, word,  t, zone) {
    if (line ~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]/) {
      tag = 3; slack = 120
      t = days(substr(line, 1, 4) + 0, number(substr(line, 6, 2)), number(substr(line, 9, 2))) * 86400 + clock(substr(line, 12, 8))
      zone = word[1]
      if (match(zone, /[+-][0-9][0-9]:?[0-9][0-9]$/)) t -= offset(substr(zone, RSTART))
      return t
    }
    if (line ~ /^[A-Z][a-z][a-z] [ 0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9] /) {
      tag = 5; slack = 3720
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
  function word_at(i) { return byte[i] + byte[i + 1] * 256 + byte[i + 2] * 65536 + byte[i + 3] * 16777216 }
  # sshd writes an address or a name; xterm, tmux, screen and mosh write what is neither.
  function from_network(host) {
    return host ~ /^[0-9A-Za-z][0-9A-Za-z.:%_-]*$/ && host ~ /[.:]/ && host !~ /^[A-Za-z0-9.-]*:[0-9]+(\.[0-9]+)?$/
  }
  function finish_record(  t, i, part, n) {
    for (i = 0; i < lines; i++) {
      n = split(held[i], part, " ")
      for (j = 1; j <= n; j++) byte[i * 16 + j - 1] = part[j]
    }
    t = word_at(size == 384 ? 340 : 344)
    if (t > 0 && (!begins || t < begins)) begins = t
    if (byte[0] + byte[1] * 256 != 7 || t == 0) return
    rows++; row_user[rows] = text(44, 32); row_line[rows] = text(8, 32); row_host[rows] = text(76, 256); row_time[rows] = t
    i = row_user[rows] SUBSEP int(t / 7200)
    bucket[i] = bucket[i] " " t
  }
  function is_row(user, t, within,  b, i, n, part) {
    for (b = int(t / 7200) - 1; b <= int(t / 7200) + 1; b++) {
      n = split(bucket[user, b], part, " ")
      for (i = 1; i <= n; i++) if (part[i] >= t - within && part[i] <= t + within) return 1
    }
    return 0
  }
  function problem(kind, what) { if (!(kind in count)) { order[++kinds] = kind; example[kind] = what }; count[kind]++ }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    size = ENVIRON["SIZE"] + 0; lines = size / 16; now = ENVIRON["NOW"] + 0; year = ENVIRON["TODAY"] + 0
    entry = size == 384 ? 292 : 296
    weight[0] = 1; weight[1] = 256; weight[2] = 65536; weight[3] = 16777216
  }
  /^P/ {
    n = split(substr($0, 2), field, ":")
    if (n == 7 && field[3] ~ /^[0-9]+$/) { id = number(field[3]); if (!(id in name)) name[id] = field[1]; if (!(field[1] in uid)) uid[field[1]] = id }
    next
  }
  /^wtmp$/ { part_of = "wtmp"; at = 0; open = 1; next }
  /^lastlog( |$)/ { part_of = "lastlog"; part_of_lastlog = 1; written = $2; open = 1; next }
  /^unread / { broken = $2; next }
  /^log( filled)?$/ { if (lacking) broken = "a log"; lacking = NF == 2; part_of = "log"; first = 1; next }
  /^end$/ { if (lacking) broken = "a log"; complete = 1; next }
  /^L/ { lacking = 0 }
  part_of == "wtmp" {
    if (NF == 1) { open = 0; next }
    held[at] = substr($0, index($0, " ") + 1)
    if (++at == lines) { finish_record(); at = 0 }
    next
  }
  part_of == "lastlog" {
    if ($1 == "*") next
    if (NF == 1) { open = 0; next }
    o = number($1)
    for (i = 2; i <= NF; i++) {
      if ($i == 0) continue
      id = int((o + i - 2) / entry); place = (o + i - 2) % entry; start = size == 384 ? 4 : 8
      if (place < 4) last_time[id] += $i * weight[place]
      else if (place >= start && place < start + 32) last_line[id] = last_line[id] sprintf("%c", $i)
      else if (place >= start + 32) last_host[id] = last_host[id] sprintf("%c", $i)
    }
    next
  }
  part_of == "log" && /^L/ {
    line = substr($0, 2)
    if (!first && line !~ / (sshd|sshd-session|login)\[/) next
    n = split(line, word, " ")
    t = stamp(line, word)
    if (!t) next
    if (first && (!covered || t < covered)) covered = t
    first = 0
    program = word[tag]
    if (program ~ /^sshd(-session)?\[[0-9]+\]:$/) {
      if (word[tag + 1] == "Accepted" && word[tag + 3] == "for" && word[tag + 5] == "from") {
        accepted++; who = word[tag + 4]; from = word[tag + 6]
        if (!((who, from) in since) || t - slack < since[who, from]) since[who, from] = t - slack
        if (!(who in anywhere) || t - slack < anywhere[who]) anywhere[who] = t - slack
        login_user[accepted] = who; login_from[accepted] = from; login_how[accepted] = word[tag + 2]
        login_time[accepted] = t; login_slack[accepted] = slack
      } else if (word[tag + 1] == "Starting" && word[tag + 2] == "session:" && word[tag + 4] == "on" && word[tag + 6] == "for") {
        ptys++; pty_user[ptys] = word[tag + 7]; pty_time[ptys] = t; pty_slack[ptys] = slack; pty_what[ptys] = "on " word[tag + 5] " from " word[tag + 9]
      }
    } else if (program ~ /^login\[[0-9]+\]:$/ && match(line, /: session opened for user [^ (]+/)) {
      ptys++; pty_user[ptys] = substr(line, RSTART + 26, RLENGTH - 26); pty_time[ptys] = t; pty_slack[ptys] = slack; pty_what[ptys] = "by login"
    }
    next
  }
  END {
    if (open) broken = part_of
    if (!now || !year || (part_of_lastlog && written !~ /^[0-9]+$/)) broken = "the time"
    if (broken != "" || !complete) { print (broken == "" ? "the logs" : broken) " could not be read to the end"; exit 103 }
    for (id in last_time) {
      t = last_time[id]; lastlogs++
      if (!(id in name) || last_line[id] !~ /^(pts\/|tty|hvc|console)/ || !begins || t < begins || t > now + 86400) continue
      compared++
      if (!is_row(substr(name[id], 1, 32), t, 60))
        problem("in lastlog and not in wtmp", name[id] " on " last_line[id] " at " civil(t) (last_host[id] == "" ? "" : " from " last_host[id]))
    }
    for (i = 1; i <= rows; i++) {
      if (row_line[i] !~ /^pts\// || !from_network(row_host[i])) continue
      user = row_user[i]; t = row_time[i]
      if (!(user in newest) || t > row_time[newest[user]]) newest[user] = i
      if (ENVIRON["QUIET"] != "" || !covered || covered > t - 86400) continue
      compared++
      address = row_host[i] ~ /^[0-9.]+$/ || row_host[i] ~ /:/
      earliest = address ? ((user, row_host[i]) in since ? since[user, row_host[i]] : -1) : (user in anywhere ? anywhere[user] : -1)
      if (earliest < 0 || earliest > t + 120)
        problem("in wtmp and never accepted by sshd in the log", user " on " row_line[i] " at " civil(t) " from " row_host[i])
    }
    for (user in newest) {
      i = newest[user]; t = row_time[i]
      if (!(user in uid) || uid[user] > 69999 || written == "" || written + 0 < t) continue
      compared++
      if (last_time[uid[user]] + 60 < t)
        problem("in wtmp and not in lastlog", user " at " civil(t) " from " row_host[i])
    }
    for (i = 1; i <= ptys; i++) {
      if (!begins || pty_time[i] - pty_slack[i] < begins) continue
      compared++
      if (!is_row(substr(pty_user[i], 1, 32), pty_time[i], pty_slack[i]))
        problem("in the log with a terminal and not in wtmp", pty_user[i] " " pty_what[i] " at " civil(pty_time[i]))
    }
    for (i = 1; i <= accepted; i++) {
      if (begins && login_time[i] - login_slack[i] >= begins && is_row(substr(login_user[i], 1, 32), login_time[i], login_slack[i])) { matched++; continue }
      row = visible(login_user[i]) "\t" visible(login_from[i]) "\t" visible(login_how[i])
      if (!(row in without)) unrecorded[++kept] = row
      without[row]++
      if (login_time[i] > latest[row]) latest[row] = login_time[i]
    }
    for (i = 1; i <= kept && i <= 5000; i++)
      print ENVIRON["TENKEN_NONCE"] "\tfact\tlogin.unrecorded\t" unrecorded[i] "\t" without[unrecorded[i]] "\t" civil(latest[unrecorded[i]])
    for (i = 1; i <= kinds; i++) print visible(count[order[i]] " " order[i] " (first: " example[order[i]] ")")
    print rows + 0 " logins in wtmp, " accepted + 0 " accepted in the log, " compared + 0 " comparisons" \
      (ENVIRON["TEXTS"] == "" ? "; there is no auth.log and no journal" : "")
    if (kinds) exit 102
    if (!compared && !rows && !accepted && !ptys && !lastlogs && ENVIRON["SECOND"] != "") { print "nobody has logged in, as far as two of the records go"; exit 105 }
    if (!compared) { print "nothing to compare: no login is in two of the records"; exit 106 }
    exit 101
  }'
