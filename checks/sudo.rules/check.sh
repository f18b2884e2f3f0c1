#!/bin/sh
#% id: sudo.rules
#% version: 1
#% title: Nobody becomes root without being asked
#% severity: high
#% class: integrity
#% rationale: A rule of sudo or doas without a password turns any account into root, now and after every change of
#% rationale: passwords. All rules are facts, to be compared over the fleet. The check itself fails where a rule of all
#% rationale: commands needs no password (for an account that allowed_nopasswd does not name), where everybody may do
#% rationale: everything, where a password once given counts for ever, where the caller's libraries are let through, where
#% rationale: sudo is told not to log or to search in a directory of temporary files, where a rule names a program that
#% rationale: others may write, and where others than root may write the rules.
#% platform: linux
#% requires: awk sed ls tr
#% privilege: root
#% timeout: 30s
#% output-limit: 512k
#% cost: light
#% side-effects: none
#% param: allowed_nopasswd string "" "accounts and %groups that may do all without a password, separated by spaces: the account of this inspection"
#% fact: sudo.rule file,rule
#% attack: T1548.003@v19
#% nist: AC-6, AC-6(1), IA-11
#% iso27001: A.8.2, A.8.18
#% false-positives: Images of clouds let their first account become root without a password, and so does an inspection that
#% false-positives: logs in without root: name those accounts in allowed_nopasswd. Rules of LDAP or sssd are not in files.
#% remediation: Find out who wrote the rule (ctime of the file, auth.log, the package it may come from), look in auth.log
#% remediation: for what was done by it (grep sudo), and take it out with visudo.
#% references: sudoers(5), doas.conf(5), https://attack.mitre.org/techniques/T1548/003/
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
works "$(printf 'ab' | sed 's/a/c/' | tr c d)" db 'sed or tr'

# TEXT, in $escaped, with the escapes of facts for what would break a line or a field.
escape() {
  escaped=$1
  case $1 in
  *[\\"$tab$newline"]*)
    escaped=$(printf '%s\n' "$1" | sed -e 's/\\/\\\\/g' -e "s/$tab/\\\\t/g" | awk '{ printf "%s%s", between, $0; between = "\\n" }')
    ;;
  esac
}

owner_of() { ls -ldnL "$1" 2>/dev/null | awk '{ print $1 "\t" $3; exit }'; }

