#!/bin/sh
#% id: shell.profile
#% version: 1
#% title: What shells read at their start is in order
#% severity: medium
#% class: integrity
#% rationale: A line in a profile or a .bashrc runs at each login with the rights of whoever logs in: it starts a program
#% rationale: again, puts a directory before all others on the PATH, or makes an alias of sudo or ssh that keeps the
#% rationale: password. The start-up files of the system, of root and of every home are read. Those that are neither as a
#% rationale: package nor as /etc/skel brought them are facts with their digests, to be compared over the fleet. The check
#% rationale: itself fails where such a file runs something from a directory of temporary files or a hidden one, runs what it
#% rationale: downloads or decodes, opens a shell to the network, forces a library into programs, redefines sudo, su, ssh,
#% rationale: doas or passwd, or searches a directory of temporary files; and where others than its owner may write it.
#% platform: linux
#% requires: awk sed ls md5sum sha256sum tr
#% privilege: root
#% timeout: 60s
#% output-limit: 1m
#% cost: light
#% side-effects: none
#% param: allowed string "" "lines that are in order all the same: parts of a line, separated by |"
#% fact: profile.file file,digest sensitivity=personal
#% attack: T1546.004@v19
#% nist: CM-6, SI-7
#% iso27001: A.8.9, A.8.19
#% false-positives: Homes whose files the person has made his own are facts and do not fail. People who made an alias of
#% false-positives: ssh or sudo (with an agent, with options) do: name a part of the line in allowed.
#% remediation: Keep the file with its times; if a password may have gone through an alias, change it and look where it was
#% remediation: used since.
#% references: bash(1), https://attack.mitre.org/techniques/T1546/004/
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
if [ ! -d "$root/etc" ]; then say "there is no /etc to look at" 104; fi
# Tools whose silence would look like a machine on which all is well.
works() { [ "$1" = "$2" ] || say "$3 does not work as it should" 103; }
works "$(printf 'ab' | sed 's/a/c/')" cb sed
works "$(printf 'ab' | sha256sum | tr -d ' -')" fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603 sha256sum
works "$(printf 'ab' | md5sum | tr -d ' -')" 187ef4436122d1cc2f40dc2b92f0eba0 md5sum

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

# What packages and the skeleton of homes have: digests of configuration, of what base-files copies, and of /etc/skel.
known() {
  if [ -r "$root/var/lib/dpkg/status" ]; then
    awk '/^Conffiles:/ { inside = 1; next } /^[^ ]/ { inside = 0 } inside { print "K" $2 }' "$root/var/lib/dpkg/status"
  fi
  for file in "$root"/usr/share/base-files/profile "$root"/usr/share/base-files/dot.*; do
    if [ -f "$file" ] && [ -r "$file" ]; then digest_of md5sum "$file" && printf 'K%s\n' "$digest"; fi
  done
  # The skeleton itself is judged, so that nothing hides in it and in the homes that were made of it.
  for file in "$root"/etc/skel/.[!.]*; do
    if [ -f "$file" ] && [ -r "$file" ]; then digest_of md5sum "$file" && printf 'S%s\n' "$digest"; fi
  done
}

# FILE, with its lines, a letter before each.
told() {
  if [ ! -f "$1" ]; then return; fi
  escape "${1#"$root"}"
  if [ ! -r "$1" ]; then
    printf 'closed\t%s\n' "$escaped"
    return
  fi
  owner_of "$1"
  digest_of md5sum "$1"
  known=$digest
  digest_of sha256sum "$1"
  printf 'file\t%s\t%s\t%s\t%s\n' "$digest" "$owner" "$known" "$escaped"
  tr '\0' '?' <"$1" | sed 's/^/L/'
}

home() {
  if [ ! -d "$1" ]; then return; fi
  if [ ! -x "$1" ]; then
    escape "${1#"$root"}"
    printf 'closed\t%s\n' "$escaped"
    return
  fi
  for name in .bashrc .bash_profile .bash_login .profile .bash_logout .bash_aliases .zshrc .zshenv .zprofile .zlogin .zlogout \
    .kshrc .mkshrc .ashrc .shrc .cshrc .tcshrc .login .xprofile .xsessionrc .xinitrc .pam_environment .config/fish/config.fish; do
    told "$1/$name"
  done
}

