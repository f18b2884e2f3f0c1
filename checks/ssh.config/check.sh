#!/bin/sh
#% id: ssh.config
#% version: 1
#% title: sshd is configured to let in only whom it should
#% severity: high
#% class: integrity
#% rationale: One line in sshd_config keeps a door open: empty passwords, root by password, an environment that the user
#% rationale: brings along (LD_PRELOAD in it), keys from files that anyone may write, a Match block that holds for one
#% rationale: address only, a sshd that was started with another configuration than the one that everybody looks at. The
#% rationale: files are read as sshd reads them, with what they include; the settings that matter and the digest of each
#% rationale: file are facts, to be compared over the fleet. So are the scripts that sshd runs at each login (sshrc,
#% rationale: ~/.ssh/rc). Keys and the programs that hand out keys are ssh.authkeys' question.
#% platform: linux
#% requires: awk sed ls sha256sum tr
#% privilege: root
#% timeout: 30s
#% output-limit: 256k
#% cost: light
#% side-effects: none
#% param: allowed_root_login string "no prohibit-password without-password forced-commands-only" "values of PermitRootLogin that are in order"
#% param: allowed_settings string "" "settings that are in order all the same, name=value separated by spaces: gatewayports=yes"
#% fact: ssh.config file,digest
#% fact: ssh.setting setting,value,scope
#% fact: ssh.rc file,digest sensitivity=personal
#% attack: T1556@v19, T1098.004@v19, T1572@v19
#% nist: AC-17, CM-6, IA-2
#% iso27001: A.8.9, A.8.20
#% false-positives: Sites that let root in by password, or forward ports for others, on purpose: name that in
#% false-positives: allowed_root_login and allowed_settings. Test servers that run a second sshd.
#% remediation: Find out who wrote the line and when; compare the digest with other terminals of the site. Restore the
#% remediation: file, restart sshd, and look in auth.log for logins that the line made possible.
#% references: sshd_config(5), sshd(8), https://attack.mitre.org/techniques/T1556/
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

# TEXT, in $escaped, with the escapes of facts for what would break a line or a field.
escape() {
  escaped=$1
  case $1 in
  *[\\"$tab$newline"]*)
    escaped=$(printf '%s\n' "$1" | sed -e 's/\\/\\\\/g' -e "s/$tab/\\\\t/g" | awk '{ printf "%s%s", between, $0; between = "\\n" }')
    ;;
  esac
}

# KIND FILE: digest, owner and mode
file_line() {
  escape "${2#"$root"}"
  owner=$(ls -ldnL "$2" 2>/dev/null | awk '{ print $1 "\t" $3; exit }')
  printf '%s\t%s\t%s\t%s\n' "$1" "$(sha256sum <"$2" | tr -d ' -')" "${owner:-?$tab?}" "$escaped"
}

# FILE DEPTH: what it says, and what it includes, at that place.
read_configuration() {
  if [ ! -e "$1" ]; then return 0; fi
  if [ ! -f "$1" ]; then
    escape "${1#"$root"}"
    printf 'broken\t%s\n' "$escaped"
    return 0
  fi
  if [ ! -r "$1" ]; then
    escape "${1#"$root"}"
    printf 'closed\t%s\n' "$escaped"
    return 0
  fi
  file_line config "$1"
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line#"${line%%[! "$tab"]*}"}
    case $line in
    '' | '#'*) ;;
    [Ii][Nn][Cc][Ll][Uu][Dd][Ee][\ =\""$tab"]*) included "${line#???????}" "$2" ;;
    *) printf 'line\t%s\n' "$line" ;;
    esac
  done <"$1"
}

