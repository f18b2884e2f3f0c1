#!/bin/sh
#% id: file.attrs
#% version: 1
#% title: No attribute of the file system keeps an intruder's file in place
#% severity: high
#% class: integrity
#% rationale: With the attributes "immutable" and "append only" (chattr +i, +a) not even root can take a file away until they
#% rationale: are cleared, and ls(1) does not show them: keys, tasks and libraries of an intruder are protected by them. The
#% rationale: files by which one comes back are asked: accounts, keys, the loader, tasks, units, start-up files, the programs
#% rationale: of the login path.
#% platform: linux
#% requires: awk
#% privilege: root
#% timeout: 30s
#% output-limit: 128k
#% cost: light
#% side-effects: none
#% param: allowed string "" "files that may have such attributes, separated by spaces"
#% fact: file.attr path,attributes
#% attack: T1222.002@v19
#% nist: AC-3, SI-7
#% iso27001: A.8.3, A.8.9
#% false-positives: Hardening that protects passwd, shadow or resolv.conf on purpose: name the files in allowed. Where lsattr (of
#% false-positives: e2fsprogs) is not installed the check is not-checked: no other program shows attributes.
#% remediation: Keep a copy with its times, clear the attribute (chattr -ia), and treat the file as planted: what is in it that
#% remediation: was not there before?
#% references: chattr(1), https://attack.mitre.org/techniques/T1222/002/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
tool=
for place in /usr/bin/lsattr /bin/lsattr /usr/sbin/lsattr /sbin/lsattr; do
  if [ -x "$place" ]; then tool=$place && break; fi
done
if [ -z "$tool" ]; then say "needs lsattr, which is not installed" 106; fi

# One file a call would be hundreds of calls: several, but never one with a newline in its name, whose row could be another's.
ask() {
  first=$1
  shift
  for file do
    shift
    { [ -f "$file" ] || [ -d "$file" ]; } && [ ! -h "$file" ] || continue
    case $file in
    *'
'*)
      row=$("$tool" -d "$file" 2>/dev/null)
      printf 'asked %s %s\n' "${row%% *}" "$(printf '%s' "${file#"$root"}" | awk 'NR > 1 { printf "\001" } { printf "%s", $0 }')"
      ;;
    *) set -- "$@" "$file" ;;
    esac
  done
  [ $# -eq 0 ] || "$tool" "$first" "$@" 2>&1 | ROOT=$root awk '
    / [^ ]/ && $1 ~ /^[-A-Za-z]+$/ && length($1) > 9 { print "asked " $1 " " substr($0, index($0, " /") + 1 + length(ENVIRON["ROOT"])); next }
    /ermission denied|not permitted/ { print "denied"; next }
    /not supported|nappropriate ioctl|unction not implemented/ { print "unsupported" }'
}

homes() {
  while IFS=: read -r _ _ _ _ _ home _; do
    case $home in /?*) ;; *) continue ;; esac
    [ -d "$root$home" ] || continue
    if [ ! -x "$root$home" ]; then
      echo "denied"
      continue
    fi
    if [ -d "$root$home/.ssh" ] && [ ! -x "$root$home/.ssh" ]; then echo "denied"; fi
    ask -d "$root$home"/.ssh "$root$home"/.ssh/authorized_keys "$root$home"/.ssh/authorized_keys2 "$root$home"/.bashrc "$root$home"/.bash_profile \
      "$root$home"/.profile "$root$home"/.bash_history
  done <"$root/etc/passwd"
}

asked() {
  etc=$root/etc
  ask -d "$etc"/passwd "$etc"/shadow "$etc"/group "$etc"/gshadow "$etc"/sudoers "$etc"/sudoers.d "$etc"/sudoers.d/* "$etc"/crontab "$etc"/cron.d "$etc"/cron.*/* \
    "$etc"/ld.so.preload "$etc"/ld.so.conf "$etc"/ld.so.conf.d/* "$etc"/rc.local "$etc"/profile "$etc"/profile.d/* "$etc"/bash.bashrc "$etc"/environment \
    "$etc"/ssh/* "$etc"/pam.d/* "$etc"/hosts "$etc"/resolv.conf "$etc"/systemd/system "$etc"/systemd/system/* "$etc"/init.d/* "$etc"/modules "$etc"/modules-load.d/*
  ask -d "$root"/var/spool/cron/crontabs "$root"/var/spool/cron/* "$root"/var/spool/cron/crontabs/* "$root"/var/spool/at/* "$root"/var/log/wtmp "$root"/var/log/btmp \
    "$root"/var/log/lastlog "$root"/var/log/auth.log "$root"/var/log/secure "$root"/usr/sbin/sshd "$root"/usr/bin/sudo "$root"/bin/login "$root"/usr/bin/login "$root"/bin/su \
    "$root"/usr/bin/su "$root"/usr/bin/passwd "$root"/root "$root"/tmp "$root"/dev/shm "$root"/tmp/* "$root"/var/tmp/* "$root"/dev/shm/*
  for directory in "$etc"/sudoers.d "$root"/var/spool/cron/crontabs "$root"/var/spool/cron; do
    if [ -d "$directory" ] && [ ! -r "$directory" ]; then echo "denied"; fi
  done
  if [ -r "$etc/passwd" ]; then homes; fi
}

{
  asked
  echo end
} | ROOT=$root ALLOWED=${XCCDF_VALUE_allowed:-} awk '
  # A newline comes as the byte 1.
  function visible(s,  i, c, out) {
    for (i = 1; i <= length(s); i++) {
      c = substr(s, i, 1)
      if (c == "\\") out = out "\\\\"
      else if (c == "\t") out = out "\\t"
      else if (c == "\001") out = out "\\n"
      else if (c in code) out = out sprintf("\\x%02x", code[c])
      else out = out c
    }
    return out
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    n = split(ENVIRON["ALLOWED"], list, " ")
    for (i = 1; i <= n; i++) allowed[list[i]] = 1
  }
  $1 == "denied" { denied++; next }
  $1 == "unsupported" { unsupported++; next }
  $1 == "asked" {
    path = substr($0, length($2) + 8)
    if (path in told) next
    told[path] = 1; files++
    if ($2 !~ /[ia]/) next
    held = ($2 ~ /i/ ? "immutable" : "") ($2 ~ /i.*a|a.*i/ ? " and " : "") ($2 ~ /a/ ? "append-only" : "")
    printf "%s\tfact\tfile.attr\t%s\t%s\n", ENVIRON["TENKEN_NONCE"], visible(path), held
    if (!(path in allowed)) problems[++found] = path " is " held
    next
  }
  $1 == "end" { complete = 1 }
  END {
    if (complete && !files && !unsupported && !denied && ENVIRON["ROOT"] != "") { print "this specimen has none of the files"; exit 105 }
    if (!complete || !files && !unsupported && !denied) { print "no file could be asked"; exit 103 }
    for (i = 1; i <= found && i <= 30; i++) print visible(problems[i])
    if (found > 30) print found - 30 " more"
    if (denied) print denied " places could not be asked: needs root"
    if (found) exit 102
    if (denied) exit 106
    if (!files) { print "these file systems keep no attributes"; exit 105 }
    print files " files, none of them held in place" (unsupported ? "; " unsupported " are on file systems without attributes" : "")
    exit 101
  }'
