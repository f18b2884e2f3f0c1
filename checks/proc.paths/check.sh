#!/bin/sh
#% id: proc.paths
#% version: 1
#% title: Programs run from where programs belong, under their own names
#% severity: high
#% class: integrity
#% rationale: What an intruder starts runs from a directory that anyone may write in (/tmp, /dev/shm), from a hidden one,
#% rationale: or calls itself a thread of the kernel, which has no program at all: [kworker/0:1] with one is a disguise.
#% rationale: The programs of all processes are facts, to be compared over the fleet.
#% platform: linux
#% requires: awk grep ls readlink sed tr
#% privilege: root
#% timeout: 60s
#% output-limit: 1m
#% cost: light
#% side-effects: none
#% param: allowed string "" "programs that may run from such places: beginnings of paths, separated by spaces"
#% fact: proc.path program
#% attack: T1036.005@v19, T1036.004@v19, T1564.001@v19
#% nist: SI-4, CM-7(5)
#% iso27001: A.8.7, A.8.19
#% false-positives: Installers that unpack themselves, AppImages (/tmp/.mount_*), build machines, some language runtimes and
#% false-positives: browsers' updaters: name where they are in allowed. What is hidden in a home is not judged.
#% remediation: Copy /proc/PID/exe, then read /proc/PID/cmdline, environ, cwd and fd, and find what started it.
#% references: proc(5), https://attack.mitre.org/techniques/T1036/005/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
# Tools whose silence would look like a machine on which all is well.
works() { [ "$1" = "$2" ] || say "$3 does not work as it should" 103; }
works "$(printf 'a\nb\n' | grep -a b)" b grep
if [ -z "$(readlink /proc/self/exe)" ]; then say "readlink does not work as it should: it does not know /proc/self/exe" 103; fi
works "$(printf 'a b\n' | sed -n 's/^a //p')" b sed
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
      path = substr($0, RSTART + RLENGTH)
      pid = substr($0, RSTART + 1); sub(/\/.*/, "", pid)
      print (path ~ /\?/ ? "look" : "program"), pid, path
    }'
}

# A name that ls could not show exactly is asked for again. The point keeps a newline at the end.
exact() {
  while IFS= read -r line; do
    case $line in
    'look '*)
      pid=${line#look }
      pid=${pid%% *}
      path=$(readlink "$proc/$pid/exe" 2>/dev/null && echo .)
      if [ "${#path}" -gt 2 ]; then
        printf 'program %s %s\n' "$pid" "$(printf '%s' "${path%??}" | tr '\n' '\001')"
      elif [ -d "$proc/$pid" ]; then
        echo denied
      fi
      ;;
    *) printf '%s\n' "$line" ;;
    esac
  done
}

# grep says the file before each line, so that no name forges another's. The first argument in brackets is how ps shows a
# thread of the kernel: a candidate is looked at closely.
names() {
  cd "$proc" || return
  grep -a '' /dev/null [0-9]*/comm 2>/dev/null |
    sed -n 's,^\([0-9][0-9]*\)/comm:\(.*\),comm \1 \2,p'
  grep -a -l '^\[' /dev/null [0-9]*/cmdline 2>/dev/null | while read -r file; do
    case $file in [0-9]*/cmdline) ;; *) continue ;; esac
    word=$(tr '\n\0' '\001\n' <"$file" 2>/dev/null | awk 'NR == 1 { print; exit }')
    case $word in
    '['?*']') printf 'title %s %s\n' "${file%/cmdline}" "$word" ;;
    esac
  done 2>/dev/null
}

{
  programs | exact
  (names)
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
  function is_allowed(path,  i) { for (i = 1; i <= places; i++) if (index(path, allowed[i]) == 1) return 1; return 0 }
  function judge(pid, path) {
    if (is_allowed(path)) return
    if (path ~ /^\/(tmp|var\/tmp|dev|run\/shm|run\/user)\//) problem(path " runs from a directory that anyone may write in", pid)
    else if (path ~ /\/\.[^\/]*\// && path !~ /^\/(home|root)\// || path ~ /\/\.[^\/]*$/ && path !~ /^\/(home|root|nix\/store)\//)
      problem(path " runs from a hidden place", pid)
    else if (path ~ /[\001-\037\177]/ || path ~ /[ \t]$/ || path ~ /[ \t]\//) problem(path " has a name that is made not to be read", pid)
    if (pid in title) problem(path " calls itself " title[pid], pid)
    else if (comm[pid] ~ kernel) problem(path " calls itself " comm[pid] ", as threads of the kernel do", pid)
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    places = split(ENVIRON["ALLOWED"], allowed, " ")
    kernel = "^(kworker/|ksoftirqd/|kthreadd$|migration/|rcu_(sched|preempt|bh|gp|par_gp|tasks)|kswapd[0-9]|khugepaged$|kcompactd[0-9]|kauditd$|" \
      "jbd2/|kdevtmpfs$|oom_reaper$|khungtaskd$|cpuhp/|kblockd$|kintegrityd$|idle_inject/|irq/[0-9]|scsi_eh_[0-9]|watchdogd$)"
  }
  $1 == "denied" { denied++; next }
  $1 == "comm" { if (!($2 in comm)) comm[$2] = substr($0, length($2) + 7); next }
  $1 == "title" { title[$2] = substr($0, length($2) + 8); next }
  $1 == "program" {
    path = substr($0, length($2) + 10); sub(/ \(deleted\)$/, "", path)
    shown++; order[shown] = $2; program[shown] = path
    next
  }
  $1 == "end" { complete = 1 }
  END {
    if (!complete || !shown && !denied) { print "no process showed its program"; exit 103 }
    for (i = 1; i <= shown; i++) {
      if (!(program[i] in told)) print ENVIRON["TENKEN_NONCE"] "\tfact\tproc.path\t" visible(program[i])
      told[program[i]] = 1
      judge(order[i], program[i])
    }
    for (i = 1; i <= found; i++) print visible(problems[i] ", process" pids[problems[i]])
    if (denied) print denied " processes do not show their program: needs root"
    if (found) exit 102
    if (denied) exit 106
    print shown " processes run programs in their places"
    exit 101
  }'
