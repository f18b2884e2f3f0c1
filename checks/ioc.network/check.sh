#!/bin/sh
#% id: ioc.network
#% version: 1
#% title: No address, domain or key of the list of indicators was here
#% severity: critical
#% class: integrity
#% rationale: What one terminal of this case showed (an address, a network, a domain, a key) is looked for on all the others: in
#% rationale: the sockets of now, the logs and the journal, the records of logins, hosts and resolv.conf, known_hosts, the
#% rationale: histories and ssh's configuration of every home, and the authorised keys. The list is given in the parameter
#% rationale: indicators, separated by blanks: ip:203.0.113.7 ip:2001:db8::1 net:198.51.100.0/24 domain:evil.example
#% rationale: key:SHA256:.... A domain counts with its subdomains. Names in known_hosts that are hashed are compared by
#% rationale: ssh-keygen, and never with networks; entries of the journal that are compressed are seen with journalctl only.
#% rationale: The check runs when it is asked for, as the heavy ones do: without indicators there is nothing to ask, and it is
#% rationale: not-checked.
#% platform: linux
#% requires: awk grep od sed sha256sum tr
#% privilege: root
#% timeout: 300s
#% output-limit: 512k
#% cost: heavy
#% side-effects: none
#% param: indicators string "" "what to look for: ip:ADDRESS net:ADDRESS/BITS domain:NAME key:SHA256:FINGERPRINT, separated by blanks"
#% fact: ioc.match indicator,source,hits
#% attack: T1071@v19, T1021@v19, T1098.004@v19
#% nist: SI-4, IR-4
#% iso27001: A.5.7, A.5.25
#% false-positives: Addresses of a provider that others use as well, scanners that were refused (the log says which), a list in
#% false-positives: a resolver's block file, the history of whoever looked for the same by hand.
#% remediation: Read the lines (the source says the file): when, who, to where. Widen the list with what they show, and sweep
#% remediation: again. A key that matches is in use: take it out everywhere at once.
#% references: sshd(8), https://attack.mitre.org/techniques/T1071/
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
works "$(printf 'a b\n' | sed -n 's/^a //p')" b sed
works "$(printf 'ab' | sha256sum)" "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603  -" sha256sum
works "$(printf 'a\nb\000c' | tr '\n\000' '+-')" a+b-c tr

proc=$root/proc
if [ -z "$root" ]; then net=/proc/self/net; else net=$proc/net; fi
newline='
'
mark=${TENKEN_NONCE:-row}

# Those of ioc.files may stand in the same list.
wanted=$(printf '%s\n' "${XCCDF_VALUE_indicators:-}" | tr ' \t\r\n' '\n\n\n\n' | sed -e '/^$/d' -e '/^[Ss][Hh][Aa][0-9]*:/d' -e '/^[Mm][Dd]5:/d' \
  -e '/^[Pp][Aa][Tt][Hh]:/d' -e '/^[Nn][Aa][Mm][Ee]:/d')
if [ -z "$wanted" ]; then say "no indicators were given" 106; fi
case $wanted in *[!\ -~"$newline"]*) say "an indicator holds what no address, domain or key does" 103 ;; esac
wrong=$(printf '%s\n' "$wanted" | grep -v -E \
  -e '^ip:[0-9]{1,3}(\.[0-9]{1,3}){3}$' -e '^ip:[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*$' -e '^net:[0-9]{1,3}(\.[0-9]{1,3}){3}/([0-9]|[12][0-9]|3[0-2])$' \
  -e '^net:[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*/([0-9]|[1-9][0-9]|1[01][0-9]|12[0-8])$' -e '^domain:[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?$' -e '^key:SHA256:[A-Za-z0-9+/]{43}=?$')
if [ -n "$wrong" ]; then say "not an indicator: $(printf '%s' "$wrong" | tr '\n' ' ')" 103; fi

