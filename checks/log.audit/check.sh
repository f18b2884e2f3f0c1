#!/bin/sh
#% id: log.audit
#% version: 1
#% title: The kernel's auditing is on, and its log is written
#% severity: high
#% class: integrity
#% rationale: Where auditd is installed, it is what an intruder with root has to silence: by auditctl -e 0, by deleting
#% rationale: the rules that are loaded, by rules that leave out one user or one program, by audit=0 at boot, or by
#% rationale: emptying audit.log. The check compares what the kernel has loaded with what stands in the files of rules,
#% rationale: and looks whether the log is there and still grows. The rules that leave something out, and the state of
#% rationale: the kernel, are facts to be compared over the fleet. Whether auditd runs at all is log.daemons' question.
#% platform: linux
#% requires: awk sed stat date
#% privilege: root
#% timeout: 30s
#% output-limit: 256k
#% cost: light
#% side-effects: none
#% param: max_silence_hours number 168 "longest time without a line in audit.log while auditd runs; 0: any"
#% param: max_lost number 100000 "how many records the kernel may have lost since boot; 0: any number"
#% fact: audit.state enabled,rules,lost,backlog_limit,failure
#% fact: audit.exclusion rule
#% attack: T1685.004@v19
#% nist: AU-12, AU-9, AU-5
#% iso27001: A.8.15
#% false-positives: Auditing that the site switches off on purpose (audit=0 for speed) while auditd stays installed. Rules
#% false-positives: that leave out a noisy program are in many standard sets: they are facts and do not fail.
#% remediation: Compare the rules that are loaded (auditctl -l) with /etc/audit; find the last line before the silence.
#% remediation: ausearch -m CONFIG_CHANGE shows who changed the rules, where that was still recorded.
#% references: auditctl(8), auditd.conf(5), https://attack.mitre.org/techniques/T1685/004/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}
audit=$root/etc/audit

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
installed=
for program in sbin/auditd usr/sbin/auditd; do [ -e "$root/$program" ] && installed=yes; done
if [ -z "$installed" ]; then say "auditd is not installed" 105; fi
for directory in "$audit" "$audit/rules.d" "$root/var/log/audit"; do
  if [ -d "$directory" ] && { [ ! -r "$directory" ] || [ ! -x "$directory" ]; }; then
    say "needs the right to read ${directory#"$root"}" 106
  fi
done

log=/var/log/audit/audit.log
if [ -r "$audit/auditd.conf" ]; then
  named=$(sed -n 's/^[[:space:]]*log_file[[:space:]]*=[[:space:]]*\(\/[^[:space:]]*\).*/\1/p' "$audit/auditd.conf")
  log=${named:-$log}
fi

# Every line with a letter before it: none can be taken for anything else.
rules() {
  if [ -e "$audit/audit.rules" ]; then set -- "$audit/audit.rules"; else set -- "$audit"/rules.d/*.rules; fi
  for file in "$@"; do
    [ -e "$file" ] || continue
    if [ -s "$file" ]; then echo filled; fi
    if [ -r "$file" ]; then sed 's/^/R/' "$file"; else printf 'closed %s\n' "${file##*/}"; fi
  done
}

runs=
for file in "$root"/proc/[0-9]*/comm; do
  { read -r name <"$file" && [ "$name" = auditd ] && runs=yes; } 2>/dev/null
done

state() {
  if [ -r "$root/proc/cmdline" ]; then sed 's/^/C/' "$root/proc/cmdline"; fi
  if [ -n "$root" ]; then return; fi
  if ! command -v auditctl >/dev/null 2>&1; then
    echo mute
    return
  fi
  # Older ones write one line of words, newer ones a line a word.
  auditctl -s 2>/dev/null | sed 's/^/S/'
  echo loaded
  auditctl -l 2>/dev/null | sed 's/^/K/'
}

