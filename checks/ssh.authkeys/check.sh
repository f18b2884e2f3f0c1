#!/bin/sh
#% id: ssh.authkeys
#% version: 3
#% title: Authorised keys belong to their accounts
#% severity: high
#% class: integrity
#% rationale: A key in authorized_keys opens an account without a password and survives every change of one; adding
#% rationale: one is the commonest way to come back. All keys of all accounts are told as facts, to be compared over
#% rationale: the fleet: an administrator's key is on many terminals, an intruder's on a few. The check itself fails
#% rationale: where somebody else can add keys (the file, its directory or the home is writable by group or others,
#% rationale: or belongs to neither the account nor root), where a system account that has no login shell has a key
#% rationale: (forwarding needs no shell), and where a program that is not known hands out keys. The keys of dropbear's
#% rationale: root, /etc/dropbear/authorized_keys, are read as well. A line that is no key is a fact without its text.
#% platform: linux
#% requires: awk sed ls sha256sum
#% privilege: root
#% timeout: 60s
#% output-limit: 1m
#% cost: light
#% side-effects: none
#% param: allowed_commands string "/usr/bin/sss_ssh_authorizedkeys /usr/share/ec2-instance-connect/eic_run_authorized_keys /usr/bin/google_authorized_keys" "programs that may be AuthorizedKeysCommand"
#% fact: ssh.key user,fingerprint,type,options,file sensitivity=personal
#% fact: ssh.nokey user,line,file sensitivity=personal
#% fact: ssh.keysource setting,value
#% attack: T1098.004@v19
#% nist: AC-2, AC-3, IA-5(2)
#% iso27001: A.5.17, A.8.5
#% false-positives: Homes that are writable by their group where StrictModes is off; service accounts without a shell
#% false-positives: that take part in tunnels or backups on purpose. Keys for accounts of a directory service are
#% false-positives: found by the directories in /home only. A sshd that was started with another configuration file
#% false-positives: may read keys elsewhere. A row of passwd that cannot be read as an account (a line of NIS, a uid
#% false-positives: with a sign) makes the answer unknown: whose keys it stands for cannot be told.
#% remediation: Compare the fingerprint with the list of keys that were handed out. Take an unknown key out, keep a
#% remediation: copy with its times, and look in auth.log for logins by its fingerprint on every terminal.
#% references: sshd(8), sshd_config(5), https://attack.mitre.org/techniques/T1098/004/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}
newline='
'

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
if [ ! -e "$root/etc/passwd" ]; then say "there is no /etc/passwd to look at" 104; fi
if [ ! -r "$root/etc/passwd" ]; then say "needs the right to read /etc/passwd" 106; fi