# What a line must hold to be looked at closely: the beginning of an address as it is mostly written. Every line, where a
# network is too wide for that.
set --
everything=
IFS=$newline
set -f
for word in $wanted; do
  value=${word#*:}
  case $word in
  ip:*.*.*.* | domain:*) set -- "$@" -e "$value" ;;
  key:*) set -- "$@" -e "${value%=}" ;;
  net:*.*.*.*)
    bits=${value#*/}
    a=${value%%.*}
    b=${value#*.}
    c=${b#*.}
    if [ "$bits" -ge 24 ]; then
      set -- "$@" -e "$a.${b%%.*}.${c%%.*}."
    elif [ "$bits" -ge 16 ]; then
      set -- "$@" -e "$a.${b%%.*}."
    elif [ "$bits" -ge 8 ]; then
      set -- "$@" -e "$a."
    else
      everything=yes
    fi
    ;;
  *) set -- "$@" -e ':' ;;
  esac
done
set +f
unset IFS
if [ -n "$everything" ]; then set -- -e ''; fi

# --- The sources: `SOURCE` opens one, the lines after it are its own. The mark keeps a line from opening another.
source_is() { printf '%s source %s\n' "$mark" "$(printf '%s' "$1" | tr '\n' '\001')"; }

# FILE PATTERNS...
text() {
  [ -f "$1" ] || return 0
  if [ ! -r "$1" ]; then
    printf '%s closed %s\n' "$mark" "$(printf '%s' "${1#"$root"}" | tr '\n' '\001')"
    return 0
  fi
  source_is "${1#"$root"}"
  file=$1
  shift
  unpack=
  case $file in
  *.gz) unpack=gzip ;;
  *.xz | *.lzma) unpack=xz ;;
  *.bz2) unpack=bzip2 ;;
  *.zst) unpack=zstd ;;
  esac
  if [ -n "$unpack" ]; then
    if ! command -v "$unpack" >/dev/null 2>&1; then
      printf '%s lacking %s\n' "$mark" "$unpack"
    else
      "$unpack" -dc <"$file" 2>/dev/null | grep -a -i -F "$@"
    fi
  else
    # Records of logins and the journal's files are not text: what can be printed in them is.
    case $file in
    *.journal | */[bw]tmp* | */lastlog | */utmp) tr -c ' -~' '\n' <"$file" | grep -a -i -F "$@" ;;
    *) grep -a -i -F "$@" "$file" ;;
    esac
  fi
  return 0
}

# A directory that lets nobody look.
may_enter() {
  if [ -d "$1" ] && { [ ! -x "$1" ] || [ ! -r "$1" ]; }; then printf '%s closed %s\n' "$mark" "$(printf '%s' "${1#"$root"}" | tr '\n' '\001')"; fi
  return 0
}

# DIRECTORY PATTERNS...
home() {
  place=$1
  shift
  may_enter "$place"
  may_enter "$place/.ssh"
  for file in .ssh/known_hosts .ssh/known_hosts2 .ssh/config .bash_history .zsh_history .sh_history .ash_history .python_history .wget-hsts .ssh/authorized_keys \
    .ssh/authorized_keys2; do
    name=$place/$file
    text "$name" "$@"
    case $name in
    */.ssh/known_hosts) hashed "$name" ;;
    */.ssh/authorized_keys*) keys "$name" ;;
    esac
  done
}

# Hashed names: ssh-keygen hashes each address and domain and compares.
hashed() {
  [ -r "$1" ] && grep -q '^|1|' "$1" || return 0
  if [ -n "$root" ] || ! command -v ssh-keygen >/dev/null 2>&1; then
    printf '%s hashed\n' "$mark"
    return 0
  fi
  printf '%s\n' "$wanted" | while IFS= read -r word; do
    case $word in
    ip:* | domain:*) if ssh-keygen -F "${word#*:}" -f "$1" >/dev/null 2>&1; then printf '%s hit %s\n' "$mark" "$word"; fi ;;
    esac
  done
}

keys() {
  case $wanted in *key:*) ;; *) return 0 ;; esac
  [ -f "$1" ] && [ -r "$1" ] || return 0
  awk '{ for (i = 1; i < NF; i++) if ($i ~ /^(ssh|ecdsa|sk)-[a-z0-9@.-]+$/ && $(i + 1) ~ /^AAAA[A-Za-z0-9+\/=]+$/ && length($(i + 1)) < 32768) { print $(i + 1); break } }' "$1" |
    while IFS= read -r blob; do
      digest=$(printf '%s' "$blob" | base64 -d 2>/dev/null | sha256sum)
      printf '%s key %s\n' "$mark" "${digest%% *}"
    done
}

