#!/bin/sh
#% id: net.firewall
#% version: 1
#% title: The firewall that is configured is in force
#% severity: high
#% class: integrity
#% rationale: An intruder who needs a door opens it: he flushes the rules, sets the policy to accept or stops the service, and
#% rationale: the configuration goes on to say that all is well. What is configured to start (ufw, firewalld, nftables,
#% rationale: netfilter-persistent) is compared with the rules that the kernel has. The check fails where one is configured and
#% rationale: nothing of what comes in is dropped or rejected, and, with required, where that is so at all. Policy, number of
#% rationale: rules and their digest without counters are facts, to be compared over the fleet. Rules are only listed where the
#% rationale: kernel has their tables already: the tools would load modules otherwise.
#% platform: linux
#% requires: awk cat grep id sha256sum
#% privilege: root
#% timeout: 30s
#% output-limit: 64k
#% cost: light
#% side-effects: none
#% param: required boolean false "whether a firewall must be in force on every machine"
#% fact: net.firewall tool,input,rules,sha256
#% fact: net.firewall-configured by
#% attack: T1686@v19
#% nist: SC-7, CM-6
#% iso27001: A.8.20, A.8.22
#% false-positives: Sites with a firewall in the network only: nothing is configured, and the check does not apply. Rules of
#% false-positives: Docker and libvirt make a ruleset of their own, and its digest changes with each container.
#% remediation: Keep the rules as they are (nft list ruleset), find out since when (the unit's state, the journal) and who;
#% remediation: start the firewall again, and look at what listens (net.listen) and who came (net.peers, login.sources).
#% references: nft(8), iptables-save(8), https://attack.mitre.org/techniques/T1686/
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
case $(id -u) in '' | *[!0-9]*) say "id does not work as it should" 103 ;; esac
works "$(printf 'ab' | sha256sum)" "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603  -" sha256sum

proc=$root/proc
if [ -z "$root" ] && [ "$(id -u)" != 0 ]; then say "needs root: the rules of the kernel are not shown to others" 106; fi

configured() {
  if [ -r "$root/etc/ufw/ufw.conf" ] && awk -F = '$1 == "ENABLED" && tolower($2) ~ /yes/ { on = 1 } END { exit !on }' "$root/etc/ufw/ufw.conf"; then
    echo "configured ufw"
  fi
  for unit in firewalld nftables netfilter-persistent iptables ip6tables ferm shorewall; do
    for wants in "$root"/etc/systemd/system/*.target.wants/"$unit.service" "$root"/etc/rc2.d/S??"$unit" "$root"/etc/runlevels/*/"$unit"; do
      if [ -h "$wants" ] || [ -e "$wants" ]; then
        # An empty set of rules is no firewall.
        if [ "$unit" = nftables ] && ! grep -qs '^[^#]*\(hook\|include\)' "$root/etc/nftables.conf" "$root/etc/sysconfig/nftables.conf"; then continue; fi
        if [ "$unit" = netfilter-persistent ] && [ ! -s "$root/etc/iptables/rules.v4" ] && [ ! -s "$root/etc/iptables/rules.v6" ]; then continue; fi
        echo "configured $unit" && break
      fi
    done
  done
}