# Lines with a backslash at their end are one; comments are none, but #include is, and #1000 is a uid.
logical_lines() {
  awk '
    { sub(/\r$/, ""); line = line $0 }
    line ~ /\\$/ { sub(/\\$/, " ", line); next }
    { sub(/^[ \t]+/, "", line); print line; line = "" }
    END { if (line != "") print line }' "$1" | awk '
    /^#[0-9]/ || /^#includ/ { print; next }
    { sub(/(^|[ \t])#([^0-9].*)?$/, "") }
    /[^ \t]/'
}

# FILE DEPTH
rules() {
  if [ ! -f "$1" ]; then return; fi
  escape "${1#"$root"}"
  if [ ! -r "$1" ]; then
    printf 'closed\t%s\n' "$escaped"
    return
  fi
  printf 'file\t%s\t%s\n' "$(owner_of "$1")" "$escaped"
  logical_lines "$1" | sed 's/^/L/'
  [ "$2" -lt 8 ] || return
  included=$(logical_lines "$1" | sed -n 's/^[#@]\(include\|includedir\)[[:space:]][[:space:]]*/\1 /p')
  set -f
  for line in $included; do
    set +f
    kind=${line%% *}
    path=${line#* }
    path=${path#\"}
    path=${path%\"}
    case $path in /*) ;; *) path=/etc/$path ;; esac
    if [ "$kind" = include ]; then
      rules "$root$path" $(($2 + 1))
      continue
    fi
    if [ ! -d "$root$path" ]; then continue; fi
    if [ ! -r "$root$path" ] || [ ! -x "$root$path" ]; then
      printf 'closed\t%s\n' "$path"
      continue
    fi
    printf 'directory\t%s\t%s\n' "$(owner_of "$root$path")" "$path"
    # sudo leaves out names with a dot in them and those that end with a tilde.
    for file in "$root$path"/*; do
      case ${file##*/} in *.* | *~) continue ;; esac
      rules "$file" $(($2 + 1))
    done
  done
  set +f
}

# Programs that rules name, so that others than root could change what is run.
named_programs() {
  printf '%s\n' "$all" | sed -n 's/^L//p' | tr ' ,=:\t' '\n\n\n\n\n' | sed -n '/^\/[A-Za-z0-9_.\/-]*[A-Za-z0-9_-]$/p' | awk '!($0 in seen) { seen[$0] = 1; print; if (++n == 200) exit }' |
    while read -r program; do
      if [ -f "$root$program" ]; then printf 'program\t%s\t%s\n' "$(owner_of "$root$program")" "$program"; fi
    done
}

IFS=$newline
set -- "$root/etc/sudoers" "$root/usr/local/etc/sudoers" "$root/etc/doas.conf" "$root/usr/local/etc/doas.conf"
present=
for file in "$@"; do [ -e "$file" ] && present=yes; done
if [ -z "$present" ]; then
  for program in usr/bin/sudo usr/bin/doas bin/doas; do
    if [ -e "$root/$program" ]; then say "/$program is there without any rule" 101; fi
  done
  say "there is no sudo and no doas here" 105
fi
admin=$(ls -ldnL "$root/" | awk '{ print $3 }')
all=$(for file in "$@" "$root"/etc/doas.d/*.conf; do rules "$file" 1; done)
{
  printf '%s\n' "$all"
  named_programs
  printf 'end\n'
} | ADMIN=$admin NOPASSWD=${XCCDF_VALUE_allowed_nopasswd:-} awk -F '\t' '
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
  function fact(row) { if (!(row in told)) print ENVIRON["TENKEN_NONCE"] "\tfact\t" row; told[row] = 1 }
  function problem(text) { if (!(text in known)) problems[++found] = text; known[text] = 1 }
  function defaults(text) {
    if (text ~ /!authenticate/) problem(shown(file) " asks nobody for a password: " visible(text))
    if (text ~ /timestamp_timeout[ \t]*=[ \t]*"?-/) problem(shown(file) " lets a password count for ever: " visible(text))
    if (text ~ /!(syslog|log_allowed|pam_session|use_pty_log)([ \t,]|$)/ && text ~ /!(syslog|log_allowed)/) problem(shown(file) " keeps sudo from logging: " visible(text))
    if (text ~ /env_(keep|check)[ \t]*\+?=.*(LD_|BASH_ENV|PYTHONPATH|PERL5LIB|[" ]\*)/ || text ~ /!env_reset/) problem(shown(file) " lets the environment of the caller through: " visible(text))
    if (text ~ /secure_path[ \t]*=.*(\/tmp|\/dev\/shm|\/run\/user|[:="]\.(:|"|$))/) problem(shown(file) " searches a directory of temporary files: " visible(text))
    if (text ~ /(log_file|logfile|editor|mailerpath|requiretty_helper|plugin_dir)[ \t]*=.*\/(tmp|dev\/shm|var\/tmp|dev\/null)/) problem(shown(file) " uses a directory of temporary files: " visible(text))
  }
  # USERS HOSTS = (RUNAS) TAGS: COMMANDS
  function rule(text,  who, what, n, list, i, all) {
    who = text; sub(/[ \t]*=.*/, "", who); what = substr(text, index(text, "=") + 1)
    sub(/[ \t]+[^ \t]+$/, "", who)
    gsub(/[ \t]*,[ \t]*/, ",", who)
    sub(/^[ \t]*(\([^)]*\))?[ \t]*/, "", what)
    all = what ~ /(^|[ \t,:])ALL[ \t]*(,|$)/
    if (who == "ALL" && all && text !~ /targetpw|rootpw/) problem(shown(file) " lets everybody do everything: " visible(text))
    if (what !~ /NOPASSWD[ \t]*:/) return
    if (all || what ~ /(^|[ \t,:\/])(sh|bash|dash|zsh|ksh|su|env|python[0-9.]*|perl|vi|vim|less|find|awk|tee|cp|dd|chmod|chown|mount|docker|systemctl)[ \t]*(,|\*|$)/) {
      n = split(who, list, ",")
      for (i = 1; i <= n; i++) if (!(list[i] in allowed)) { problem(shown(file) " makes " visible(list[i]) " root without a password: " visible(text)); return }
    }
  }
  function doas(text,  n, word, i, who) {
    if (text !~ /^permit/) return
    n = split(text, word, /[ \t]+/)
    for (i = 2; i <= n; i++) if (word[i] !~ /^(nopass|persist|keepenv|nolog|setenv)$/ && word[i] !~ /[{}]/) { who = word[i]; break }
    sub(/^:/, "%", who)
    if (text ~ /[ \t]nopass([ \t]|$)/ && text !~ /[ \t]cmd[ \t]/ && !(who in allowed)) problem(shown(file) " makes " visible(who) " root without a password: " visible(text))
    if (text ~ /[ \t]nolog([ \t]|$)/) problem(shown(file) " keeps doas from logging: " visible(text))
    if (text ~ /setenv[^}]*LD_/) problem(shown(file) " lets the environment of the caller through: " visible(text))
  }
  function loose(mode, uid, what) {
    if (substr(mode, 6, 1) == "w" || substr(mode, 9, 1) == "w") problem("others than its owner may write " what)
    if (uid != 0 && uid != ENVIRON["ADMIN"]) problem(what " belongs to uid " uid)
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    n = split(ENVIRON["NOPASSWD"], list, " ")
    for (i = 1; i <= n; i++) allowed[list[i]] = 1
  }
  /^L/ {
    text = substr($0, 2); gsub(/[ \t]+/, " ", text); sub(/ $/, "", text)
    if (text == "" || text ~ /^[#@]includ/) next
    rules++
    fact("sudo.rule\t" shown(file) "\t" visible(text))
    if (file ~ /doas/) doas(text)
    else if (text ~ /^Defaults/) defaults(text)
    else if (text ~ /^(User|Runas|Host|Cmnd|Cmd)_Alias/) next
    else if (index(text, "=")) rule(text)
    next
  }
  $1 == "file" { files++; file = $4; if ($2 == "" || $3 == "") broken = shown(file); loose($2, $3, shown(file)); next }
  $1 == "directory" { loose($2, $3, $4); next }
  $1 == "program" { if (substr($2, 9, 1) == "w" || ($3 != 0 && $3 != ENVIRON["ADMIN"])) problem("a rule names " $4 ", which others than root may write"); next }
  $1 == "closed" { closed++; if (closed == 1) example = shown($2); next }
  $1 == "end" { complete = 1; next }
  $0 == "" { next }
  { broken = "the rules" }
  END {
    if (!complete || broken != "" || (!files && !closed)) { print "could not be read to its end: " broken; exit 103 }
    for (i = 1; i <= found; i++) print problems[i]
    if (closed) print closed " places could not be looked at: needs root (first: " example ")"
    print rules + 0 " rules in " files + 0 " files"
    if (found) exit 102
    if (closed) exit 106
    exit 101
  }'
