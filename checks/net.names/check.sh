#!/bin/sh
#% id: net.names
#% version: 1
#% title: Names lead where they should
#% severity: medium
#% class: integrity
#% rationale: A line in /etc/hosts sends updates, virus signatures or a colleague's machine to another address; a name
#% rationale: server of the intruder's does that for all names; a module in nsswitch.conf answers for accounts and for names
#% rationale: alike. Lines, servers, modules and digests are facts, to be compared within the site. The check itself fails
#% rationale: where hosts names something that watched_domains has, where localhost is not this machine, where nsswitch asks
#% rationale: a module that is not known, where a file may be written by others or is a link into a home or a directory of
#% rationale: temporary files, and, with allowed_servers, where another name server is asked.
#% platform: linux
#% requires: awk sed ls sha256sum tr readlink
#% privilege: none
#% timeout: 20s
#% output-limit: 512k
#% cost: light
#% side-effects: none
#% param: watched_domains string "debian.org ubuntu.com redhat.com fedoraproject.org centos.org rockylinux.org almalinux.org suse.com opensuse.org alpinelinux.org microsoft.com windowsupdate.com clamav.net crowdstrike.com sentinelone.net" "domains that hosts should not name, separated by spaces"
#% param: allowed_hosts string "" "names in hosts that are in order all the same, separated by spaces"
#% param: allowed_servers string "" "the only name servers that may be asked, separated by spaces; empty: any"
#% param: allowed_modules string "" "further modules of nsswitch.conf that are in order, separated by spaces"
#% fact: names.file file,digest stack=site
#% fact: names.host address,name stack=site
#% fact: names.server address stack=site
#% fact: names.module database,module
#% attack: T1685@v19, T1556@v19
#% nist: SC-20, SC-21, CM-6
#% iso27001: A.8.20, A.8.9
#% false-positives: Mirrors of updates that a site names in hosts: allowed_hosts. Modules of a directory service that are
#% false-positives: not on the list of this check: allowed_modules.
#% remediation: Find out what stands at the address; if updates or signatures went there, treat what was installed since
#% remediation: as unknown. Compare with a terminal of the same site.
#% references: hosts(5), resolv.conf(5), nsswitch.conf(5)
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}
tab=$(printf '\t')

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
if [ ! -d "$root/etc" ]; then say "there is no /etc to look at" 104; fi
# Tools whose silence would look like a machine on which all is well.
works() { [ "$1" = "$2" ] || say "$3 does not work as it should" 103; }
works "$(printf 'ab' | sed 's/a/c/' | tr c d)" db 'sed or tr'
works "$(printf 'ab' | sha256sum | tr -d ' -')" fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603 sha256sum

# KIND FILE, with its lines, a letter before each.
told() {
  file=$root$2
  if [ -h "$file" ]; then printf 'link\t%s\t%s\n' "$2" "$(readlink "$file" | tr '\t\n' '??')"; fi
  if [ ! -f "$file" ]; then return; fi
  if [ ! -r "$file" ]; then
    printf 'closed\t%s\n' "$2"
    return
  fi
  owner=$(ls -ldnL "$file" 2>/dev/null | awk '{ print $1 "\t" $3; exit }')
  printf '%s\t%s\t%s\t%s\n' "$1" "$(sha256sum <"$file" | tr -d ' -')" "${owner:-?$tab?}" "$2"
  if [ -s "$file" ]; then echo filled; fi
  tr '\0' '?' <"$file" | sed 's/^/L/'
}