# Whether the kernel has nf_tables: as a module that is loaded, or built in. A kernel without modules can load none.
has_nftables() {
  if [ ! -e /proc/modules ] || grep -q '^nf_tables ' /proc/modules; then return 0; fi
  for file in /lib/modules/*/modules.builtin; do
    case $file in */"$(awk '{ print; exit }' /proc/sys/kernel/osrelease)"/*) grep -q '/nf_tables\.ko' "$file" && return 0 ;; esac
  done
  return 1
}

# TOOL ARGUMENTS...: what it says, with its name before; nothing where it fails.
listing() {
  echo "tool $1"
  "$@" 2>/dev/null || echo "failed $1"
}

has() { command -v "$1" >/dev/null 2>&1; }

legacy() {
  [ -n "$(cat "$proc/net/$1" 2>/dev/null)" ] || return 0
  if has "$2"; then listing "$2"; elif has "$3"; then listing "$3"; else echo "lacking $3"; fi
}

# A specimen keeps what nft or iptables-save said of it.
rules() {
  if [ -n "$root" ]; then
    if [ -r "$proc/net/netfilter/ruleset" ]; then echo "tool specimen" && cat "$proc/net/netfilter/ruleset"; fi
    return
  fi
  legacy ip_tables_names iptables-legacy-save iptables-save
  legacy ip6_tables_names ip6tables-legacy-save ip6tables-save
  if has_nftables; then
    if has nft; then listing nft list ruleset; elif has iptables-nft-save; then listing iptables-nft-save; elif has iptables-save; then listing iptables-save; else echo "lacking nft"; fi
  fi
}

# Without counters and comments, so that the digest is that of the rules.
plain() {
  awk '/^#/ { next } { gsub(/\[[0-9]+:[0-9]+\]/, ""); gsub(/counter packets [0-9]+ bytes [0-9]+/, "counter"); sub(/ # handle [0-9]+$/, ""); sub(/[ \t]+$/, "") } $0 != "" { print }'
}

said=$(rules | plain)
digest=$(printf '%s\n' "$said" | sha256sum)
{
  configured
  printf '%s\n' "$said"
  echo "end of rules"
} | DIGEST=${digest%% *} REQUIRED=${XCCDF_VALUE_required:-false} SPECIMEN=$root awk '
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
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
  }
  $1 == "configured" && !tools { by[++configured] = $2; next }
  $1 == "tool" { tools++; tool = tool (tool == "" ? "" : "+") $2; next }
  $1 == "failed" { failed = $2; next }
  $1 == "lacking" { lacking = $2; next }
  $0 == "end of rules" { complete = 1; next }
  # iptables-save
  /^:INPUT / { chains++; policy = $2 == "ACCEPT" ? policy : "drop"; next }
  /^:/ { next }
  /^-A / { rules++; if (/-j (DROP|REJECT)/) closes++; next }
  # nft
  / hook input / { chains++; inside = 1; if (/policy drop/) policy = "drop"; next }
  /^\t?}$/ || /^[ \t]*}$/ { inside = 0; next }
  /^(table|\*|COMMIT)/ || /^[ \t]*chain / || / hook / { next }
  /^[ \t]+[^ \t]/ { rules++; if (/(^|[ \t])(drop|reject)([ \t]|$)/) closes++ }
  END {
    if (!complete) { print "the rules could not be read to their end"; exit 103 }
    for (i = 1; i <= configured; i++) printf "%s\tfact\tnet.firewall-configured\t%s\n", ENVIRON["TENKEN_NONCE"], by[i]
    for (i = 1; i <= configured; i++) names = names " " by[i]
    if (tools) printf "%s\tfact\tnet.firewall\t%s\t%s\t%d\t%s\n", ENVIRON["TENKEN_NONCE"], visible(tool), policy == "" ? "accept" : policy, rules, ENVIRON["DIGEST"]
    if (failed != "") { print failed " failed: the rules could not be listed"; exit 106 }
    stands = chains && (policy == "drop" || closes)
    if (lacking != "" && !stands && (configured || ENVIRON["REQUIRED"] == "true")) { print "needs " lacking " to list the rules, which is not installed"; exit 106 }
    if (!tools && ENVIRON["SPECIMEN"] != "" && !configured) { print "this specimen says nothing of rules"; exit 105 }
    if (!stands && configured) { print "configured to start:" names ", but the kernel drops and rejects nothing that comes in (" rules + 0 " rules)"; exit 102 }
    if (!stands && ENVIRON["REQUIRED"] == "true") { print "no firewall is in force, and one is required"; exit 102 }
    if (!stands) { print "no firewall is configured and none is required"; exit 105 }
    print "in force: " rules + 0 " rules, input policy " (policy == "" ? "accept" : policy) (configured ? ", configured by" names : ", configured by nobody that is known")
    exit 101
  }'
