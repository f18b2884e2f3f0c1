#!/bin/sh
#% id: boot.scripts
#% version: 1
#% title: What runs at boot and at events is as it was installed
#% severity: medium
#% class: integrity
#% rationale: Besides services, dozens of directories hold scripts that root runs: rc.local, init.d, the message of the day,
#% rationale: rules of udev, the dispatchers of the network, hooks of apt, dhcp, kernel and initramfs, options of modprobe.
#% rationale: Those that no package owns, and those that are not as their package brought them, are facts with their
#% rationale: digests, to be compared over the fleet. The check itself fails where one of them runs something from a
#% rationale: directory of temporary files or a hidden one, runs what it downloads or decodes, opens a shell to the network
#% rationale: or forces a library into programs, and where others than root may write it.
#% platform: linux
#% requires: awk sed find ls md5sum sha256sum grep tr xargs
#% privilege: none
#% timeout: 60s
#% output-limit: 1m
#% cost: light
#% side-effects: none
#% param: allowed string "" "commands that are in order all the same: parts of a line, separated by |"
#% fact: boot.script file,state,digest
#% attack: T1037.004@v19, T1546.017@v19
#% nist: CM-7, SI-7
#% iso27001: A.8.9, A.8.19
#% false-positives: Scripts of the site itself: the same digest on many terminals says so. Configuration files that an
#% false-positives: administrator changed are facts and do not fail. Name a part of the command in allowed for the rest.
#% remediation: Keep the file with its times and the program that it names; see in the package (dpkg -V, rpm -V) what was
#% remediation: there before; look for the same digest on other terminals.
#% references: rc.local(8), udev(7), https://attack.mitre.org/techniques/T1037/004/
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
works "$(printf 'ab' | sed 's/a/c/' | grep -c cb)" 1 grep
works "$(printf 'ab' | sha256sum | tr -d ' -')" fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603 sha256sum
works "$(printf 'ab' | md5sum | tr -d ' -')" 187ef4436122d1cc2f40dc2b92f0eba0 md5sum
works "$(find "$root/etc" -prune -type d | grep -c .)" 1 find

# TEXT, in $escaped, with the escapes of facts for what would break a line or a field.
escape() {
  escaped=$1
  case $1 in
  *[\\"$tab$newline"]*)
    escaped=$(printf '%s\n' "$1" | sed -e 's/\\/\\\\/g' -e "s/$tab/\\\\t/g" | awk '{ printf "%s%s", between, $0; between = "\\n" }')
    ;;
  esac
}

places='etc/rc.local etc/rc.d etc/init.d etc/inittab etc/local.d etc/rc.modules etc/update-motd.d etc/udev/rules.d
run/udev/rules.d usr/lib/udev/rules.d lib/udev/rules.d etc/NetworkManager/dispatcher.d usr/lib/NetworkManager/dispatcher.d
etc/network etc/networkd-dispatcher usr/lib/networkd-dispatcher etc/dhcp etc/ppp etc/initramfs-tools usr/share/initramfs-tools
etc/dracut.conf.d etc/kernel etc/apt/apt.conf etc/apt/apt.conf.d etc/dpkg/dpkg.cfg.d etc/yum/pluginconf.d etc/dnf/plugins etc/acpi
etc/X11/Xsession.d etc/xdg/autostart etc/modules etc/modules-load.d etc/modprobe.d etc/sysctl.d usr/lib/systemd/system-sleep
usr/lib/systemd/system-shutdown lib/systemd/system-sleep etc/grub.d etc/default/grub etc/binfmt.d etc/tmpfiles.d etc/cloud/cloud.cfg.d'