# A word of a pattern may be in quotes; a name that does not begin with / is one of /etc/ssh.
included() {
  [ "$2" -lt 8 ] || return 0
  set -f
  for pattern in $(printf '%s\n' "$1" | tr -d '"' | tr "= $tab" "$newline$newline$newline"); do
    set +f
    case $pattern in /*) ;; *) pattern=/etc/ssh/$pattern ;; esac
    for file in $root$pattern; do read_configuration "$file" $(($2 + 1)); done
  done
  set +f
}

# The arguments of every sshd that listens: as they were given, or in the title that it gives itself. Sessions have
# another title.
servers() {
  for directory in "$root"/proc/[0-9]*; do
    { read -r name <"$directory/comm"; } 2>/dev/null || continue
    [ "$name" = sshd ] || continue
    { tr '\0\n' '\n?' <"$directory/cmdline"; } 2>/dev/null | awk '
      NR == 1 && /^sshd: .* \[listener\]/ { sub(/ \[listener\].*/, ""); n = split(substr($0, 7), words, " "); exit }
      NR == 1 && $0 !~ /sshd$/ { exit }
      NR > 1 { words[++n] = $0 }
      END { for (i = 1; i <= n; i++) if (words[i] == "-f" || words[i] == "-o") { print "server\t" words[i] "\t" words[i + 1] }
            else if (words[i] ~ /^-[fo]./) print "server\t" substr(words[i], 1, 2) "\t" substr(words[i], 3) }'
  done
}

IFS=$newline
present=
for file in "$root/etc/ssh/sshd_config" "$root/usr/etc/ssh/sshd_config"; do
  [ -e "$file" ] && present=$file && break
done
if [ -z "$present" ] && [ ! -e "$root/usr/sbin/sshd" ]; then say "there is no sshd" 105; fi
if [ -d "$root/etc/ssh" ] && [ ! -x "$root/etc/ssh" ]; then say "needs the right to enter /etc/ssh" 106; fi
admin=$(ls -ldnL "$root/" | awk '{ print $3 }')

