#!/bin/sh
#% id: acct.passwords
#% version: 1
#% title: No account lets anyone in by its password
#% severity: critical
#% class: integrity
#% rationale: An empty password, or a service account that was given a password beside its shell, opens a machine to
#% rationale: whoever knows it. passwd and shadow are read as they stand. A login shell alone on a system account is no
#% rationale: finding (postgres has one): it fails when a password is set as well. Where passwd refers to shadow and
#% rationale: shadow has no line for the account, nobody can say what its password is: no pass. The passwords themselves
#% rationale: never leave the terminal.
#% platform: linux
#% requires: awk
#% privilege: root
#% timeout: 10s
#% output-limit: 1m
#% cost: light
#% side-effects: none
#% fact: account.password name,uid,kind,shell sensitivity=personal
#% attack: T1136.001@v19, T1078.003@v19
#% nist: AC-2, IA-5
#% iso27001: A.5.16, A.5.17
#% false-positives: A passwd of an image that was never given a shadow line for an account: pwck(8) finds it, pwconv(8)
#% false-positives: adds it. Appliances that log in as a system account on purpose.
#% remediation: Find out who set the password and when (ctime of shadow, auth.log, wtmp); lock it with usermod -L, and
#% remediation: look for logins of the account on every terminal.
#% references: passwd(5), shadow(5), https://attack.mitre.org/techniques/T1078/003/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}
passwd=$root/etc/passwd
shadow=$root/etc/shadow

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
if [ ! -e "$passwd" ]; then say "there is no /etc/passwd to look at" 104; fi
if [ ! -r "$passwd" ]; then say "needs the right to read /etc/passwd" 106; fi
if [ -e "$shadow" ] && [ ! -r "$shadow" ]; then say "needs root: shadow could not be read" 106; fi

least=$(awk '$1 == "UID_MIN" && $2 ~ /^[0-9]+$/ { print $2; exit }' "$root/etc/login.defs" 2>/dev/null)

# awk takes a word with "=" for an assignment, but only where a variable's name stands before it: a path is safe.
set -- of=passwd "$passwd"
if [ -e "$shadow" ]; then set -- "$@" of=shadow "$shadow"; fi

LEAST=${least:-1000} awk '
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
  function problem(text) { problems[++found] = text }
  function shuts(shell) { return shell ~ /^(\/usr)?\/s?bin\/(nologin|false|true|sync|shutdown|halt)$/ }
  # The method of crypt(5) alone: y, 6, 5, 1, or des.
  function kind(value) {
    if (value == "") return "empty"
    if (value ~ /^[!*]/) return "locked"
    if (value ~ /^\$[0-9a-z-]+\$/) { split(value, part, "$"); return part[2] }
    return "des"
  }
  BEGIN {
    FS = ":"
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
  }
  of == "shadow" {
    if ($1 == "" || NF < 2) next
    if (!($1 in hash)) hash[$1] = $2
    if ($2 == "") problem("the password of " $1 " in shadow is empty")
    next
  }
  { line++ }
  $0 == "" || $1 ~ /^[#+-]/ || NF < 3 || $1 == "" { next }
  { name[++accounts] = $1; ids[accounts] = $3; field[accounts] = $2; shell[accounts] = $7 == "" ? "/bin/sh" : $7 }
  END {
    if (!line) { print "passwd is empty"; exit 104 }
    for (i = 1; i <= accounts; i++) {
      if (field[i] == "x" && !(name[i] in hash)) { unanswered++; if (example == "") example = name[i]; continue }
      is = kind(field[i] == "x" ? hash[name[i]] : field[i])
      if (field[i] == "") problem("the password of " name[i] " in passwd is empty")
      if (is == "locked") continue
      printf "%s\tfact\taccount.password\t%s\t%s\t%s\t%s\n", ENVIRON["TENKEN_NONCE"], visible(name[i]), visible(ids[i]), \
        visible(is), visible(shell[i])
      opened++
      if (is != "empty" && ids[i] + 0 > 0 && ids[i] + 0 < ENVIRON["LEAST"] + 0 && !shuts(shell[i]))
        problem("the system account " name[i] " has a password and the shell " shell[i])
    }
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (unanswered) print visible(unanswered " accounts refer to shadow and have no line in it (first: " example ")")
    if (found) exit 102
    if (unanswered) exit 104
    print opened + 0 " of " accounts + 0 " accounts have a password"
    exit 101
  }' "$@"
