#!/bin/sh
#% id: hist.suppressed
#% version: 1
#% title: The shells' histories are kept
#% severity: high
#% class: integrity
#% rationale: An intruder does not want his commands in .bash_history: the file is linked to /dev/null, emptied, made a
#% rationale: directory, or the shell is told not to keep one (HISTFILE, HISTSIZE, HISTFILESIZE, set +o history,
#% rationale: history -c). Looked at are the history files of every account with a login shell, the start-up files that
#% rationale: all shells read, those of each home, and the environment of running processes. What a history holds is not
#% rationale: read. Each line that takes a history away is a fact, to be compared over the fleet.
#% platform: linux
#% requires: awk sed od find grep tr readlink
#% privilege: root
#% timeout: 60s
#% output-limit: 256k
#% cost: light
#% side-effects: none
#% param: allowed string "" "accounts whose history may be off, separated by spaces"
#% fact: hist.file user,file,state sensitivity=personal
#% fact: hist.setting file,line sensitivity=personal
#% attack: T1690@v19, T1070.003@v19
#% nist: AU-12, AU-9
#% iso27001: A.8.15
#% false-positives: Kiosks, appliances and service accounts whose history is off on purpose: name them in allowed. Images
#% false-positives: that were emptied before they were cloned, until somebody has logged in and out once.
#% remediation: See who owns the line or the link and when it was made (ctime); look in auth.log, wtmp and the audit log
#% remediation: for what that account did since.
#% references: bash(1), https://attack.mitre.org/techniques/T1690/
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
if [ ! -e "$root/etc/passwd" ]; then say "there is no /etc/passwd to look at" 104; fi
if [ ! -r "$root/etc/passwd" ]; then say "needs the right to read /etc/passwd" 106; fi

# Tools whose silence would look like a machine on which all is well.
works() { [ "$1" = "$2" ] || say "$3 does not work as it should" 103; }
works "$(printf 'ab' | sed 's/a/c/')" cb sed
works "$(printf '\001\000\000\000\001\000\000\000' | od -A n -t u4 -j 4 -N 4 | tr -d ' ' | sed 's/16777216/1/')" 1 od

# TEXT, in $escaped, with the escapes of facts for what would break a line or a field.
escape() {
  escaped=$1
  case $1 in
  *[\\"$tab$newline"]*)
    escaped=$(printf '%s\n' "$1" | sed -e 's/\\/\\\\/g' -e "s/$tab/\\\\t/g" | awk '{ printf "%s%s", between, $0; between = "\\n" }')
    ;;
  esac
}

# The time of the last login of a uid, 0 if never, nothing if that is not recorded: see lastlog(8) on x86-64.
last_login() {
  [ -r "$root/var/log/lastlog" ] || return 0
  od -A n -t u4 -j $(($1 * 292)) -N 4 "$root/var/log/lastlog" 2>/dev/null | tr -d ' '
}

# NAME UID HOME
history_files() {
  for base in .bash_history .zsh_history .histfile .history .sh_history .ash_history .python_history; do
    file=$root$3/$base
    if [ ! -e "$file" ] && [ ! -h "$file" ]; then continue; fi
    state=kept
    if [ -h "$file" ]; then
      target=$(readlink "$file")
      state="a link to $target"
    elif [ ! -f "$file" ]; then
      state="no regular file"
    elif [ ! -s "$file" ]; then
      state=empty
      case $(last_login "$2") in '' | *[!0-9]* | 0) ;; *) state="empty, although the account has logged in" ;; esac
    fi
    escape "$state"
    state=$escaped
    escape "$3/$base"
    printf 'history\t%s\t%s\t%s\n' "$1" "$escaped" "$state"
  done
}

# FILE USER: the lines of a start-up file that take a history away; comments are none.
settings() {
  [ -f "$root$1" ] || return 0
  escape "$1"
  if [ ! -r "$root$1" ]; then
    printf 'closed\t%s\n' "$escaped"
    return 0
  fi
  USER_NAME=$2 FILE=$escaped awk '
    function visible(s,  i, c, out) {
      for (i = 1; i <= length(s); i++) {
        c = substr(s, i, 1)
        out = out (c == "\\" ? "\\\\" : c == "\t" ? "\\t" : c)
      }
      return out
    }
    function quiet(s) {
      return s ~ /(^|[ \t;&({])(export[ \t]+|declare[ \t]+(-x[ \t]+)?|typeset[ \t]+(-x[ \t]+)?|readonly[ \t]+)?(HISTFILE=("")?(\047\047)?([ \t;&})]|$)|(HISTFILE|HISTLOG)=["\047]?\/dev\/null|HISTSIZE=["\047]?0+["\047]?([ \t;&})]|$)|HISTFILESIZE=["\047]?0+["\047]?([ \t;&})]|$)|SAVEHIST=["\047]?0+["\047]?([ \t;&})]|$)|HISTIGNORE=["\047]?\*["\047]?([ \t;&})]|$))/ \
        || s ~ /(^|[ \t;&({])unset[ \t]+(-v[ \t]+)?([A-Z_]+[ \t]+)*(HISTFILE|HISTSIZE|HISTFILESIZE|SAVEHIST)([ \t;&})]|$)/ \
        || s ~ /(^|[ \t;&({])set[ \t]+\+o[ \t]+history/ || s ~ /(^|[ \t;&({])history[ \t]+-[a-z]*c/ \
        || s ~ /(^|[ \t;&({])(rm|shred|truncate|unlink|ln)[ \t].*_history/ || s ~ />[ \t]*[^ ]*_history([ \t;&]|$)/
    }
    { sub(/\r$/, ""); sub(/^[ \t]+/, "") }
    /^#/ { next }
    quiet($0) {
      print "setting\t" ENVIRON["USER_NAME"] "\t" ENVIRON["FILE"] "\t" visible($0)
    }
    END { print "read" }' "$root$1"
}

# Environments of processes without a history: grep says of each file that it read how many matched. What goes away
# meanwhile is no riddle.
environments() {
  if [ ! -d "$root/proc" ]; then return; fi
  printf 'processes\n'
  find "$root/proc" -maxdepth 2 -path "$root/proc/[0-9]*/environ" \
    -exec grep -c -a -z -E '^(HISTFILE=/dev/null|HISTFILE=|HISTSIZE=0|HISTFILESIZE=0)$' /dev/null {} + 2>/dev/null |
    while read -r file; do
      case $file in
      "$root/proc"/*/environ:0)
        printf 'shown\n'
        continue
        ;;
      "$root/proc"/*/environ:*) printf 'shown\n' ;;
      *) continue ;;
      esac
      process=${file%/environ:*}
      escape "$(readlink "$process/exe" 2>/dev/null)"
      printf 'setting\t\tthe environment of a process\t%s\n' "$escaped"
    done
}

