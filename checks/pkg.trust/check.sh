#!/bin/sh
#% id: pkg.trust
#% version: 1
#% title: Software and certificates come from whom the site trusts
#% severity: medium
#% class: integrity
#% rationale: A repository that was added, a signing key, or a certificate authority lets its owner put programs on the
#% rationale: machine or read its encrypted traffic, and survives every clean-up. Sources, keys and added authorities are
#% rationale: facts, to be compared over the fleet. The check fails where signatures are switched off, where others than
#% rationale: root may change a list, a key or the authorities, and where the bundle of authorities holds a certificate that
#% rationale: no file of the system's or the administrator's holds: update-ca-certificates(8) would not have put it there.
#% platform: linux
#% requires: awk find ls sha256sum tr sed
#% privilege: none
#% timeout: 60s
#% output-limit: 1m
#% cost: light
#% side-effects: none
#% param: allowed string "" "sha256 of certificates (of the DER form) that may stand in the bundle alone, separated by spaces"
#% fact: pkg.source kind,source,file
#% fact: pkg.key file,sha256
#% fact: trust.ca sha256,file
#% attack: T1195.002@v19, T1553.004@v19
#% nist: SI-7, SC-12, CM-14
#% iso27001: A.8.19, A.8.24
#% false-positives: A site's own authority is a fact only. Mirrors of the site without signatures (trusted=yes) on purpose.
#% false-positives: Images into whose bundle a certificate was appended by hand: name it in allowed, or add its file.
#% remediation: Take the line, key or certificate out, keep a copy with its times, and look at what was installed since:
#% remediation: /var/log/dpkg.log, dnf history, /var/log/apt/history.log.
#% references: apt-secure(8), update-ca-certificates(8), https://attack.mitre.org/techniques/T1553/004/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
# Tools whose silence would look like a machine on which all is well.
works() { [ "$1" = "$2" ] || say "$3 does not work as it should" 103; }
works "$(find "${root:-/}" -prune -type d -exec echo found \;)" found find
works "$(printf 'a b\n' | sed -n 's/^a //p')" b sed
works "$(printf 'ab' | sha256sum)" "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603  -" sha256sum
works "$(printf 'a\nb\000c' | tr '\n\000' '+-')" a+b-c tr

if [ ! -d "$root/etc" ]; then say "there is no /etc to look at" 104; fi

# Files only: a name of a list that is none (a pipe) would hang its reader. Names with a newline are told, not read.
each() {
  for file in "$@"; do
    [ -e "$file" ] || continue
    case $file in
    *'
'*) printf 'odd %s\n' "$(printf '%s' "${file#"$root"}" | tr '\n' '\001')" ;;
    *)
      if [ ! -f "$file" ]; then
        printf 'odd %s\n' "${file#"$root"}"
      elif [ ! -r "$file" ]; then
        printf 'closed %s\n' "${file#"$root"}"
      else
        printf 'file %s\n' "$file"
      fi
      ;;
    esac
  done
}