# --- What sshd is told: every AuthorizedKeysFile, also of Match blocks; the default where none stands outside one.
settings=
closed=
broken=
read_configuration() {
  [ -e "$1" ] || return 0
  if [ ! -f "$1" ]; then
    broken=${1#"$root"}
    return 0
  fi
  if [ ! -r "$1" ]; then
    closed="$closed ${1#"$root"}"
    return 0
  fi
  found=$(awk '
    { gsub(/"/, ""); sub(/^[ \t]+/, ""); sub(/[ \t]*=[ \t]*/, " ") }
    /^#/ { next }
    {
      key = tolower($1)
      if (key == "match") block = 1
      if (key == "include") for (i = 2; i <= NF; i++) print "include " $i
      if (key == "authorizedkeysfile") for (i = 2; i <= NF; i++) print (block ? "more " : "file ") $i
      if (key == "authorizedkeyscommand" || key == "trustedusercakeys") {
        setting = $1; $1 = ""; sub(/^ /, "")
        if (tolower($0) != "none") print (key ~ /command/ ? "command " : "authority ") $0
      }
    }' "$1") || broken=${1#"$root"}
  settings=$settings$newline$found
  [ "$2" -lt 8 ] || return 0
  set -f
  for pattern in $(echo "$found" | sed -n 's/^include //p'); do
    set +f
    case $pattern in /*) ;; *) pattern=/etc/ssh/$pattern ;; esac
    for file in $root$pattern; do read_configuration "$file" $(($2 + 1)); done
  done
  set +f
}

# --- Where a file stands: `there`, `absent`, or `closed` where a directory on the way lets nobody look.
standing() {
  seen=$root
  rest=$1/
  while [ -n "$rest" ]; do
    part=${rest%%/*}
    rest=${rest#*/}
    [ -n "$part" ] || continue
    if [ ! -e "$seen/$part" ]; then
      if [ -x "$seen/" ]; then stands=absent; else stands=closed; fi
      return
    fi
    seen=$seen/$part
  done
  stands=there
}

# PATTERN NAME UID HOME, with the tokens of sshd_config(5).
expand() {
  rest=$1
  path=
  while :; do
    case $rest in
    *%*)
      path=$path${rest%%"%"*}
      rest=${rest#*"%"}
      case $rest in
      h*) path=$path$4 ;;
      u*) path=$path$2 ;;
      U*) path=$path$3 ;;
      *) path=$path% ;;
      esac
      rest=${rest#?}
      ;;
    *)
      path=$path$rest
      break
      ;;
    esac
  done
  case $path in /*) ;; *) path=$4/$path ;; esac
}

# NAME UID HOME SHELL
account() {
  set -f
  for pattern in $patterns; do
    expand "$pattern" "$1" "$2" "$3"
    key_file "$@"
  done
  set +f
}

# The same, of the file that is in $path.
key_file() {
  standing "$path"
  if [ "$stands" = there ] && [ ! -r "$root$path" ]; then stands=closed; fi
  if [ "$stands" = closed ]; then printf 'closed\t%s\n' "$path"; fi
  if [ "$stands" = there ] && [ -f "$root$path" ]; then keys_of "$@" || printf 'broken\t%s\n' "$path"; fi
}

keys_of() {
  USER_NAME=$1 USER_ID=$2 USER_SHELL=$4 FILE=$path LEAST=$least ADMIN=$admin BASE64=$base64 \
    LISTING=$(ls -ldnL "$root$path" "$root${path%/*}/" "$root$3/" 2>/dev/null) awk '
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
    function problem(text) { print "problem\t" visible(text) }
    # 64 hexadecimal digits as 43 characters of base64 without padding, the form that ssh-keygen prints.
    function base64(digest,  i, bits, text) {
      digest = digest "00"
      for (i = 1; i <= 64; i += 3) {
        bits = (digit(digest, i) * 16 + digit(digest, i + 1)) * 16 + digit(digest, i + 2)
        text = text substr(letters, int(bits / 64) + 1, 1) substr(letters, bits % 64 + 1, 1)
      }
      return substr(text, 1, 43)
    }
    function digit(s, i) { return index("0123456789abcdef", substr(s, i, 1)) - 1 }
    function fingerprint(blob,  command, digest) {
      command = "printf %s \047" blob "\047 |" (ENVIRON["BASE64"] == "" ? "" : " base64 -d 2>/dev/null |") " sha256sum"
      command | getline digest
      close(command)
      digest = substr(digest, 1, 64)
      if (length(digest) != 64 || digest ~ /[^0-9a-f]/) print "broken\tthe output of sha256sum"
      return ENVIRON["BASE64"] == "" ? "text-SHA256:" digest : "SHA256:" base64(digest)
    }
    function is_type(word) { return word ~ /^(ssh|ecdsa|sk)-[a-z0-9@.-]+$/ }
    # The options end at the first blank that is not in double quotes.
    function options_of(line,  i, c, quoted) {
      for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (c == "\\" && substr(line, i + 1, 1) == "\"") i++
        else if (c == "\"") quoted = !quoted
        else if (!quoted && (c == " " || c == "\t")) return substr(line, 1, i - 1)
      }
      return line
    }
    BEGIN {
      letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
      for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
      code["\177"] = 127
    }
    { sub(/\r$/, ""); sub(/^[ \t]+/, "") }
    $0 == "" || /^#/ { next }
    {
      options = is_type($1) ? "" : options_of($0)
      rest = substr($0, length(options) + 1)
      if (split(rest, part, " ") < 2 || !is_type(part[1]) || part[2] !~ /^[A-Za-z0-9+\/=]+$/ || length(part[2]) > 32768) {
        print "skipped\tssh.nokey\t" visible(ENVIRON["USER_NAME"]) "\t" NR "\t" visible(ENVIRON["FILE"])
        next
      }
      keys++
      print "fact\tssh.key\t" visible(ENVIRON["USER_NAME"]) "\t" fingerprint(part[2]) "\t" visible(part[1]) "\t" \
        visible(options) "\t" visible(ENVIRON["FILE"])
    }
    END {
      print "file"
      if (!keys) exit
      lines = split(ENVIRON["LISTING"], line, "\n")
      if (lines < 3) problem("the owner of " ENVIRON["FILE"] " could not be told")
      for (i = 1; i <= lines; i++) {
        split(line[i], field, " ")
        # ls sorts; only directories were named with a slash at their end.
        what = (line[i] ~ /\/$/ ? "a directory above " : "") ENVIRON["FILE"]
        if (substr(field[1], 6, 1) == "w" || substr(field[1], 9, 1) == "w") problem("others than its owner may write " what)
        if (field[3] != ENVIRON["USER_ID"] && field[3] != ENVIRON["ADMIN"] && field[3] != 0)
          problem(what " belongs to uid " field[3] ", not to " ENVIRON["USER_NAME"])
      }
      if (ENVIRON["USER_ID"] > 0 && ENVIRON["USER_ID"] + 0 < ENVIRON["LEAST"] + 0 && ENVIRON["USER_SHELL"] ~ /\/(nologin|false)$/)
        problem("the system account " ENVIRON["USER_NAME"] " has no login shell, but " keys " keys")
    }' "$root$path"
}

# Directories in /home that no account of passwd calls its home: users of a directory service, or nobody any more.
strays() {
  ls -d "$root"/home/* 2>/dev/null | ROOT=$root awk '
    BEGIN {
      passwd = ENVIRON["ROOT"] "/etc/passwd"
      while ((getline line < passwd) > 0) { split(line, field, ":"); sub(/\/+$/, "", field[6]); home[field[6]] = 1 }
    }
    { directory = substr($0, length(ENVIRON["ROOT"]) + 1) }
    !(directory in home) { print directory }'
}

IFS=$newline
read_configuration "$root/etc/ssh/sshd_config" 1
patterns=$(echo "$settings" | sed -n -e 's/^file //p' -e 's/^more //p' | sed '/^none$/d')
usual=yes
case $settings in *"${newline}file "*) usual= ;; esac
if [ -n "$closed$usual" ]; then patterns=.ssh/authorized_keys$newline.ssh/authorized_keys2$newline$patterns; fi
least=$(awk '$1 == "UID_MIN" && $2 ~ /^[0-9]+$/ { print $2; exit }' "$root/etc/login.defs" 2>/dev/null)
least=${least:-1000}
# Whoever owns the root directory stands for root in a specimen.
admin=$(ls -ldnL "$root/" | awk '{ print $3 }')
base64=$(command -v base64)

{
  echo "$settings" | sed -n -e 's/^command /command	/p' -e 's/^authority /authority	/p'
  if [ -n "$closed" ]; then printf 'closed\t%s\n' "$closed"; fi
  if [ -n "$broken" ]; then printf 'broken\t%s\n' "$broken"; fi
  while IFS=: read -r name _ uid _ _ home shell || [ -n "$name" ]; do
    case $name$uid in '' | '#'*) continue ;; esac
    case $uid in
    '' | *[!0-9]*)
      printf 'row\t%s\n' "$name"
      continue
      ;;
    esac
    printf 'account\n'
    while [ "${uid#0?}" != "$uid" ]; do uid=${uid#0}; done
    [ -n "$home" ] || home=/
    account "$name" "$uid" "${home%/}" "$shell"
  done <"$root/etc/passwd"
  path=/etc/dropbear/authorized_keys
  key_file root 0 /etc/dropbear ''
  if [ -d "$root/home" ] && [ ! -r "$root/home" ]; then printf 'closed\t/home\n'; fi
  strays=$(strays)
  set -f
  for home in $strays; do
    account "?${home##*/}" "$(ls -ldnL "$root$home" 2>/dev/null | awk '{ print $3 }')" "$home" ''
  done
  set +f
  echo end
} | ALLOWED=${XCCDF_VALUE_allowed_commands-/usr/bin/sss_ssh_authorizedkeys} awk -F '\t' '
  BEGIN {
    n = split(ENVIRON["ALLOWED"], list, " ")
    for (i = 1; i <= n; i++) allowed[list[i]] = 1
  }
  function visible(s) { gsub(/[\001-\037\177]/, "?", s); return s }
  $1 == "fact" { print ENVIRON["TENKEN_NONCE"] "\t" $0; keys++; users[$3] = 1; next }
  $1 == "problem" { if (!($2 in known)) problems[++found] = $2; known[$2] = 1; next }
  $1 == "command" || $1 == "authority" {
    setting = $1 == "command" ? "AuthorizedKeysCommand" : "TrustedUserCAKeys"
    value = visible($2); gsub(/\\/, "?", value)
    print ENVIRON["TENKEN_NONCE"] "\tfact\tssh.keysource\t" setting "\t" value
    program = value; sub(/ .*/, "", program)
    if ($1 == "command" && !(program in allowed)) problems[++found] = "AuthorizedKeysCommand hands out keys: " program
    next
  }
  $1 == "closed" { closed++; example = example == "" ? $2 : example; next }
  $1 == "skipped" { sub(/^skipped/, "fact"); print ENVIRON["TENKEN_NONCE"] "\t" $0; skipped++; next }
  $1 == "broken" { broken = broken == "" ? $2 : broken; next }
  $1 == "row" { rows++; row = row == "" ? $2 : row; next }
  $1 == "account" { looked++; next }
  $1 == "end" { complete = 1 }
  END {
    if (broken != "") { print "could not be read to its end: " visible(broken); exit 103 }
    if (!complete) { print "not every account could be looked at"; exit 103 }
    for (i = 1; i <= found; i++) print problems[i]
    if (closed) print closed " places could not be looked at: needs root (first: " visible(example) ")"
    if (rows) print rows " rows of passwd are no accounts that can be read (first: " visible(row) ")"
    if (!looked) print "passwd names no account"
    for (user in users) accounts++
    print keys + 0 " keys for " accounts + 0 " accounts" (skipped ? ", " skipped " lines that are no keys" : "")
    if (found) exit 102
    if (rows || !looked) exit 104
    if (closed) exit 106
    exit 101
  }'
