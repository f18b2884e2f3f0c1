#!/bin/sh
#% id: cron.entries
#% version: 1
#% title: What cron and at run belongs here
#% severity: high
#% class: integrity
#% rationale: A line in a crontab brings an intruder back every night, whatever was cleaned by day. All crontabs of the
#% rationale: system and of the accounts, the scripts of cron.daily and its like, anacron's and the jobs of at are read; each
#% rationale: entry is a fact (account, schedule, command), to be compared over the fleet. The check itself fails where an
#% rationale: entry runs something from a directory of temporary files or a hidden one, runs what it downloads or decodes,
#% rationale: or opens a shell to the network; where others than root may write a table or a script; and where an account
#% rationale: that passwd does not know has a crontab. Timers of systemd are systemd.units' question.
#% platform: linux
#% requires: awk sed ls sha256sum tr
#% privilege: root
#% timeout: 60s
#% output-limit: 1m
#% cost: light
#% side-effects: none
#% param: allowed string "" "commands that are in order all the same: parts of a line, separated by |"
#% fact: cron.entry user,schedule,command,file sensitivity=personal
#% fact: cron.script file,digest
#% fact: at.job file,owner,digest sensitivity=personal
#% attack: T1053.003@v19, T1053.002@v19
#% nist: CM-7, SI-7, AU-12
#% iso27001: A.8.9, A.8.19
#% false-positives: Jobs that unpack to /tmp and run there, and installers that people put into cron: name a part of the
#% false-positives: command in allowed. Crontabs of accounts of a directory service, which passwd does not have.
#% remediation: Keep the table with its times, then find what the command points to and keep that as well; look in the
#% remediation: log of cron since when it ran (grep CRON), and on which other terminals the same entry stands.
#% references: crontab(5), at(1), https://attack.mitre.org/techniques/T1053/003/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}
tab=$(printf '\t')
newline='
'

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
# A tool whose silence would look like a machine on which all is well.
works() { [ "$1" = "$2" ] || say "$3 does not work as it should" 103; }
works "$(printf 'ab' | sed 's/a/c/')" cb sed
works "$(printf 'ab' | sha256sum | tr -d ' -')" fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603 sha256sum

# TEXT, in $escaped, with the escapes of facts for what would break a line or a field.
escape() {
  escaped=$1
  case $1 in
  *[\\"$tab$newline"]*)
    escaped=$(printf '%s\n' "$1" | sed -e 's/\\/\\\\/g' -e "s/$tab/\\\\t/g" | awk '{ printf "%s%s", between, $0; between = "\\n" }')
    ;;
  esac
}

