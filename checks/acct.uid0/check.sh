#!/bin/sh
#% id: acct.uid0
#% version: 2
#% title: Only root has uid 0, and no account lets anyone in
#% severity: critical
#% class: integrity
#% rationale: A second account with uid 0, an empty password, a uid that two accounts share, or a service account
#% rationale: that was given a password and a shell are the cheapest ways to stay on a machine. passwd and shadow are
#% rationale: read as they stand; an entry that cannot be read as an account is a finding, since the C library may
#% rationale: still see one in it. A login shell alone on a system account is only a fact (postgres has one): it
#% rationale: fails when a password is set as well. Accounts of directory services are not in these files. Where passwd
#% rationale: refers to shadow and shadow has no line for the account, nobody can say what its password is: no pass.
#% platform: linux
#% requires: awk
#% privilege: none
#% timeout: 10s
#% output-limit: 1m
#% cost: light
#% side-effects: none
#% param: allowed_uid0 string "" "further names with uid 0 that are known, separated by spaces"
#% fact: account name,uid,shell sensitivity=personal
#% attack: T1136.001@v19
#% nist: AC-2, AC-6(5), IA-5
#% iso27001: A.5.16, A.8.2
#% false-positives: toor and similar second names of root that a site keeps on purpose: name them in allowed_uid0.
#% false-positives: Some appliances share one uid between two names. Entries of NIS (a line that begins with +). A passwd
#% false-positives: of an image that was never given a shadow line for an account: pwck(8) finds it, pwconv(8) adds it.
#% remediation: Find out who added the entry and when (ctime of passwd and shadow, auth.log, wtmp); lock it with
#% remediation: usermod -L, keep the evidence, then remove it.
#% references: passwd(5), shadow(5), https://attack.mitre.org/techniques/T1136/001/
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

if [ ! -e "$shadow" ]; then
  state="missing"
elif [ ! -r "$shadow" ]; then
  state="closed"
else
  state="read"
fi

least=$(awk '$1 == "UID_MIN" && $2 ~ /^[0-9]+$/ { print $2; exit }' "$root/etc/login.defs" 2>/dev/null)

# awk takes a word with "=" for an assignment, but only where a variable's name stands before it: a path is safe.
set -- of=passwd "$passwd"
if [ "$state" = read ]; then set -- "$@" of=shadow "$shadow"; fi

STATE=$state LEAST=${least:-1000} ALLOWED=${XCCDF_VALUE_allowed_uid0:-} awk '
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
  function has_password(i,  value) {
    value = field[i] == "x" ? hash[name[i]] : field[i]
    return value != "" && value !~ /^[!*]/
  }
  BEGIN {
    FS = ":"
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    names = split(ENVIRON["ALLOWED"], list, " ")
    for (i = 1; i <= names; i++) allowed[list[i]] = 1
  }
  of == "shadow" {
    if ($1 == "" || NF < 2) next
    if (!($1 in hash)) hash[$1] = $2
    if ($2 == "") problem("the password of " $1 " in shadow is empty")
    next
  }
  { line++ }
  $0 == "" || $1 ~ /^#/ { next }
  NF != 7 || $1 == "" || $1 ~ /^[+-]/ || $3 !~ /^[0-9]+$/ || length($3) > 10 || $3 + 0 > 4294967295 {
    problem("line " line " of passwd is not an account of this machine: " $1)
    next
  }
  {
    # Without its leading zeros, which the awk of busybox would read as octal.
    uid = $3; sub(/^0+/, "", uid); uid = uid + 0
    if ($1 in seen) problem("two accounts are named " $1)
    seen[$1] = 1
    if (uid == 0 && $1 != "root" && !($1 in allowed)) problem("a second account with uid 0: " $1)
    else if (uid != 0 && uid in owner) problem(owner[uid] " and " $1 " share uid " uid)
    if ($1 == "root" && uid != 0) problem("root has uid " uid)
    if (!(uid in owner)) owner[uid] = $1
    if ($2 == "") problem("the password of " $1 " in passwd is empty")
    else if ($2 == "x") shadowed[++referring] = $1
    if (uid == 0 || !shuts($7)) {
      name[++shown] = $1; ids[shown] = uid; field[shown] = $2; shell[shown] = $7 == "" ? "/bin/sh" : $7
    }
  }
  END {
    state = ENVIRON["STATE"]
    if (!line) { print "passwd is empty"; exit 104 }
    for (i = 1; i <= shown; i++) {
      printf "%s\tfact\taccount\t%s\t%s\t%s\n", ENVIRON["TENKEN_NONCE"], visible(name[i]), ids[i], visible(shell[i])
      if (ids[i] > 0 && ids[i] < ENVIRON["LEAST"] + 0 && has_password(i))
        problem("the system account " name[i] " has a password and the shell " shell[i])
    }
    for (i = 1; i <= found; i++) print visible(problems[i])
    for (i = referring; i > 0; i--) if (!(shadowed[i] in hash)) { unanswered++; example = shadowed[i] }
    if (state == "closed") print "shadow could not be read: passwords need root"
    else if (state == "missing" && unanswered) print "passwd refers to a shadow file that is not there"
    else if (unanswered) print visible(unanswered " accounts refer to shadow and have no line in it (first: " example ")")
    if (found) exit 102
    if (state == "closed") exit 106
    if (unanswered) exit 104
    print "root alone has uid 0; " shown " accounts with a login shell"
    exit 101
  }' "$@"
