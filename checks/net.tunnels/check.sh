#!/bin/sh
#% id: net.tunnels
#% version: 1
#% title: No tunnel leads out of this machine but those that are known
#% severity: high
#% class: integrity
#% rationale: A tunnel carries an intruder past every firewall: ssh with -R, -D or -w, programs made for it (chisel, frp,
#% rationale: ngrok, ligolo), a tun, gre or WireGuard interface. Processes are known by their program or the name that they
#% rationale: were started with; their arguments are compared over the fleet by digest alone, since they may hold secrets.
#% rationale: ssh -L and forwarding by the kernel (ip_forward) are facts only.
#% platform: linux
#% requires: awk grep readlink sha256sum tr
#% privilege: root
#% timeout: 30s
#% output-limit: 256k
#% cost: light
#% side-effects: none
#% param: allowed_programs string "" "names of programs, as facts tell them, that may run: openvpn cloudflared, separated by spaces"
#% param: allowed_links string "" "interfaces that may be tunnels: wg0 tun0, separated by spaces"
#% fact: net.tunnel kind,name,arguments_sha256
#% fact: net.forward setting,value
#% attack: T1572@v19, T1090.001@v19
#% nist: SC-7, AC-4
#% iso27001: A.8.20, A.8.22
#% false-positives: VPN clients and their interfaces, virtual machines (tap), administrators' own forwardings: name programs
#% false-positives: and interfaces of the site's VPN in the parameters. A program that was renamed and shows nothing in its
#% false-positives: arguments is not found here (net.peers shows where it goes).
#% remediation: Read /proc/PID/cmdline and environ: they say where the tunnel leads. Who started it: the session, its login,
#% remediation: cron, units. Look for connections to that place from every terminal (net.peers, ioc.network).
#% references: ssh(1), https://attack.mitre.org/techniques/T1572/
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
works "$(printf 'ab' | sha256sum)" "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603  -" sha256sum
works "$(printf 'a\nb\000c' | tr '\n\000' '+-')" a+b-c tr

proc=$root/proc
class=$root/sys/class/net
if [ -n "$root" ] && [ ! -d "$proc" ] && [ ! -d "$class" ]; then say "this specimen has neither /proc nor /sys/class/net" 105; fi

tools='chisel|frpc|frps|ngrok|gost|ligolo|ligolo-ng|lcx|iox|stowaway|revsocks|rsockstun|ptunnel|ptunnel-ng|iodine|iodined|dnscat|dnscat2|dns2tcpc|hans|icmptunnel|udp2raw|earthworm|reGeorg|sshuttle|autossh|cloudflared|localtonet|bore|rathole|nps|npc|zrok|tailscaled|zerotier-one|openvpn|stunnel|stunnel4|v2ray|xray|sing-box|hysteria|trojan|shadowsocks|sslocal|ss-local|microsocks|dante|sockd|3proxy|socat|proxychains|proxychains4'

# One grep over the arguments of all processes; what has none of the words is no candidate. The first line of a row is
# the process, then its program, then the arguments; newlines inside of them are the byte 1.
processes() {
  [ -d "$proc" ] || return 0
  cd "$proc" || return 0
  for pid in [0-9]*; do
    [ -d "$pid" ] || continue
    echo "shown"
    if [ ! -x "$pid" ]; then
      if [ -d "$pid" ]; then echo "denied"; fi
    elif [ -e "$pid/cmdline" ] && [ ! -r "$pid/cmdline" ]; then
      if [ -e "$pid/cmdline" ]; then echo "denied"; fi
    fi
  done
  grep -a -l -E "ssh|($tools)" /dev/null [0-9]*/cmdline 2>/dev/null | while read -r file; do
    case $file in [0-9]*/cmdline) ;; *) continue ;; esac
    pid=${file%/cmdline}
    digest=$(sha256sum <"$file" 2>/dev/null)
    printf 'process %s %s\n' "$pid" "${digest%% *}"
    printf 'program %s\n' "$(readlink "$pid/exe" 2>/dev/null | tr '\n' '\001')"
    tr '\n\000' '\001\n' <"$file" 2>/dev/null | awk '{ print "argument " $0 }'
  done 2>/dev/null
}

# By the type of /usr/include/linux/if_arp.h and by what sysfs has of it.
links() {
  for link in "$class"/*; do
    [ -e "$link/type" ] || continue
    kind=
    type=
    IFS= read -r type <"$link/type"
    if [ -e "$link/tun_flags" ]; then
      kind=tun
    elif [ -e "$link/uevent" ] && grep -q '^DEVTYPE=wireguard' "$link/uevent"; then
      kind=wireguard
    else
      case $type in 768) kind=ipip ;; 769) kind=ip6tnl ;; 776) kind=sit ;; 778) kind=gre ;; 823) kind=ip6gre ;; 512) kind=ppp ;; esac
    fi
    # The kernel makes these when their module is loaded, and they lead nowhere.
    case ${link##*/} in tunl0 | sit0 | gre0 | gretap0 | erspan0 | ip6tnl0 | ip6gre0 | ip_vti0 | ip6_vti0) kind= ;; esac
    if [ -n "$kind" ]; then printf 'link %s %s\n' "$kind" "$(printf '%s' "${link##*/}" | tr '\n' '\001')"; fi
  done 2>/dev/null
  for setting in ipv4/ip_forward ipv6/conf/all/forwarding; do
    value=
    if [ -r "$proc/sys/net/$setting" ]; then read -r value <"$proc/sys/net/$setting" && printf 'forward %s %s\n' "$setting" "$value"; fi
  done
}

