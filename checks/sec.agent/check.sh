#!/bin/sh
#% id: sec.agent
#% version: 1
#% title: The security agents that belong here run
#% severity: high
#% class: integrity
#% rationale: An intruder stops what would tell of him: the agent is ended, frozen (SIGSTOP) or taken away. Agents that are
#% rationale: installed are known by where their programs are; each must have a process that runs that very program and is not
#% rationale: stopped. What the site expects on every machine is named in expected: it must be there and run.
#% platform: linux
#% requires: awk ls readlink tr
#% privilege: root
#% timeout: 30s
#% output-limit: 64k
#% cost: light
#% side-effects: none
#% param: expected string "" "agents that must run: names as the facts have them, or paths of programs, separated by spaces"
#% param: ignored string "" "agents that may be installed and not run, separated by spaces"
#% fact: sec.agent name,program,state
#% attack: T1685@v19
#% nist: SI-3, SI-4, AU-12
#% iso27001: A.8.7, A.8.16
#% false-positives: An agent that was installed and is not used any more, or is between two updates: name it in ignored.
#% remediation: Ask its server when it was last heard of, read its own log and the journal for how it ended, and start it
#% remediation: again. What happened between then and now nobody watched.
#% references: https://attack.mitre.org/techniques/T1685/
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
works "$(printf 'a\nb\000c' | tr '\n\000' '+-')" a+b-c tr

proc=$root/proc
if [ -n "$root" ] && [ ! -d "$proc" ]; then say "this specimen has no /proc" 105; fi

# Name, then the places of its program.
agents() {
  echo "carbonblack /opt/carbonblack/psc/bin/cbagentd /usr/sbin/cbdaemon /opt/cbsensor/bin/cbdaemon"
  echo "cortex /opt/traps/bin/pmd"
  echo "crowdstrike /opt/CrowdStrike/falcon-sensor /opt/CrowdStrike/falcon-sensor-bpf /opt/CrowdStrike/falcond"
  echo "cybereason /opt/cybereason/sensor/bin/cbram /opt/cybereason/sensor/bin/cybereason-sensor"
  echo "deep-security /opt/ds_agent/ds_agent"
  echo "defender /opt/microsoft/mdatp/sbin/wdavdaemon"
  echo "elastic-agent /opt/Elastic/Agent/elastic-agent /usr/share/elastic-agent/bin/elastic-agent"
  echo "elastic-endpoint /opt/Elastic/Endpoint/elastic-endpoint"
  echo "eset /opt/eset/efs/sbin/startd /opt/eset/eea/sbin/startd"
  echo "falco /usr/bin/falco"
  echo "fireeye /opt/fireeye/bin/xagt"
  echo "kaspersky /opt/kaspersky/kesl/libexec/kesl"
  echo "nessus /opt/nessus_agent/sbin/nessusd"
  echo "osquery /opt/osquery/bin/osqueryd /usr/bin/osqueryd"
  echo "qualys /usr/local/qualys/cloud-agent/bin/qualys-cloud-agent"
  echo "rapid7 /opt/rapid7/ir_agent/ir_agent"
  echo "sentinelone /opt/sentinelone/bin/sentinelone-agent /opt/sentinelone/bin/s1-agent"
  echo "sophos /opt/sophos-spl/base/bin/sophos_watchdog"
  echo "tanium /opt/Tanium/TaniumClient/TaniumClient"
  echo "trellix /opt/McAfee/ens/tp/bin/mfetpd /opt/isec/ens/threatprevention/bin/isectpd"
  echo "velociraptor /usr/bin/velociraptor /usr/local/bin/velociraptor"
  echo "wazuh /var/ossec/bin/wazuh-agentd"
}