{
  for file in /etc/profile /etc/bash.bashrc /etc/bashrc /etc/environment /etc/zsh/zshenv /etc/zsh/zshrc /etc/zsh/zprofile \
    /etc/zshrc /etc/zshenv /etc/zprofile /etc/security/pam_env.conf "$root"/etc/profile.d/*.sh "$root"/etc/bashrc.d/* "$root"/etc/bash/*.sh; do
    settings "${file#"$root"}" ''
  done
  while IFS=: read -r name _ uid _ _ home shell || [ -n "$name" ]; do
    case $name in '' | '#'* | [+-]*) continue ;; esac
    case $uid in '' | *[!0-9]*) continue ;; esac
    case $shell in *nologin | */false | */true | */sync | */shutdown | */halt) continue ;; esac
    while [ "${uid#0?}" != "$uid" ]; do uid=${uid#0}; done
    home=${home%/}
    printf 'account\n'
    [ -d "$root$home/" ] || continue
    escape "$home"
    if [ ! -x "$root$home/" ] || [ ! -r "$root$home/" ]; then
      printf 'closed\t%s\n' "$escaped"
      continue
    fi
    escape "$name"
    name=$escaped
    history_files "$name" "$uid" "$home"
    for base in .bashrc .bash_profile .bash_login .profile .bash_logout .bash_aliases .zshrc .zshenv .zprofile .zlogin .zlogout .kshrc .mkshrc .ashrc .shrc; do
      settings "$home/$base" "$name"
    done
  done <"$root/etc/passwd"
  environments
  printf 'end\n'
} | ALLOWED=${XCCDF_VALUE_allowed:-} awk -F '\t' '
  # What came through escape() has its escapes already, but for the other control characters.
  function visible(s,  i, c, out) {
    if (s !~ /[\001-\037\177]/) return s
    for (i = 1; i <= length(s); i++) {
      c = substr(s, i, 1)
      out = out (c in code ? sprintf("\\x%02x", code[c]) : c)
    }
    return out
  }
  function problem(text) { if (!(text in known)) problems[++found] = text; known[text] = 1 }
  function fact(row) { if (!(row in told)) print ENVIRON["TENKEN_NONCE"] "\tfact\t" row; told[row] = 1 }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    n = split(ENVIRON["ALLOWED"], list, " ")
    for (i = 1; i <= n; i++) allowed[list[i]] = 1
  }
  $1 == "history" {
    files++
    fact("hist.file\t" visible($2) "\t" visible($3) "\t" visible($4))
    if ($4 != "kept" && $4 != "empty" && !($2 in allowed)) problem(visible($3) " is " visible($4))
    next
  }
  $1 == "setting" {
    fact("hist.setting\t" visible($3) "\t" visible($4))
    if ($2 == "" || !($2 in allowed)) problem(visible($3) " takes the history away: " visible($4))
    next
  }
  $1 == "processes" { processes = 1; next }
  $1 == "shown" { shown++; next }
  $1 == "read" { looked++; next }
  $1 == "closed" { closed++; if (closed == 1) example = visible($2); next }
  $1 == "account" { accounts++; next }
  $1 == "end" { complete = 1; next }
  END {
    if (!complete) { print "not every account could be looked at"; exit 103 }
    for (i = 1; i <= found; i++) print problems[i]
    if (processes && !shown) print "no process showed its environment"
    if (closed) print closed " places could not be looked at: needs root (first: " example ")"
    if (!accounts) print "passwd names no account with a login shell"
    print files + 0 " histories and " looked + 0 " start-up files of " accounts + 0 " accounts"
    if (found) exit 102
    if (!accounts || (processes && !shown)) exit 104
    if (closed) exit 106
    exit 101
  }'