{
  rules
  state
  if [ -h "$root$log" ]; then
    echo "linked"
  elif [ ! -e "$root$log" ]; then
    echo "missing"
  elif [ -f "$root$log" ]; then
    stat -c 'log %s %Y' "$root$log" || echo broken
  else
    echo "linked"
  fi
  echo end
} | NOW=$(date +%s) LOG=$log RUNS=$runs LIVE=${root:-live} LOST=${XCCDF_VALUE_max_lost:-100000} \
  SILENCE=${XCCDF_VALUE_max_silence_hours:-168} awk '
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
  function exclusion(rule) {
    sub(/^[ \t]+/, "", rule)
    if (rule !~ /^-[aA][ \t]+(never|[a-z]+,never|exclude|[a-z]+,exclude|never,[a-z]+|exclude,[a-z]+)/) return
    if (!(rule in told)) print ENVIRON["TENKEN_NONCE"] "\tfact\taudit.exclusion\t" visible(rule)
    told[rule] = 1
  }
  function is_rule(line) { return line ~ /^[ \t]*-[aAw][ \t]/ }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    now = ENVIRON["NOW"] + 0; live = ENVIRON["LIVE"] == "live"; runs = ENVIRON["RUNS"] != ""
    silence = ENVIRON["SILENCE"] * 3600
  }
  /^R/ { line = substr($0, 2); lacking = 0; if (is_rule(line)) { written++; exclusion(line) } next }
  /^K/ { line = substr($0, 2); if (is_rule(line)) { loaded++; exclusion(line) } next }
  /^C/ { if ((" " substr($0, 2) " ") ~ /[ \t]audit=(0|off)[ \t]/) off = 1; next }
  /^S/ {
    answered = 1
    sub(/^S/, ""); sub(/^AUDIT_STATUS:/, "")
    for (i = 1; i <= NF; i++) if ($i ~ /=/) { split($i, pair, "="); value[pair[1]] = pair[2] }
    if ($0 !~ /=/) value[$1] = $2
    next
  }
  $1 == "mute" { mute = 1; next }
  $1 == "loaded" { next }
  $1 == "filled" { if (lacking) broken = 1; lacking = 1; next }
  $1 == "closed" { lacking = 0; closed = closed " " $2; next }
  $1 == "linked" || $1 == "missing" { where = $1; next }
  $1 == "log" { bytes = $2; written_at = $3; where = "there"; next }
  $1 == "end" { if (lacking) broken = 1; complete = 1; next }
  { broken = 1 }
  END {
    if (!complete || broken || !now || where == "") { print "the rules and the log could not be read"; exit 103 }
    log_name = visible(ENVIRON["LOG"])
    if (answered) {
      print ENVIRON["TENKEN_NONCE"] "\tfact\taudit.state\t" visible(value["enabled"]) "\t" loaded + 0 "\t" visible(value["lost"]) "\t" \
        visible(value["backlog_limit"]) "\t" visible(value["failure"])
      if (value["enabled"] == "0" && runs) problem("auditd runs, but auditing is switched off (auditctl -e 0)")
      if (written && !loaded && runs) problem(written " rules stand in the files, and none is loaded")
      if (ENVIRON["LOST"] + 0 && value["lost"] + 0 > ENVIRON["LOST"] + 0) problem(value["lost"] " records were lost since boot")
    }
    if (off) problem("auditing was switched off at boot (audit=0)")
    if (where == "linked") problem(log_name " is no regular file: the records go elsewhere")
    if (where == "missing" && runs) problem(log_name " is missing, although auditd runs")
    if (where == "there" && bytes == 0 && runs) problem(log_name " is empty, although auditd runs")
    if (where == "there" && bytes > 0 && silence && runs && now - written_at > silence)
      problem(log_name " was not written for " int((now - written_at) / 3600) " h, although auditd runs")
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (closed != "") print "needs the right to read" visible(closed)
    if (live && runs && !answered) print mute ? "needs auditctl to ask the kernel" : "auditctl did not tell the state of the kernel"
    print written + 0 " rules in the files" (answered ? ", " loaded + 0 " loaded" : "") (runs ? "" : "; auditd does not run")
    if (found) exit 102
    if (closed != "" || (live && runs && !answered)) exit 106
    exit 101
  }'
