#!/bin/sh
#% id: acct.changes
#% version: 1
#% title: Changes of accounts can be explained
#% severity: medium
#% class: integrity
#% rationale: An account that was added or given another group leaves a time on passwd, shadow, group and gshadow that
#% rationale: touch(1) cannot set: that of the last change of the inode. The check looks for what explains it: somebody was
#% rationale: logged in (wtmp), a package was being installed (dpkg.log, or the database of rpm or apk), the machine had
#% rationale: just booted, or a tool for accounts wrote to auth.log. A change that nothing explains came over a way that
#% rationale: leaves no login. Who is in the groups that amount to root is a fact, to be compared over the fleet. An
#% rationale: account that only shadow knows, and a second group with gid 0, are findings.
#% platform: linux
#% requires: awk od sed stat date uname
#% privilege: root
#% timeout: 60s
#% output-limit: 256k
#% cost: light
#% side-effects: none
#% param: max_age_days number 90 "changes that are older are not judged; 0: all are"
#% param: record_bytes number 0 "size of one record of wtmp; 0: by the machine (384, or 400 on aarch64 and riscv64)"
#% fact: account.change file,explanation
#% fact: account.group group,member sensitivity=personal
#% attack: T1098@v19, T1136.001@v19
#% nist: AC-2, AC-2(4), AC-6
#% iso27001: A.5.16, A.5.18
#% false-positives: Configuration management that works over SSH without a terminal, images that are changed while they are
#% false-positives: off, a restore of a backup. A change before the first record of wtmp is not judged.
#% remediation: Compare passwd, shadow and group with their copies (passwd-, shadow-, group-) and with the last backup;
#% remediation: look at what else has changed in that minute (find / -xdev -newerct).
#% references: passwd(5), shadow(5), https://attack.mitre.org/techniques/T1098/
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
if [ ! -e "$root/etc/passwd" ]; then say "there is no /etc/passwd to look at" 104; fi
for file in /etc/passwd /etc/shadow /etc/group /etc/gshadow /var/log/wtmp /var/log/auth.log /var/log/secure /var/log/dpkg.log; do
  if [ -e "$root$file" ] && [ ! -r "$root$file" ]; then say "needs the right to read $file" 106; fi
done
size=${XCCDF_VALUE_record_bytes:-0}
if [ "$size" = 0 ]; then size=$(record_size); fi
elsewhere=
if [ ! -e "$log/wtmp" ] && [ -s "$root/var/lib/wtmpdb/wtmp.db" ]; then elsewhere=wtmpdb; fi