# Every file below those places, a line each, its newlines as \001.
files() {
  set --
  for place in $places; do
    if [ ! -e "$root/$place" ]; then continue; fi
    case $place in lib/*) if [ -h "$root/lib" ]; then continue; fi ;; esac
    case $place in etc/init.d | etc/rc.local) if [ -h "$root/$place" ] && [ -d "$root/$place" ]; then continue; fi ;; esac
    set -- "$@" "$root/$place"
  done
  if [ $# -eq 0 ]; then return; fi
  find "$@" -xdev -type f -print0 2>&1 | tr '\n\0' '\001\n'
}

# What packages have on record: the names of their files (O), and digests of configuration and of other files (D), without
# the /usr of merged systems.
packaged() {
  case $database in
  dpkg)
    set --
    for place in $places; do set -- "$@" -e "/$place"; done
    grep -h -F "$@" "$root"/var/lib/dpkg/info/*.list 2>/dev/null | sed 's/^/O/'
    awk '/^Conffiles:/ { inside = 1; next } /^[^ ]/ { inside = 0 } inside { print "D" $2 " " $1 }' "$root/var/lib/dpkg/status"
    set --
    for place in $places; do set -- "$@" -e "  $place"; done
    grep -h -F "$@" "$root"/var/lib/dpkg/info/*.md5sums 2>/dev/null | sed 's/^\([0-9a-f]*\)  /D\1 \//'
    ;;
  apk) awk '/^F:/ { directory = substr($0, 3) } /^R:/ { print "O/" directory "/" substr($0, 3) }' "$root/lib/apk/db/installed" ;;
  rpm) rpm -qa --qf '[O%{FILENAMES}\n]' 2>/dev/null | grep -E '^O/(etc|usr/lib/(udev|systemd|NetworkManager))/' ;;
  esac
}

# The files that are not, by name and where it is on record by digest, as a package brought them: `local` or `changed`.
unverified() {
  {
    packaged
    echo F
    files
    echo M
    # A name with a control character or a backslash in it has no package; md5sum would write it in its own way.
    files | sed -e '/^find:/d' -e '/[[:cntrl:]\\]/d' | tr '\n' '\0' | xargs -0 md5sum 2>/dev/null
  } | ROOT=$root DATABASE=$database awk '
    function merged(path) { sub(/^\/usr\/lib\//, "/lib/", path); return path }
    /^F$/ && !part { part = 1; next }
    /^M$/ && part == 1 { part = 2; next }
    !part && /^O/ { owned[merged(substr($0, 2))] = 1; next }
    !part && /^D/ { at = index($0, " "); path = merged(substr($0, at + 1)); digest[path] = digest[path] " " substr($0, 2, at - 2); next }
    part == 1 { order[++n] = $0; next }
    part == 2 { has[merged(substr($0, 35 + length(ENVIRON["ROOT"])))] = substr($0, 1, 32) }
    END {
      for (i = 1; i <= n; i++) {
        path = merged(substr(order[i], length(ENVIRON["ROOT"]) + 1))
        if (order[i] ~ /^find:/ || (!(path in owned) && !(path in digest))) print "local " order[i]
        else if (path in digest && !(path in has)) print "unread " order[i]
        else if (path in digest && !index(digest[path] " ", " " has[path] " ")) print "changed " order[i]
      }
    }'
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

# STATE FILE, with its lines, a letter before each.
told() {
  escape "${2#"$root"}"
  if [ ! -r "$2" ]; then
    printf 'closed\t%s\n' "$escaped"
    return
  fi
  owner_of "$2"
  digest_of sha256sum "$2"
  printf 'file\t%s\t%s\t%s\t%s\n' "$digest" "$owner" "$1" "$escaped"
  tr '\0' '?' <"$2" | sed 's/^/L/'
}

database=
if [ -r "$root/var/lib/dpkg/status" ]; then
  database=dpkg
elif [ -r "$root/lib/apk/db/installed" ]; then
  database=apk
elif [ -z "$root" ] && command -v rpm >/dev/null 2>&1; then
  database=rpm
fi
admin=$(ls -ldnL "$root/" | awk '{ print $3 }')

{
  unverified | while IFS= read -r line; do
    state=${line%% *}
    file=${line#* }
    case $file in
    *"$(printf '\001')"*) file=$(printf '%s' "$file" | tr '\001' '\n') ;;
    find:*)
      printf 'closed\t%s\n' "${file#find: }"
      continue
      ;;
    esac
    if [ -e "$file" ]; then
      told "$state" "$file"
    else
      escape "${file#"$root"}"
      printf 'odd\t%s\n' "$escaped"
    fi
  done
  printf 'end\n'
} | ADMIN=$admin DATABASE=$database ALLOWED=${XCCDF_VALUE_allowed:-} awk -F '\t' '
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
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    allowances = split(ENVIRON["ALLOWED"], allowance, "|")
  }
  /^L/ {
    text = substr($0, 2); sub(/^[ \t]+/, "", text)
    if (text ~ /^(#|\/\/)/) next
    # A command in a rule of udev, a hook of apt, an option of modprobe, a line of inittab.
    if (file ~ /\.rules$/) { while (match(text, /(RUN|PROGRAM)(\{[a-z]+\})?[+:]?="[^"]*"/)) { command = substr(text, RSTART, RLENGTH); text = substr(text, RSTART + RLENGTH); sub(/^[^"]*"/, "", command); sub(/"$/, "", command); judge(command) } }
    else if (file ~ /\/modprobe\.d\//) { if (sub(/^(install|remove)[ \t]+[^ \t]+[ \t]+/, "", text)) judge(text) }
    else if (file ~ /\/inittab$/) { sub(/^[^:]*:[^:]*:[^:]*:/, "", text); judge(text) }
    else judge(text)
    next
  }
  $1 == "file" {
    files++; file = $6
    if (length($2) != 64) broken = shown(file)
    fact("boot.script\t" shown(file) "\t" $5 "\t" $2)
    if (substr($3, 6, 1) == "w" || substr($3, 9, 1) == "w") problem("others than its owner may write " shown(file))
    if ($4 != 0 && $4 != ENVIRON["ADMIN"]) problem(shown(file) " belongs to uid " $4)
    next
  }
  $1 == "odd" { problem("a file with control characters in its name: " shown($2)); next }
  $1 == "closed" { closed++; if (closed == 1) example = visible($2); next }
  $1 == "end" { complete = 1; next }
  { broken = "a script" }
  END {
    if (!complete || broken != "") { print "could not be read to its end: " broken; exit 103 }
    for (i = 1; i <= found; i++) print problems[i]
    if (closed) print closed " places could not be looked at: needs root (first: " example ")"
    lacking = ENVIRON["DATABASE"] == "" && files
    if (lacking) print "no package database (dpkg, rpm, apk): all scripts count as unknown"
    print files + 0 " files that are not as a package brought them"
    if (found) exit 102
    if (closed || lacking) exit 106
    exit 101
  }'