lists() {
  apt=$root/etc/apt
  each "$apt"/sources.list "$apt"/sources.list.d/*.list | sed 's/^file /apt /'
  each "$apt"/sources.list.d/*.sources | sed 's/^file /deb822 /'
  each "$apt"/apt.conf "$apt"/apt.conf.d/* | sed 's/^file /aptconf /'
  each "$root"/etc/yum.conf "$root"/etc/dnf/dnf.conf "$root"/etc/yum.repos.d/*.repo "$root"/etc/zypp/repos.d/*.repo | sed 's/^file /ini /'
  each "$root"/etc/apk/repositories | sed 's/^file /apk /'
  each "$apt"/trusted.gpg "$apt"/trusted.gpg.d/* "$apt"/keyrings/* "$root"/etc/apk/keys/* "$root"/etc/pki/rpm-gpg/* | sed 's/^file /key /'
  each "$root"/usr/local/share/ca-certificates/*.crt "$root"/usr/local/share/ca-certificates/*/*.crt \
    "$root"/etc/pki/ca-trust/source/anchors/* "$root"/etc/ca-certificates/trust-source/anchors/* \
    "$root"/usr/share/pki/ca-trust-source/anchors/* | sed 's/^file /ca /'
  for directory in "$apt"/sources.list.d "$apt"/apt.conf.d "$apt"/trusted.gpg.d "$apt"/keyrings "$root"/etc/yum.repos.d "$root"/etc/apk \
    "$root"/usr/local/share/ca-certificates "$root"/etc/ssl/certs "$root"/etc/pki/ca-trust/source/anchors; do
    if [ -d "$directory" ]; then
      printf 'directory %s\n' "$directory"
      if [ ! -r "$directory" ] || [ ! -x "$directory" ]; then printf 'closed %s\n' "${directory#"$root"}"; fi
    fi
  done
}

# The files that the bundle of Debian, Alpine and others is made of.
bundle=$root/etc/ssl/certs/ca-certificates.crt
authorities() {
  [ -d "$root/usr/share/ca-certificates" ] || return 0
  if [ ! -f "$bundle" ]; then return 0; fi
  if [ ! -r "$bundle" ]; then printf 'closed %s\n' "${bundle#"$root"}" && return; fi
  find "$root/usr/share/ca-certificates" "$root/usr/local/share/ca-certificates" "$root/etc/ca-certificates" -type f -name '*.crt' \
    -exec awk '/^-+BEGIN/ { body = ""; next } /^-+END/ { print "known " body; next } { gsub(/[^A-Za-z0-9+\/=]/, ""); body = body $0 }' {} + 2>/dev/null
  awk '/^-+BEGIN/ { body = ""; next } /^-+END/ { print "bundled " body; next } { gsub(/[^A-Za-z0-9+\/=]/, ""); body = body $0 }' "$bundle"
}

# Of a certificate as text, that of the DER form where base64 is there.
sum_of() {
  if command -v base64 >/dev/null 2>&1; then
    printf '%s' "$1" | base64 -d 2>/dev/null | sha256sum
  else
    printf '%s' "$1" | sha256sum | sed 's/^/text-/'
  fi
}

strangers() {
  authorities | awk '
    $1 == "closed" { print; next }
    $1 == "known" { known[$2] = 1; next }
    $1 == "bundled" { total++; if (!($2 in seen)) order[++n] = $2; seen[$2] = 1 }
    END {
      for (i = 1; i <= n; i++) if (!(order[i] in known) && ++told <= 50) print "stranger " order[i]
      print "bundle " total + 0
    }' | while read -r word rest; do
    case $word in
    stranger)
      digest=$(sum_of "$rest")
      echo "stranger ${digest%% *}"
      ;;
    *) echo "$word $rest" ;;
    esac
  done
}

digested() {
  while read -r word file; do
    case $word in
    key)
      digest=$(sha256sum "$file" 2>/dev/null)
      digest=${digest#\\}
      printf 'key %s %s\n' "${digest%% *}" "$file"
      ;;
    ca)
      digest=$(sum_of "$(awk '/^-+BEGIN/ { on = 1; next } /^-+END/ { exit } on { gsub(/[^A-Za-z0-9+\/=]/, ""); printf "%s", $0 }' "$file")")
      printf 'ca %s %s\n' "${digest%% *}" "$file"
      ;;
    *) printf '%s %s\n' "$word" "$file" ;;
    esac
    case $word in
    odd | closed) ;;
    *)
      listing=$(ls -ldnL "$file" 2>/dev/null)
      # shellcheck disable=SC2086  # mode and owner are the first and third word
      set -f -- ${listing%%/*} && printf 'mode %s %s %s\n' "$1" "$3" "$file"
      ;;
    esac
  done
}

# Whoever owns the root directory stands for root in a specimen.
admin=$(ls -ldn "$root/." | awk '{ print $3 }')

{
  lists | digested
  strangers
  echo end
} | ROOT=$root ADMIN=$admin ALLOWED=${XCCDF_VALUE_allowed:-} awk '
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
  function problem(text) { if (!(text in known)) problems[++found] = text; known[text] = 1 }
  function fact(line) { if (!(line in told)) print ENVIRON["TENKEN_NONCE"] "\tfact\t" line; told[line] = 1 }
  function place(file) { return substr(file, length(ENVIRON["ROOT"]) + 1) }
  function is_on(value) { return tolower(value) ~ /^"?(yes|true|1|on|enable)/ }
  # The name and the password in an address stay where they are.
  function source(kind, text, file) { gsub(/:\/\/[^\/@ ]*@/, "://?@", text); sources++; fact("pkg.source\t" kind "\t" visible(text) "\t" visible(place(file))) }
  function off(what, file) { problem(place(file) " switches signatures off: " what) }
  function each_line(kind, file,  line, got, off_stanza) {
    while ((got = (getline line < file)) > 0) {
      sub(/\r$/, "", line); sub(/^[ \t]+/, "", line)
      if (line == "" || line ~ /^(#|;)/) continue
      if (kind == "apt") { source("apt", line, file); if (match(line, /\[[^]]*\]/) && substr(line, RSTART, RLENGTH) ~ /(trusted|allow-insecure|allow-weak)=("?yes|"?true|"?1)/) off(line, file) }
      else if (kind == "deb822") {
        if (tolower(line) ~ /^(uris|suites|signed-by|types):/) source("apt", line, file)
        if (tolower(line) ~ /^(trusted|allow-insecure|allow-weak):[ \t]*(yes|true|1)/) off(line, file)
      }
      else if (kind == "aptconf") {
        if (line ~ /^\/\//) continue
        if (tolower(line) ~ /(allowunauthenticated|allowinsecurerepositories|allowweakrepositories|allowdowngradetoinsecurerepositories)[ \t]+"?(yes|true|1)/) off(line, file)
        if (tolower(line) ~ /verify-(peer|host)[ \t]+"?(no|false|0)/) off(line, file)
      }
      else if (kind == "ini") {
        if (tolower(line) ~ /^(baseurl|mirrorlist|metalink)[ \t]*=/) source("rpm", line, file)
        if (tolower(line) ~ /^(gpgcheck|pkg_gpgcheck|sslverify|localpkg_gpgcheck)[ \t]*=[ \t]*(0|no|false)/ && tolower(line) !~ /^localpkg/) off(line, file)
      }
      else if (kind == "apk") source("apk", line, file)
    }
    if (got < 0) broken = place(file)
    close(file)
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    n = split(ENVIRON["ALLOWED"], list, " ")
    for (i = 1; i <= n; i++) allowed[tolower(list[i])] = 1
  }
  { rest = substr($0, length($1) + 2) }
  $1 == "apt" || $1 == "deb822" || $1 == "aptconf" || $1 == "ini" || $1 == "apk" { files++; each_line($1, rest); next }
  $1 == "key" { keys++; fact("pkg.key\t" visible(place(substr(rest, length($2) + 2))) "\t" $2); next }
  $1 == "ca" { added++; fact("trust.ca\t" $2 "\t" visible(place(substr(rest, length($2) + 2)))); next }
  $1 == "stranger" {
    fact("trust.ca\t" $2 "\t/etc/ssl/certs/ca-certificates.crt")
    if (!($2 in allowed)) problem("a certificate stands in ca-certificates.crt alone, which no file holds: " $2)
    next
  }
  $1 == "bundle" { bundled = $2; next }
  $1 == "mode" {
    file = place(substr(rest, length($2 $3) + 3))
    if ($2 ~ /^.....w/ || $2 ~ /^........w/) problem("others than its owner may write " file)
    if ($3 != 0 && $3 != ENVIRON["ADMIN"]) problem(file " belongs to uid " $3)
    next
  }
  $1 == "odd" { problem(rest " is no file that could be a list or a key"); next }
  $1 == "closed" { closed++; if (example == "") example = rest; next }
  $1 == "end" { complete = 1 }
  END {
    if (!complete || broken != "") { print "could not be read to its end: " visible(broken); exit 103 }
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (closed) print visible(closed " files could not be read: needs root (first: " example ")")
    if (found) exit 102
    if (closed) exit 106
    print sources + 0 " sources in " files + 0 " files, " keys + 0 " keys, " added + 0 " added authorities, " bundled + 0 " in the bundle"
    exit 101
  }'