{
  for name in passwd shadow group gshadow; do
    [ -f "$root/etc/$name" ] || continue
    printf 'file %s %s\n' "$name" "$(stat -L -c %Z "$root/etc/$name")"
    if [ -s "$root/etc/$name" ]; then echo filled; fi
    case $name in
    passwd) sed 's/^/P/' "$root/etc/passwd" ;;
    shadow) sed 's/^\([^:]*\):.*/S\1/' "$root/etc/shadow" ;;
    group) sed 's/^/G/' "$root/etc/group" ;;
    gshadow) sed 's/^\([^:]*\):.*/H\1/' "$root/etc/gshadow" ;;
    esac
  done
  for file in "$root/lib/apk/db/installed" "$root/var/lib/rpm/rpmdb.sqlite" "$root/var/lib/rpm/Packages" \
    "$root/usr/lib/sysimage/rpm/rpmdb.sqlite"; do
    if [ -e "$file" ]; then printf 'packages %s\n' "$(stat -L -c %Y "$file")"; fi
  done
  for file in "$log/dpkg.log.1" "$log/dpkg.log"; do
    if [ -r "$file" ]; then sed -n 's/^\([0-9]*\)-\([0-9]*\)-\([0-9]*\) \([0-9]*\):\([0-9]*\):.* status installed .*/D\1 \2 \3 \4 \5/p' "$file"; fi
  done
  for file in "$log/auth.log.1" "$log/auth.log" "$log/secure"; do
    if [ -r "$file" ]; then sed 's/^/A/' "$file"; fi
  done
  if [ "$size" != 0 ]; then
    for file in "$log/wtmp.1" "$log/wtmp"; do
      if [ -f "$file" ] && [ -r "$file" ]; then
        echo wtmp
        od -v -A d -t u4 "$file" || echo unread
      fi
    done
  fi
  echo end
} | ELSEWHERE=$elsewhere SIZE=$size NOW=$(date +%s) TODAY=$(date +%Y) ZONE=$(date +%z) AGE=${XCCDF_VALUE_max_age_days:-90} awk '
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
      t = days(year, (month + 2) / 3, word[2] + 0) * 86400 + clock(word[3]) - zone
      return t > now + 86400 ? t - (days(year, 3, 1) - days(year - 1, 3, 1)) * 86400 : t
    }
    return 0
  }
  function problem(text) { problems[++found] = text }
  function session(from, to) { sessions++; session_from[sessions] = from; session_to[sessions] = to }
  function close_all(t,  key) { for (key in open) { session(open[key], t); delete open[key] } }
  function finish_record() {
    if (time == 0) return
    if (!begins || time < begins) begins = time
    if (kind == 2) { close_all(time); boots++; boot[boots] = time }
    else if (kind == 7) { if (!(key in open)) open[key] = time }
    else if (kind == 8 && (key in open)) { session(open[key], time); delete open[key] }
  }
  function explanation(t,  i) {
    for (i = 1; i <= tools; i++) if (t > tool[i] - 120 && t < tool[i] + 120) return "a tool for accounts"
    for (i = 1; i <= installs; i++) if (t > install[i] - 600 && t < install[i] + 600) return "a package"
    for (i = 1; i <= sessions; i++) if (t > session_from[i] - 60 && t < session_to[i] + 60) return "a login"
    for (i = 1; i <= boots; i++) if (t > boot[i] - 120 && t < boot[i] + 900) return "a boot"
    if (oldest && t < now - oldest) return "old"
    if (!begins || t < begins) return "before the first record of logins"
    return "nothing"
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    now = ENVIRON["NOW"] + 0; year = ENVIRON["TODAY"] + 0; zone = offset(ENVIRON["ZONE"]); oldest = ENVIRON["AGE"] * 86400
    size = ENVIRON["SIZE"] + 0; lines = size / 16
    n = split("root sudo wheel admin adm docker lxd incus-admin disk shadow kmem libvirt podman", list, " ")
    for (i = 1; i <= n; i++) mighty[list[i]] = 1
  }
  /^file / { if (lacking) broken = file; file = $2; changed[file] = $3; order[++files] = file; if ($3 !~ /^[0-9]+$/) broken = file; next }
  /^filled$/ { lacking = 1; next }
  /^[PSGH]/ { lacking = 0 }
  /^P/ { split(substr($0, 2), field, ":"); known[field[1]] = 1; if (field[4] == "0" && field[3] != "0") of_root[field[1]] = 1; next }
  /^S/ { name = substr($0, 2); if (name != "" && !(name in known)) { strangers++; if (strangers == 1) stranger = name } next }
  /^G/ {
    n = split(substr($0, 2), field, ":")
    if (n < 4) next
    groups[field[1]] = 1
    if (field[3] ~ /^0+$/ && field[1] != "root") problem("a second group with gid 0: " field[1])
    if (!(field[1] in mighty)) next
    n = split(field[4], member, ",")
    for (i = 1; i <= n; i++) if (member[i] != "")
      print ENVIRON["TENKEN_NONCE"] "\tfact\taccount.group\t" visible(field[1]) "\t" visible(member[i])
    next
  }
  /^H/ { name = substr($0, 2); if (name != "" && !(name in groups)) { outsiders++; if (outsiders == 1) outsider = name } next }
  /^packages / { if ($2 ~ /^[0-9]+$/) install[++installs] = $2 + 0; next }
  /^D[0-9]/ { install[++installs] = days(substr($1, 2) + 0, number($2), number($3)) * 86400 + number($4) * 3600 + number($5) * 60 - zone; next }
  /^A/ {
    line = substr($0, 2)
    if (line !~ /(useradd|usermod|userdel|groupadd|groupmod|groupdel|gpasswd|passwd|chpasswd|chage|chfn|chsh|newusers|adduser|sysusers)/) next
    split(line, word, " ")
    t = stamp(line, word)
    if (t && word[tag] ~ /^(useradd|usermod|userdel|groupadd|groupmod|groupdel|gpasswd|passwd|chpasswd|chage|chfn|chsh|newusers|adduser|systemd-sysusers)(\[[0-9]+\])?:$/) tool[++tools] = t
    next
  }
  /^wtmp$/ { if (lacking) broken = file; in_wtmp = 1; row = 0; ends_early = 1; next }
  /^unread$/ { broken = "wtmp"; next }
  /^end$/ { if (lacking) broken = file; complete = 1; next }
  in_wtmp {
    if (NF == 1) { ends_early = 0; next }
    if (row == 0) { kind = $2 % 65536; key = $4 " " $5 }
    if (row == 1) key = key " " $2 " " $3 " " $4 " " $5
    if (row == 2) key = key " " $2 " " $3
    if (row == 21) time = size == 384 ? $3 + 0 : $4 + 0
    if (++row == lines) { finish_record(); row = 0 }
  }
  END {
    if (!complete || broken != "" || !now || !files || ends_early) { print (broken == "" ? "the accounts" : broken) " could not be read to the end"; exit 103 }
    close_all(now)
    for (i = 1; i <= files; i++) {
      t = changed[order[i]]
      reason = explanation(t)
      print ENVIRON["TENKEN_NONCE"] "\tfact\taccount.change\t" order[i] "\t" reason
      if (reason == "nothing") problem(order[i] " changed at " civil(t) ", and nothing explains it")
      else if (reason ~ /^before/) open_questions++
      else told = told (told == "" ? "" : ", ") order[i] " by " reason
    }
    if (strangers) problem(strangers " accounts stand in shadow and not in passwd (first: " stranger ")")
    if (outsiders) problem(outsiders " groups stand in gshadow and not in group (first: " outsider ")")
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (told != "") print "explained: " told
    if (open_questions) print open_questions " files have not changed since " (begins ? "the first record of logins, " civil(begins) : "what is on record: there is no record of logins")
    if (found) exit 102
    if (open_questions && !begins && ENVIRON["ELSEWHERE"] != "") exit 105
    if (open_questions && !begins) exit 106
    exit 101
  }'