{
  if [ -n "$present" ]; then read_configuration "$present" 1; fi
  for file in "$root/etc/ssh/sshrc" "$root"/root/.ssh/rc "$root"/home/*/.ssh/rc; do
    [ -f "$file" ] || continue
    if [ -r "$file" ]; then file_line rc "$file"; fi
  done
  servers
  printf 'end\n'
} | PRESENT=$present ADMIN=$admin ROOT_LOGIN=${XCCDF_VALUE_allowed_root_login-no} ALLOWED=${XCCDF_VALUE_allowed_settings:-} awk -F '\t' '
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
  function setting(key, value,  low) {
    if (key !~ /^(permitrootlogin|passwordauthentication|permitemptypasswords|permituserenvironment|strictmodes|usepam|gatewayports|permittunnel|allowtcpforwarding|allowstreamlocalforwarding|allowagentforwarding|forcecommand|hostbasedauthentication|ignorerhosts|ignoreuserknownhosts|kbdinteractiveauthentication|challengeresponseauthentication|pubkeyauthentication|authenticationmethods|authorizedkeysfile|authorizedkeyscommand|authorizedkeyscommanduser|authorizedprincipalscommand|authorizedprincipalsfile|trustedusercakeys|hostkey|port|listenaddress|loglevel|syslogfacility|allowusers|allowgroups|denyusers|denygroups|subsystem|acceptenv|setenv|exposeauthinfo|permituserrc|chrootdirectory|banner|versionaddendum|pamservicename|securitykeyprovider|xauthlocation)$/) return
    fact("ssh.setting\t" key "\t" visible(value) "\t" visible(scope))
    low = tolower(value); gsub(/"/, "", low)
    if ((key "=" low) in allowed) return
    # Outside a Match block the first value of a keyword counts.
    if (scope == "") { if (key in first) return; first[key] = 1 }
    where = scope == "" ? "" : " (" scope ")"
    if (key == "permitrootlogin" && !(low in root_login)) problem("PermitRootLogin is " value where)
    else if (low in enabling && (key in never_on)) problem(never_on[key] " is " value where)
    else if (low in disabling && (key in never_off)) problem(never_off[key] " is " value where)
    else if (key == "loglevel" && (low == "quiet" || low == "fatal" || low == "error")) problem("LogLevel is " value ": logins are not recorded" where)
    else if (key == "securitykeyprovider" || key == "xauthlocation" && value !~ /^\/usr\//) problem(key " names a program: " value where)
    else if (key == "pamservicename") problem("PAM is asked for another service: " value where)
    else if ((key == "acceptenv" || key == "setenv") && value ~ /(^|[ \t"])(LD_|\*|L\*|PATH|BASH_ENV|ENV($|[ \t=]))/) problem(key " lets in " value where)
    else if (value ~ /(^|[ \t="])\/(tmp|var\/tmp|dev\/shm|run\/user)\//) problem(key " names a directory of temporary files: " value where)
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    n = split(ENVIRON["ROOT_LOGIN"], list, " "); for (i = 1; i <= n; i++) root_login[list[i]] = 1
    n = split(tolower(ENVIRON["ALLOWED"]), list, " "); for (i = 1; i <= n; i++) allowed[list[i]] = 1
    n = split("yes point-to-point ethernet clientspecified", list, " "); for (i = 1; i <= n; i++) enabling[list[i]] = 1
    disabling["no"] = 1
    never_on["permitemptypasswords"] = "PermitEmptyPasswords"; never_on["permituserenvironment"] = "PermitUserEnvironment"
    never_on["gatewayports"] = "GatewayPorts"; never_on["permittunnel"] = "PermitTunnel"
    never_on["hostbasedauthentication"] = "HostbasedAuthentication"
    never_off["strictmodes"] = "StrictModes"; never_off["ignorerhosts"] = "IgnoreRhosts"
  }
  $1 == "config" || $1 == "rc" {
    files++
    if ($2 !~ /^[0-9a-f]+$/ || length($2) != 64) broken = shown($5)
    if ($1 == "config") fact("ssh.config\t" shown($5) "\t" $2)
    else fact("ssh.rc\t" shown($5) "\t" $2)
    if (substr($3, 6, 1) == "w" || substr($3, 9, 1) == "w") problem("others than its owner may write " shown($5))
    if ($1 == "config" && $4 != 0 && $4 != ENVIRON["ADMIN"]) problem(shown($5) " belongs to uid " $4)
    next
  }
  $1 == "line" {
    text = substr($0, 6); sub(/[ \t\r]+$/, "", text)
    lines++
    if (!match(text, /^[A-Za-z0-9]+/)) next
    key = tolower(substr(text, 1, RLENGTH)); value = substr(text, RLENGTH + 1)
    sub(/^[ \t]*=?[ \t]*/, "", value)
    sub(/[ \t]+#.*$/, "", value)
    if (key == "match") { scope = tolower(value) == "all" ? "" : "Match " value; next }
    setting(key, value)
    next
  }
  $1 == "server" {
    fact("ssh.setting\tcommand line\t" visible($2 " " $3) "\t")
    if ($2 == "-f" && $3 != "/etc/ssh/sshd_config" && $3 != "/usr/etc/ssh/sshd_config") problem("a sshd runs with another configuration: " $3)
    else if ($2 == "-o") {
      split($3, pair, /[= ]+/); scope = "command line"; setting(tolower(pair[1]), pair[2]); scope = ""
    }
    next
  }
  $1 == "closed" { closed = closed == "" ? shown($2) : closed; next }
  $1 == "broken" { broken = shown($2); next }
  $1 == "end" { complete = 1; next }
  { broken = "the configuration" }
  END {
    if (!complete || broken != "") { print "could not be read to its end: " broken; exit 103 }
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (closed != "") print "needs the right to read " closed
    if (ENVIRON["PRESENT"] == "") print "sshd is installed without a configuration: its defaults hold"
    print lines + 0 " settings in " files + 0 " files"
    if (found) exit 102
    if (closed != "") exit 106
    exit 101
  }'