# TOOL FILE, in $digest; FILE, in $owner: its mode and its owner. No program more than it takes: this runs once a file.
digest_of() {
  digest=$({ "$1" <"$2"; } 2>/dev/null)
  digest=${digest%% *}
}
owner_of() {
  line=$(ls -ldnL "$1" 2>/dev/null)
  mode=${line%% *}
  line=${line#"$mode"}
  line=${line#"${line%%[! ]*}"}
  line=${line#* }
  line=${line#"${line%%[! ]*}"}
  uid=${line%% *}
  owner=${mode:-?}$tab${uid:-?}
}

# KIND FILE USER: a table, a script or a job, its lines each with a letter before them.
told() {
  if [ ! -f "$2" ]; then return; fi
  escape "$3"
  user=$escaped
  escape "${2#"$root"}"
  if [ ! -r "$2" ]; then
    printf 'closed\t%s\n' "$escaped"
    return
  fi
  owner_of "$2"
  digest_of sha256sum "$2"
  printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$digest" "$owner" "$user" "$escaped"
  tr '\0' '?' <"$2" | sed 's/^/L/'
}

# DIRECTORY: one that cannot be looked into is told.
enter() {
  if [ ! -d "$1" ]; then return 1; fi
  if [ -r "$1" ] && [ -x "$1" ]; then return 0; fi
  printf 'closed\t%s\n' "${1#"$root"}"
  return 1
}

looked=
for directory in etc/cron.d var/spool/cron etc/crontabs etc/periodic var/spool/at; do
  [ -d "$root/$directory" ] && looked=yes
done
if [ -z "$looked" ] && [ ! -e "$root/etc/crontab" ]; then say "there is no cron and no at here" 105; fi
admin=$(ls -ldnL "$root/" | awk '{ print $3 }')

{
  if [ -r "$root/etc/passwd" ]; then sed 's/^\([^:]*\):[^:]*:\([^:]*\).*/P\1 \2/' "$root/etc/passwd"; else printf 'closed\t/etc/passwd\n'; fi
  told system "$root/etc/crontab" ''
  if enter "$root/etc/cron.d"; then for file in "$root"/etc/cron.d/*; do told system "$file" ''; done; fi
  told anacron "$root/etc/anacrontab" root
  for directory in var/spool/cron/crontabs var/spool/cron etc/crontabs var/spool/cron/tabs; do
    if [ -h "$root/$directory" ] || ! enter "$root/$directory"; then continue; fi
    for file in "$root/$directory"/*; do told table "$file" "${file##*/}"; done
  done
  for directory in "$root"/etc/cron.hourly "$root"/etc/cron.daily "$root"/etc/cron.weekly "$root"/etc/cron.monthly "$root"/etc/periodic/*; do
    if enter "$directory"; then for file in "$directory"/*; do told script "$file" root; done; fi
  done
  for directory in var/spool/cron/atjobs var/spool/at var/spool/atjobs; do
    if enter "$root/$directory"; then for file in "$root/$directory"/*; do told job "$file" ''; done; fi
  done
  printf 'end\n'
} | ADMIN=$admin ALLOWED=${XCCDF_VALUE_allowed:-} awk -F '\t' '
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
  # What came through escape() has its escapes already, but for the other control characters.
  function shown(s,  i, c, out) {
    if (s !~ /[\001-\037\177]/) return s
    for (i = 1; i <= length(s); i++) { c = substr(s, i, 1); out = out (c in code ? sprintf("\\x%02x", code[c]) : c) }
    return out
  }
  # Why a command is one that nobody in order would leave here; nothing where it is not.
  function odd(s,  hidden) {
    if (s ~ /(^|[;&|(`{])[ \t]*["\047]?\/(tmp|var\/tmp|dev\/shm|run\/shm|run\/user)\// || \
      s ~ /(^|[ \t;&|(`\/"\047])(sh|bash|dash|ash|ksh|zsh|perl|python[0-9.]*|ruby|php|source|exec|nohup|sudo|env|nice|setsid|timeout|eval|\.)[ \t]+(-[A-Za-z]+[ \t]+)*["\047]?\/(tmp|var\/tmp|dev\/shm|run\/shm|run\/user)\//)
      return "runs something in a directory of temporary files"
    if (match(s, /(^|[;&|(`{])[ \t]*["\047]?\/[^ \t;&|"\047]*\/\.[A-Za-z0-9_]/)) {
      hidden = substr(s, RSTART, RLENGTH)
      if (hidden !~ /^[;&|(`{]?[ \t]*["\047]?\/(home|root)\//) return "runs something hidden"
    }
    if (s ~ /(curl|wget|fetch)[ \t][^;]*\|[ \t]*(sudo[ \t]+)?([a-z\/]*\/)?(ba|da|z|k|a)?sh([ \t;&|)"\047]|$)/ || \
      s ~ /(eval|sh[ \t]+-c)[ \t][^;]*(curl|wget)[ \t]/) return "runs what it downloads"
    if (s ~ /\/dev\/(tcp|udp)\//) return "talks to the network from a shell"
    if (s ~ /base64[ \t]+(-d|-D|--decode)[^;]*\|[ \t]*([a-z\/]*\/)?(ba|da|z|k|a)?sh([ \t;&|)"\047]|$)/ || s ~ /(eval|sh[ \t]+-c)[ \t][^;]*base64[ \t]+(-d|-D|--decode)/)
      return "runs what it decodes"
    if (s ~ /(^|[ \t;&|(\/])(nc|ncat|netcat|nc\.traditional|nc\.openbsd)[ \t]([^;|&]*[ \t])?(-[a-z]*[ec]|--exec|--sh-exec)[ \t]/ || \
      s ~ /socat[ \t].*(exec|EXEC|system|SYSTEM):/ || s ~ /mkfifo.*(nc|ncat|netcat|telnet)[ \t]/ || s ~ /(ba|z|k)?sh[ \t]+-i[ \t]*[^;]*[<>]&/ || \
      s ~ /(perl|python[0-9.]*|ruby|php)[ \t].*(socket|fsockopen|pty\.spawn|IO::Socket)/) return "opens a shell to the network"
    if (s ~ /(^|[ \t;&|("\047])LD_(PRELOAD|AUDIT)=/) return "forces a library into programs"
    return ""
  }
  function fact(row) { if (!(row in told)) print ENVIRON["TENKEN_NONCE"] "\tfact\t" row; told[row] = 1 }
  function problem(text) { if (!(text in known)) problems[++found] = text; known[text] = 1 }
  function judge(text,  why, i) {
    why = odd(text)
    if (why == "") return
    for (i = 1; i <= allowances; i++) if (allowance[i] != "" && index(text, allowance[i])) return
    problem(shown(file) " " why ": " visible(text))
  }
  function setting(text) {
    if (text ~ /^(LD_|BASH_ENV|ENV[ \t]*=|PERL5OPT|PYTHONSTARTUP)/ || text ~ /^(SHELL|PATH|HOME)[ \t]*=.*\/(tmp|dev\/shm|run\/user)(\/|:|$)/)
      problem(shown(file) " sets what no crontab should: " visible(text))
  }
  # Five words or one that begins with @, then in tables of the system the account.
  function entry(text,  word, n, schedule, i, user, command) {
    sub(/^[ \t]+/, "", text); sub(/[ \t\r]+$/, "", text)
    if (text == "" || text ~ /^#/) return
    if (text ~ /^[A-Za-z_][A-Za-z0-9_]*[ \t]*=/ || text ~ /^["\047][A-Za-z_]+["\047][ \t]*=/) { gsub(/["\047]/, "", text); setting(text); return }
    n = split(text, word, /[ \t]+/)
    count = text ~ /^@/ ? 1 : 5
    if (kind == "anacron") count = 3
    user = owner_of_table
    for (i = 1; i <= count && i <= n; i++) schedule = schedule (i > 1 ? " " : "") word[i]
    if (kind == "system") user = word[i++]
    for (; i <= n; i++) command = command (command == "" ? "" : " ") word[i]
    if (command == "") return
    entries++
    fact("cron.entry\t" visible(user) "\t" visible(schedule) "\t" visible(command) "\t" shown(file))
    judge(command)
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    allowances = split(ENVIRON["ALLOWED"], allowance, "|")
  }
  /^P/ { accounts++; split(substr($0, 2), pair, " "); uid[pair[1]] = pair[2]; next }
  /^L/ {
    text = substr($0, 2)
    if (kind == "script" || kind == "job") { sub(/^[ \t]+/, "", text); if (text !~ /^#/) judge(text) }
    else entry(text)
    next
  }
  $1 == "system" || $1 == "table" || $1 == "script" || $1 == "job" || $1 == "anacron" {
    kind = $1; owner_of_table = $5; file = $6; files++
    if (length($2) != 64) broken = shown(file)
    if (kind == "script") fact("cron.script\t" shown(file) "\t" $2)
    if (kind == "job") { jobs++; fact("at.job\t" shown(file) "\t" $4 "\t" $2) }
    if (substr($3, 6, 1) == "w" || substr($3, 9, 1) == "w") problem("others than its owner may write " shown(file))
    own = $4 == 0 || $4 == ENVIRON["ADMIN"]
    if (kind == "table" && accounts && !($5 in uid)) problem(shown(file) " is a crontab of nobody that passwd knows")
    else if (kind == "table" && !own && $4 != uid[$5]) problem(shown(file) " belongs to uid " $4)
    else if (kind != "table" && kind != "job" && !own) problem(shown(file) " belongs to uid " $4)
    next
  }
  $1 == "closed" { closed++; if (closed == 1) example = shown($2); next }
  $1 == "end" { complete = 1; next }
  { broken = "a table" }
  END {
    if (!complete || broken != "") { print "could not be read to its end: " broken; exit 103 }
    for (i = 1; i <= found; i++) print problems[i]
    if (closed) print closed " places could not be looked at: needs root (first: " example ")"
    print entries + 0 " entries in " files + 0 " files, " jobs + 0 " jobs of at"
    if (found) exit 102
    if (closed) exit 106
    exit 101
  }'