admin=$(ls -ldnL "$root/" | awk '{ print $3 }')
{
  told hosts /etc/hosts
  told servers /etc/resolv.conf
  told servers /run/systemd/resolve/resolv.conf
  told servers /etc/resolvconf/resolv.conf.d/head
  told modules /etc/nsswitch.conf
  told other /etc/host.conf
  told other /etc/systemd/resolved.conf
  told other /etc/hosts.allow
  told other /etc/hosts.deny
  printf 'end\n'
} | ADMIN=$admin WATCHED=${XCCDF_VALUE_watched_domains:-} HOSTS=${XCCDF_VALUE_allowed_hosts:-} \
  SERVERS=${XCCDF_VALUE_allowed_servers:-} MODULES=${XCCDF_VALUE_allowed_modules:-} awk -F '\t' '
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
  function fact(row) { if (!(row in told)) print ENVIRON["TENKEN_NONCE"] "\tfact\t" row; told[row] = 1 }
  function problem(text) { if (!(text in known)) problems[++found] = text; known[text] = 1 }
  function set_of(name, set,  n, i, list) { n = split(ENVIRON[name], list, " "); for (i = 1; i <= n; i++) set[tolower(list[i])] = 1; return n }
  function host(text,  n, word, i, name, domain) {
    n = split(text, word, /[ \t]+/)
    for (i = 2; i <= n; i++) {
      if (word[i] == "") continue
      fact("names.host\t" visible(word[1]) "\t" visible(word[i])); lines++
      name = tolower(word[i]); sub(/\.$/, "", name)
      if (name in allowed_host) continue
      if (name == "localhost" && word[1] !~ /^(127\.|::1$)/) problem("localhost is " word[1] " in /etc/hosts")
      for (domain in watched)
        if (name == domain || (length(name) > length(domain) && substr(name, length(name) - length(domain)) == "." domain))
          problem("/etc/hosts sends " name " to " word[1])
    }
  }
  function server(text,  word) {
    if (split(text, word, /[ \t]+/) < 2 || tolower(word[1]) != "nameserver") return
    fact("names.server\t" visible(word[2])); servers++
    if (limited && !(tolower(word[2]) in allowed_server) && word[2] !~ /^(127\.|::1$)/) problem(file " asks the name server " word[2])
  }
  function modules(text,  database, n, word, i) {
    if (!match(text, /^[a-z_]+[ \t]*:/)) return
    database = substr(text, 1, RLENGTH - 1); sub(/[ \t]+$/, "", database)
    text = substr(text, RLENGTH + 1)
    gsub(/\[[^]]*\]/, " ", text); sub(/^[ \t]+/, "", text)
    n = split(text, word, /[ \t]+/)
    for (i = 1; i <= n; i++) {
      if (word[i] == "") continue
      fact("names.module\t" visible(database) "\t" visible(word[i])); asked++
      if (!(tolower(word[i]) in usual) && !(tolower(word[i]) in allowed_module)) problem("nsswitch asks the module " word[i] " for " database)
    }
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    set_of("WATCHED", watched); set_of("HOSTS", allowed_host); set_of("MODULES", allowed_module)
    limited = set_of("SERVERS", allowed_server)
    n = split("files compat dns db systemd myhostname mymachines resolve sss ldap winbind wins nis nisplus hesiod altfiles extrausers cache libvirt libvirt_guest usrfiles mdns mdns4 mdns6 mdns_minimal mdns4_minimal mdns6_minimal cache_oslogin oslogin gw_name", list, " ")
    for (i = 1; i <= n; i++) usual[list[i]] = 1
  }
  /^L/ {
    lacking = 0
    text = substr($0, 2); sub(/\r$/, "", text); sub(/^[ \t]+/, "", text); sub(/[ \t]*[#].*$/, "", text)
    if (text == "" || text ~ /^;/) next
    if (kind == "hosts") host(text)
    else if (kind == "servers") server(text)
    else if (kind == "modules") modules(text)
    next
  }
  $1 == "filled" { lacking = 1; next }
  $1 == "hosts" || $1 == "servers" || $1 == "modules" || $1 == "other" {
    if (lacking) broken = file
    files++; kind = $1; file = $5
    if (length($2) != 64) broken = file
    # What a lease writes anew with its time in it has a digest of its own on each machine.
    if (file !~ /^\/run\//) fact("names.file\t" file "\t" $2)
    if (substr($3, 6, 1) == "w" || substr($3, 9, 1) == "w") problem("others than its owner may write " file)
    if ($4 != 0 && $4 != ENVIRON["ADMIN"] && file !~ /resolv\.conf$/) problem(file " belongs to uid " $4)
    next
  }
  $1 == "link" { if ($3 ~ /^\/(tmp|var\/tmp|dev\/shm|run\/user|home|root)\//) problem($2 " is a link to " $3); next }
  $1 == "closed" { closed++; if (closed == 1) example = $2; next }
  $1 == "end" { if (lacking) broken = file; complete = 1; next }
  { broken = "a file" }
  END {
    if (!complete || broken != "") { print "could not be read to its end: " broken; exit 103 }
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (closed) print closed " files could not be looked at: needs root (first: " example ")"
    print lines + 0 " names in hosts, " servers + 0 " name servers, " asked + 0 " modules"
    if (found) exit 102
    if (closed) exit 106
    if (!files) exit 105
    exit 101
  }'
