#!/bin/sh
#% id: acct.uid0
#% version: 3
#% title: Only root has uid 0, and no two accounts are one
#% severity: critical
#% class: integrity
#% rationale: A second account with uid 0, a uid that two accounts share, or an account without a password in passwd
#% rationale: are the cheapest ways to stay on a machine. passwd is read as it stands; an entry that cannot be read as an
#% rationale: account is a finding, since the C library may still see one in it. A login shell on a system account is
#% rationale: only a fact (postgres has one). Anyone may read passwd, so that the answer needs no right; the passwords
#% rationale: themselves are looked at by acct.passwords. Accounts of directory services are not in this file.
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
#% nist: AC-2, AC-6(5)
#% iso27001: A.5.16, A.8.2
#% false-positives: toor and similar second names of root that a site keeps on purpose: name them in allowed_uid0.
#% false-positives: Some appliances share one uid between two names. Entries of NIS (a line that begins with +).
#% remediation: Find out who added the entry and when (ctime of passwd, auth.log, wtmp); lock it with
#% remediation: usermod -L, keep the evidence, then remove it.
#% references: passwd(5), https://attack.mitre.org/techniques/T1136/001/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}
passwd=$root/etc/passwd

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
if [ ! -e "$passwd" ]; then say "there is no /etc/passwd to look at" 104; fi
if [ ! -r "$passwd" ]; then say "needs the right to read /etc/passwd" 106; fi

ALLOWED=${XCCDF_VALUE_allowed_uid0:-} awk '
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
  BEGIN {
    FS = ":"
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    names = split(ENVIRON["ALLOWED"], list, " ")
    for (i = 1; i <= names; i++) allowed[list[i]] = 1
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
    if (uid == 0 || !shuts($7)) {
      printf "%s\tfact\taccount\t%s\t%s\t%s\n", ENVIRON["TENKEN_NONCE"], visible($1), uid, visible($7 == "" ? "/bin/sh" : $7)
      shown++
    }
  }
  END {
    if (!line) { print "passwd is empty"; exit 104 }
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (found) exit 102
    print "root alone has uid 0; " shown + 0 " accounts with a login shell"
    exit 101
  }' "$passwd"
