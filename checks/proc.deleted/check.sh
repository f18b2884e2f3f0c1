#!/bin/sh
#% id: proc.deleted
#% version: 1
#% title: No process runs a program that is gone
#% severity: high
#% class: integrity
#% rationale: An intruder's program is often started and deleted at once, or never was in a file (memfd_create): the
#% rationale: process lives on, and the disk shows nothing. The kernel still says what it was, and still has its bytes:
#% rationale: their digest is a fact. A program that was deleted and is there again was upgraded, and only waits for a
#% rationale: restart: a fact as well, no failure.
#% platform: linux
#% requires: awk ls readlink sha256sum tr
#% privilege: root
#% timeout: 60s
#% output-limit: 256k
#% cost: light
#% side-effects: none
#% param: allowed string "" "programs that may be gone, by path, or memfd:NAME, separated by spaces"
#% fact: proc.deleted program,state,sha256
#% attack: T1070.004@v19, T1620@v19
#% nist: SI-4, SI-7
#% iso27001: A.8.7, A.8.16
#% false-positives: A package that was removed while its program ran. Some runtimes run a copy of themselves from memory
#% false-positives: (runc as memfd:runc_cloned:/proc/self/exe for moments, some language launchers): name them in allowed.
#% remediation: Copy /proc/PID/exe before the process ends: it is the program. Then /proc/PID/cmdline, environ, cwd and fd,
#% remediation: and what started it (the parent, the session, cron, units).
#% references: proc(5), memfd_create(2), https://attack.mitre.org/techniques/T1620/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
# Tools whose silence would look like a machine on which all is well.
works() { [ "$1" = "$2" ] || say "$3 does not work as it should" 103; }
if [ -z "$(readlink /proc/self/exe)" ]; then say "readlink does not work as it should: it does not know /proc/self/exe" 103; fi
works "$(printf 'ab' | sha256sum)" "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603  -" sha256sum
works "$(printf 'a\nb\000c' | tr '\n\000' '+-')" a+b-c tr

proc=$root/proc
if [ -n "$root" ] && [ ! -d "$proc" ]; then say "this specimen has no /proc" 105; fi

# Names must not break lines: ls of coreutils writes ? for what cannot be printed when told so, that of busybox always.
odd=
if ls -q "$proc/." >/dev/null 2>&1; then odd=q; fi

# The programs of all processes in one go; only this shape of line is believed. Where there is no arrow, it is a thread of
# the kernel, or a process that ended meanwhile.
programs() {
  {
    cd "$proc" && ls -ln$odd /dev/null [0-9]*/exe
    for pid in [0-9]*; do [ -x "$pid" ] || [ ! -d "$pid" ] || echo "Permission denied"; done
  } 2>&1 | awk '
    /[Pp]ermission denied$/ || /not permitted$/ { print "denied"; next }
    /^l/ && match($0, / [0-9]+\/exe -> /) {
      print "shown"
      pid = substr($0, RSTART + 1); sub(/\/.*/, "", pid)
      if (/ \(deleted\)$/ || substr($0, RSTART) ~ /\?/ || / -> \/memfd:/) print "look", pid
    }'
}

# What `ls` could not show exactly is asked for again. The point keeps a newline at the end.
looked_at() {
  while read -r word pid; do
    case $word in
    look) one_program "$pid" ;;
    *) echo "$word" ;;
    esac
  done
}

one_program() {
  program=$(readlink "$proc/$1/exe" 2>/dev/null && echo .)
  program=${program%??}
  case $program in
  '' | .)
    if [ -d "$proc/$1" ]; then echo "denied"; fi
    return
    ;;
  '/memfd:'*) program=${program#/} state=memory ;;
  *' (deleted)') state=gone ;;
  *) return ;;
  esac
  program=${program%' (deleted)'}
  if [ "$state" = gone ] && [ -e "$root$program" ]; then state=replaced; fi
  digest=$(sha256sum "$proc/$1/exe" 2>/dev/null)
  digest=${digest#\\}
  printf 'program %s %s %s %s\n' "$1" "$state" "${digest%% *}." "$(printf '%s' "$program" | tr '\n' '\001')"
}

{
  programs | looked_at
  echo end
} | ALLOWED=${XCCDF_VALUE_allowed:-} awk '
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
  function problem(text, pid) { if (!(text in pids)) problems[++found] = text; pids[text] = pids[text] " " pid }
  function fact(line) { if (!(line in told)) print ENVIRON["TENKEN_NONCE"] "\tfact\t" line; told[line] = 1 }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    n = split(ENVIRON["ALLOWED"], list, " ")
    for (i = 1; i <= n; i++) allowed[list[i]] = 1
  }
  $1 == "denied" { denied++; next }
  $1 == "shown" { shown++; next }
  $1 == "end" { complete = 1; next }
  $1 == "program" {
    path = substr($0, length($1 $2 $3 $4) + 5); digest = substr($4, 1, length($4) - 1)
    fact("proc.deleted\t" visible(path) "\t" $3 "\t" digest)
    if ($3 == "replaced") replaced++
    else if (path in allowed) known_ones++
    else problem($3 == "memory" ? path " runs from memory only" : path " runs and was deleted", $2)
  }
  END {
    if (!complete || !shown && !denied) { print "no process showed its program"; exit 103 }
    for (i = 1; i <= found; i++) print visible(problems[i] ", process" pids[problems[i]])
    if (denied) print denied " processes do not show their program: needs root"
    if (found) exit 102
    if (denied) exit 106
    print shown " processes run programs that are there" (replaced ? "; " replaced " wait for a restart after an upgrade" : "") \
      (known_ones ? "; " known_ones " are gone and allowed" : "")
    exit 101
  }'