installed() {
  set -f
  { agents && for word in ${XCCDF_VALUE_expected:-}; do case $word in /*) echo "${word##*/} $word" ;; esac done; } | while read -r name places; do
    echo "known $name"
    for place in $places; do
      if [ -e "$root$place" ]; then echo "installed $name $place"; fi
      # A link to the version of the day: the process shows where it leads.
      if [ -h "$root$place" ]; then
        target=$(readlink -f "$root$place" 2>/dev/null)
        printf 'also %s %s\n' "$place" "$(printf '%s' "${target#"$root"}" | tr '\n' '\001')"
      fi
    done
  done
}

# Names must not break lines: ls of coreutils writes ? for what cannot be printed when told so, that of busybox always.
odd=
if ls -q "$proc/." >/dev/null 2>&1; then odd=q; fi

running() {
  {
    cd "$proc" && ls -ln$odd /dev/null [0-9]*/exe
    for pid in [0-9]*; do [ -x "$pid" ] || [ ! -d "$pid" ] || echo "Permission denied"; done
  } 2>&1 | awk '
    /[Pp]ermission denied$/ || /not permitted$/ { print "denied"; next }
    /^l/ && match($0, / [0-9]+\/exe -> /) {
      path = substr($0, RSTART + RLENGTH); sub(/ \(deleted\)$/, "", path)
      pid = substr($0, RSTART + 1); sub(/\/.*/, "", pid)
      print "process", pid, path
    }'
}

# How the processes are, of those that run one of the programs; T is stopped, t is traced, Z is dead.
states() {
  while read -r _ pid; do
    state=gone
    while read -r key value _; do
      if [ "$key" = State: ]; then state=$value && break; fi
    done <"$proc/$pid/status"
    echo "state $pid $state"
  done 2>/dev/null
}

# A path with what ls shows as ? is none of these programs.
found=$(
  (installed)
  (running)
  echo end
)
{
  printf '%s\n' "$found"
  printf '%s\n' "$found" | awk '
    $1 == "installed" { wanted[$3] = 1 }
    $1 == "also" && NF == 3 { wanted[$3] = 1 }
    $1 == "process" && NF == 3 && $3 in wanted { print "pid", $2 }' | states
} | EXPECTED=${XCCDF_VALUE_expected:-} IGNORED=${XCCDF_VALUE_ignored:-} awk '
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
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    wanted = split(ENVIRON["EXPECTED"], expected, " ")
    n = split(ENVIRON["IGNORED"], list, " ")
    for (i = 1; i <= n; i++) ignored[list[i]] = 1
  }
  $1 == "known" { known[$2] = 1; next }
  $1 == "installed" { if (!($2 in place)) order[++agents] = $2; place[$2] = place[$2] " " $3; next }
  $1 == "also" { also[$2] = $3; next }
  $1 == "denied" { denied++; next }
  $1 == "process" { shown++; if (NF == 3) pids[$3] = pids[$3] " " $2; next }
  $1 == "state" { state[$2] = $3; next }
  $1 == "end" { complete = 1; next }
  END {
    if (!complete || !shown && !denied) { print "no process showed its program"; exit 103 }
    for (i = 1; i <= agents; i++) {
      name = order[i]; is = "absent"; shows = ""
      n = split(place[name], path, " ")
      for (j = 1; j <= n; j++) {
        m = split(pids[path[j]] (path[j] in also ? pids[also[path[j]]] : ""), pid, " ")
        for (k = 1; k <= m; k++) {
          if (state[pid[k]] == "T" || state[pid[k]] == "t") { if (is != "running") is = "stopped" }
          else if (state[pid[k]] != "" && state[pid[k]] != "Z" && state[pid[k]] != "gone") is = "running"
        }
        if (m || shows == "") shows = path[j]
      }
      how[name] = is
      printf "%s\tfact\tsec.agent\t%s\t%s\t%s\n", ENVIRON["TENKEN_NONCE"], visible(name), visible(shows), is
      if (is == "running") well++
      else if (!(name in ignored)) problem("the agent " name " is installed and " (is == "stopped" ? "was stopped" : "does not run"))
    }
    for (i = 1; i <= wanted; i++) {
      name = expected[i]; sub(/.*\//, "", name)
      if (!(name in known)) problem("the agent " name " is expected, and this check knows none of that name: give the path of its program")
      else if (!(name in how)) problem("the agent " name " is expected and not installed")
      else if (how[name] != "running" && name in ignored) problem("the agent " name " is expected and does not run")
    }
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (denied) print denied " processes do not show their program: needs root"
    if (found) exit 102
    if (denied && (agents || wanted)) exit 106
    if (!agents && !wanted) { print "no agent is installed, and none is expected"; exit 105 }
    print well + 0 " agents run"
    exit 101
  }'