{
  (processes)
  links
  echo end
} | LIVE=${root:-live} TOOLS=$tools PROGRAMS=${XCCDF_VALUE_allowed_programs:-} LINKS=${XCCDF_VALUE_allowed_links:-} awk '
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
  function problem(text) { problems[++found] = text }
  function fact(line) { if (!(line in told)) print ENVIRON["TENKEN_NONCE"] "\tfact\t" line; told[line] = 1 }
  function base(path) { sub(/ \(deleted\)$/, "", path); sub(/.*\//, "", path); return path }
  # The options of ssh(1) that take a value swallow the rest of their word or the next one.
  function forwards(  i, j, word, letter, kinds, value) {
    for (i = 2; i <= arguments; i++) {
      word = argument[i]
      if (word == "--") break
      if (word !~ /^-./) { if (host++) break; continue }
      for (j = 2; j <= length(word); j++) {
        letter = substr(word, j, 1)
        if (!index("BbcDEeFIiJLlmOoPpQRSWw", letter)) continue
        value = substr(word, j + 1)
        if (value == "") value = argument[++i]
        if (index("RDwL", letter)) kinds = kinds letter
        else if (letter == "o" && tolower(value) ~ /^(remoteforward|dynamicforward|tunnel)[ =]/ && tolower(value) !~ /^tunnel[ =]*no/)
          kinds = kinds (tolower(value) ~ /^r/ ? "R" : tolower(value) ~ /^d/ ? "D" : "w")
        break
      }
    }
    return kinds
  }
  function finish(  names, i, name, kinds, kind) {
    if (pid == "") return
    host = 0
    name = base(program); names = base(argument[1])
    if (name == "ssh" || names == "ssh") {
      kinds = forwards()
      if (kinds != "") {
        kind = kinds ~ /[RDw]/ ? "ssh -" (kinds ~ /R/ ? "R" : kinds ~ /D/ ? "D" : "w") : "ssh -L"
        fact("net.tunnel\t" kind "\tssh\t" digest); tunnels++
        if (kinds ~ /[RDw]/ && !("ssh" in allowed)) problem("process " pid " (" program ") tunnels: " kind)
      }
    } else {
      # An interpreter runs the tool that its first argument names.
      if (!(name in tool)) name = names in tool ? names : arguments > 1 && program ~ /\/(python|perl|sh|bash|dash|node|ruby)[0-9.]*$/ ? base(argument[2]) : ""
      sub(/\.(py|sh|pl|js|rb)$/, "", name)
      if (name in tool) {
        fact("net.tunnel\ttool\t" visible(name) "\t" digest); tunnels++
        if (!(name in allowed)) problem("process " pid " (" program ") is " name)
      }
    }
    pid = ""; arguments = 0; program = ""
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    n = split(ENVIRON["TOOLS"], list, "|"); for (i = 1; i <= n; i++) tool[list[i]] = 1
    n = split(ENVIRON["PROGRAMS"], list, " "); for (i = 1; i <= n; i++) allowed[list[i]] = 1
    n = split(ENVIRON["LINKS"], list, " "); for (i = 1; i <= n; i++) link[list[i]] = 1
  }
  $1 == "argument" { argument[++arguments] = substr($0, 10); next }
  $1 == "program" { program = substr($0, 9); sub(/\001$/, "", program); next }
  { finish() }
  $1 == "shown" { shown++; next }
  $1 == "denied" { denied++; next }
  $1 == "process" { pid = $2; digest = $3; next }
  $1 == "link" {
    name = substr($0, length($2) + 7); tunnels++
    fact("net.tunnel\tlink " $2 "\t" visible(name) "\t")
    if (!(name in link)) problem("the interface " name " is a tunnel (" $2 ")")
    next
  }
  $1 == "forward" { fact("net.forward\t" $2 "\t" visible($3)); next }
  $1 == "end" { complete = 1 }
  END {
    if (!complete || ENVIRON["LIVE"] == "live" && !shown) { print "the processes could not be read"; exit 103 }
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (denied) print denied " processes do not show their arguments: needs root"
    if (found) exit 102
    if (denied) exit 106
    print tunnels ? tunnels " tunnels, all of them known or local" : "no tunnel"
    exit 101
  }'