admin=$(ls -ldnL "$root/" | awk '{ print $3 }')
{
  known
  for file in "$root"/etc/profile "$root"/etc/profile.d/* "$root"/etc/bash.bashrc "$root"/etc/bashrc "$root"/etc/bashrc.d/* \
    "$root"/etc/bash/* "$root"/etc/bash.bash_logout "$root"/etc/bash_completion.d/* "$root"/etc/environment "$root"/etc/zsh/* \
    "$root"/etc/zshrc "$root"/etc/zshenv "$root"/etc/zprofile "$root"/etc/csh.cshrc "$root"/etc/csh.login "$root"/etc/ksh.kshrc \
    "$root"/etc/mkshrc "$root"/etc/fish/config.fish "$root"/etc/fish/conf.d/* "$root"/etc/skel/.[!.]*; do
    told "$file"
  done
  home "$root/root"
  if [ -d "$root/home" ] && [ ! -r "$root/home" ]; then printf 'closed\t/home\n'; fi
  for directory in "$root"/home/*; do home "$directory"; done
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
  function why(s) {
    if (s ~ /(^|[ \t;&|({])alias[ \t]+(-[a-z]+[ \t]+)*(sudo|su|ssh|doas|passwd|scp|sftp)[ \t]*=/ || s ~ /(^|[ \t;&|({])(function[ \t]+)?(sudo|su|ssh|doas|passwd)[ \t]*\(\)/ || \
      s ~ /(^|[ \t;&|({])function[ \t]+(sudo|su|ssh|doas|passwd)([ \t{]|$)/) return "puts something in the place of a program that asks for a password"
    if (s ~ /(^|[ \t;&|({])PATH=["\047]?([^ ;]*:)?(\/tmp|\/var\/tmp|\/dev\/shm|\/run\/user|\.)[^ ;:]*(:|["\047]|[ \t;]|$)/) return "searches a directory of temporary files or the current one for programs"
    if (s ~ /(^|[ \t;&|({])(BASH_ENV|ENV)=["\047]?\/(tmp|var\/tmp|dev\/shm|run\/user)\//) return "runs something in a directory of temporary files"
    return odd(s)
  }
  function judge(text,  reason, i) {
    reason = why(text)
    if (reason == "") return
    for (i = 1; i <= allowances; i++) if (allowance[i] != "" && index(text, allowance[i])) return
    problem(shown(file) " " reason ": " visible(text))
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    allowances = split(ENVIRON["ALLOWED"], allowance, "|")
  }
  /^K/ { genuine[substr($0, 2)] = 1; next }
  /^S/ { skeleton[substr($0, 2)] = 1; next }
  /^L/ {
    if (skipped) next
    text = substr($0, 2); sub(/^[ \t]+/, "", text)
    if (text !~ /^#/) judge(text)
    next
  }
  $1 == "file" {
    files++; file = $6
    if (length($2) != 64) broken = shown(file)
    home = file ~ /^\/(home|root)\//
    skipped = $5 in genuine || (home && $5 in skeleton)
    if (substr($3, 9, 1) == "w" || substr($3, 6, 1) == "w" && !home) problem("others than its owner may write " shown(file))
    if (!home && $4 != 0 && $4 != ENVIRON["ADMIN"]) problem(shown(file) " belongs to uid " $4)
    if (skipped) next
    own++
    fact("profile.file\t" shown(file) "\t" $2)
    next
  }
  $1 == "closed" { closed++; if (closed == 1) example = shown($2); next }
  $1 == "end" { complete = 1; next }
  { broken = "a file" }
  END {
    if (!complete || broken != "") { print "could not be read to its end: " broken; exit 103 }
    for (i = 1; i <= found; i++) print problems[i]
    if (closed) print closed " places could not be looked at: needs root (first: " example ")"
    print files + 0 " files, " own + 0 " of them neither from a package nor from /etc/skel"
    if (found) exit 102
    if (closed) exit 106
    if (!files) exit 105
    exit 101
  }'