# PATTERNS...
texts() {
  log=$root/var/log
  for file in "$log"/auth.log* "$log"/secure* "$log"/syslog* "$log"/messages* "$log"/daemon.log* "$log"/kern.log* "$log"/user.log* "$log"/cron* "$log"/ufw.log* \
    "$log"/firewalld* "$log"/fail2ban.log* "$log"/audit/audit.log* "$log"/dnsmasq.log* "$log"/wtmp* "$log"/btmp* "$log"/lastlog "$root"/run/utmp "$root"/etc/hosts \
    "$root"/etc/hosts.allow "$root"/etc/hosts.deny "$root"/etc/resolv.conf "$root"/etc/ssh/ssh_known_hosts "$root"/etc/ssh/*.pub "$root"/etc/crontab "$root"/etc/cron.d/* \
    "$root"/var/spool/cron/* "$root"/var/spool/cron/crontabs/*; do
    text "$file" "$@"
  done
  for directory in "$log" "$log/audit" "$root/var/spool/cron/crontabs"; do may_enter "$directory"; done
  for file in "$root"/etc/ssh/*.pub "$root"/etc/dropbear/authorized_keys; do keys "$file"; done
  if [ -z "$root" ] && command -v journalctl >/dev/null 2>&1; then
    source_is "the journal"
    journalctl --no-pager -q -o short-iso 2>/dev/null | grep -a -i -F "$@"
  else
    for file in "$log"/journal/*/*.journal "$root"/run/log/journal/*/*.journal; do text "$file" "$@"; done
  fi
  [ -r "$root/etc/passwd" ] || return 0
  awk -F : '$6 ~ /^\/./ && !told[$6]++ { sub(/\/+$/, "", $6); print $6 }' "$root/etc/passwd" | while IFS= read -r directory; do
    if [ -d "$root$directory" ]; then home "$root$directory" "$@"; fi
  done
}

order=$(printf '\001\000' | od -A n -t d2 | tr -d ' ')
case $order in 1 | 256) ;; *) say "od and tr do not work: the byte order could not be told" 103 ;; esac

sockets() {
  for table in tcp tcp6 udp udp6 raw raw6; do
    [ -e "$net/$table" ] || continue
    if [ ! -r "$net/$table" ]; then printf '%s closed /proc/net/%s\n' "$mark" "$table" && continue; fi
    source_is "/proc/net/$table"
    ORDER=$order awk '
      function hex(s,  i, n) { for (i = 1; i <= length(s); i++) n = n * 16 + index("0123456789ABCDEF", substr(s, i, 1)) - 1; return n }
      function word(s) { return little ? substr(s, 7, 2) substr(s, 5, 2) substr(s, 3, 2) substr(s, 1, 2) : s }
      function address(s,  i, all, text) {
        if (length(s) == 8) { s = word(s); return hex(substr(s, 1, 2)) "." hex(substr(s, 3, 2)) "." hex(substr(s, 5, 2)) "." hex(substr(s, 7, 2)) }
        for (i = 1; i <= 25; i += 8) all = all word(substr(s, i, 8))
        if (substr(all, 1, 24) == "00000000000000000000FFFF") { s = substr(all, 25); return hex(substr(s, 1, 2)) "." hex(substr(s, 3, 2)) "." hex(substr(s, 5, 2)) "." hex(substr(s, 7, 2)) }
        for (i = 1; i <= 29; i += 4) text = text (i == 1 ? "" : ":") substr(all, i, 4)
        return text
      }
      BEGIN { little = ENVIRON["ORDER"] == 1 }
      $2 ~ /^[0-9A-F]+:[0-9A-F]+$/ && $3 ~ /^[0-9A-F]+:[0-9A-F]+$/ { split($2, here, ":"); split($3, there, ":"); print address(here[1]) " " address(there[1]) }' "$net/$table"
  done
}

{
  sockets
  texts "$@"
  echo "$mark end"
} | MARK=$mark WANTED=$wanted awk '
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
  function hex(s,  i, n) { for (i = 1; i <= length(s); i++) n = n * 16 + index("0123456789abcdef", substr(s, i, 1)) - 1; return n }
  function is_v4(s,  part, i) {
    if (split(s, part, ".") != 4) return 0
    for (i = 1; i <= 4; i++) if (part[i] !~ /^[0-9]+$/ || length(part[i]) > 3 || part[i] + 0 > 255) return 0
    return 1
  }
  function number(s,  part) { split(s, part, "."); return ((part[1] * 256 + part[2]) * 256 + part[3]) * 256 + part[4] }
  # 32 hexadecimal digits, or nothing where it is no address of IPv6.
  function wide(s,  half, left, right, n, m, i, part, text, quad) {
    s = tolower(s)
    if (s ~ /\./) {
      quad = s; sub(/.*:/, "", quad)
      if (!is_v4(quad)) return ""
      n = number(quad); sub(/[^:]*$/, "", s)
      s = s sprintf("%x:%x", int(n / 65536), n % 65536)
    }
    if (s !~ /:/ || s ~ /:::/) return ""
    half = index(s, "::")
    left = half ? substr(s, 1, half - 1) : s; right = half ? substr(s, half + 2) : ""
    if (right ~ /::/) return ""
    n = left == "" ? 0 : split(left, part, ":")
    for (i = 1; i <= n; i++) { if (part[i] !~ /^[0-9a-f]+$/ || length(part[i]) > 4) return ""; text = text substr("0000" part[i], length(part[i]) + 1) }
    m = right == "" ? 0 : split(right, part, ":")
    if (half ? n + m > 7 : n != 8) return ""
    for (i = n + m; i < 8; i++) text = text "0000"
    for (i = 1; i <= m; i++) { if (part[i] !~ /^[0-9a-f]+$/ || length(part[i]) > 4) return ""; text = text substr("0000" part[i], length(part[i]) + 1) }
    return text
  }
  # The awk of busybox may be built without the operator.
  function power(n,  p) { for (p = 1; n > 0; n--) p *= 2; return p }
  function same_bits(a, b, bits,  whole, rest) {
    whole = int(bits / 4); rest = bits % 4
    if (substr(a, 1, whole) != substr(b, 1, whole)) return 0
    return rest == 0 || int(hex(substr(a, whole + 1, 1)) / power(4 - rest)) == int(hex(substr(b, whole + 1, 1)) / power(4 - rest))
  }
  function hit(i) { hits[i, place]++; if (hits[i, place] == 1) { found++; where[found] = place; which[found] = i } }
  function address(token,  i, n, digits) {
    if (is_v4(token)) {
      n = number(token)
      for (i = 1; i <= count; i++) {
        if (kind[i] == "ip4" && n == value[i]) hit(i)
        else if (kind[i] == "net4" && int(n / power(32 - bits[i])) == int(value[i] / power(32 - bits[i]))) hit(i)
      }
      return
    }
    if (!sixes || token !~ /:.*:/) return
    digits = wide(token)
    if (digits == "") return
    for (i = 1; i <= count; i++) if (kind[i] == "six" && same_bits(digits, value[i], bits[i])) hit(i)
  }
  function addresses(line,  n, token, i, t, m, piece, j) {
    n = split(line, token, /[^0-9a-fA-F:.]+/)
    for (i = 1; i <= n; i++) {
      t = token[i]; sub(/[.:]+$/, "", t); if (t !~ /^::/) sub(/^[.:]+/, "", t)
      if (t !~ /[0-9a-fA-F]/) continue
      if (t ~ /\./ && t ~ /:/) {
        # An address of IPv4 before a port, or behind the ::ffff: of IPv6.
        m = split(t, piece, ":"); for (j = 1; j <= m; j++) if (is_v4(piece[j])) address(piece[j])
        if (t ~ /:.*:/) address(t)
      } else address(t)
    }
  }
  function names(line,  i, at, rest, before, after) {
    line = tolower(line)
    for (i = 1; i <= count; i++) {
      if (kind[i] != "domain") continue
      rest = line; before = ""
      while ((at = index(rest, value[i])) > 0) {
        before = at > 1 ? substr(rest, at - 1, 1) : before
        after = substr(rest, at + length(value[i]), 2)
        if (before !~ /[a-z0-9_-]/ && after !~ /^[a-z0-9_-]/ && after !~ /^\.[a-z0-9_-]/) { hit(i); break }
        before = substr(rest, at, 1); rest = substr(rest, at + 1)
      }
    }
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    mark = ENVIRON["MARK"]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    count = split(ENVIRON["WANTED"], indicator, "\n")
    for (i = 1; i <= count; i++) {
      text = substr(indicator[i], index(indicator[i], ":") + 1)
      if (indicator[i] ~ /^domain:/) { kind[i] = "domain"; value[i] = tolower(text); domains++ }
      else if (indicator[i] ~ /^key:/) { kind[i] = "key"; sub(/=$/, "", text); value[i] = text }
      else {
        length_of = text ~ /\// ? substr(text, index(text, "/") + 1) : ""; sub(/\/.*/, "", text)
        if (text !~ /:/) {
          if (!is_v4(text)) { bad = indicator[i]; continue }
          kind[i] = length_of == "" ? "ip4" : "net4"; value[i] = number(text); bits[i] = length_of + 0
        } else {
          kind[i] = "six"; value[i] = wide(text); bits[i] = length_of == "" ? 128 : length_of + 0; sixes++
          if (value[i] == "") bad = indicator[i]
        }
      }
    }
  }
  function fingerprint(digest,  i, sum, text) {
    digest = digest "00"
    for (i = 1; i <= 64; i += 3) {
      sum = (hex(substr(digest, i, 1)) * 16 + hex(substr(digest, i + 1, 1))) * 16 + hex(substr(digest, i + 2, 1))
      text = text substr(letters, int(sum / 64) + 1, 1) substr(letters, sum % 64 + 1, 1)
    }
    return "SHA256:" substr(text, 1, 43)
  }
  $1 == mark {
    if ($2 == "source") { place = substr($0, length(mark) + 9); sources++ }
    else if ($2 == "closed") { closed++; if (example == "") example = substr($0, length(mark) + 9) }
    else if ($2 == "lacking") { unread++; lacking = $3 }
    else if ($2 == "hashed") hidden++
    else if ($2 == "hit") { for (i = 1; i <= count; i++) if (indicator[i] == $3) hit(i) }
    else if ($2 == "key") { print_of = fingerprint($3); for (i = 1; i <= count; i++) if (kind[i] == "key" && value[i] == print_of) hit(i) }
    else if ($2 == "end") complete = 1
    next
  }
  {
    addresses($0)
    if (domains) names($0)
    for (i = 1; i <= count; i++) if (kind[i] == "key" && index($0, value[i])) hit(i)
  }
  END {
    if (bad != "") { print "not an indicator: " visible(bad); exit 103 }
    if (!complete) { print "the sources could not be read to their end"; exit 103 }
    for (i = 1; i <= found; i++) {
      if (i <= 9000) printf "%s\tfact\tioc.match\t%s\t%s\t%d\n", ENVIRON["TENKEN_NONCE"], visible(indicator[which[i]]), visible(where[i]), hits[which[i], where[i]]
      if (i <= 30) print visible(indicator[which[i]] " in " where[i] ", " hits[which[i], where[i]] " times")
    }
    if (found > 30) print found - 30 " more"
    if (closed) print visible(closed " sources could not be read: needs root (first: " example ")")
    if (unread) print unread " compressed files were not read for lack of " lacking
    if (hidden) print hidden " files of known hosts hold hashed names that could not be compared"
    if (found) exit 102
    if (closed) exit 106
    if (!sources) { print "there is no source to look in"; exit 104 }
    if (unread || hidden) exit 104
    print count " indicators, in none of " sources " sources"
    exit 101
  }'
