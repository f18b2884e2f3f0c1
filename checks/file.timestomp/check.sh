#!/bin/sh
#% id: file.timestomp
#% version: 1
#% title: Files do not pretend to be older than they are
#% severity: medium
#% class: integrity
#% rationale: An intruder gives his file the time of its neighbours (touch -r), so that a search for new files misses it. The
#% rationale: time of modification can be set, that of the last change (ctime) cannot: a file that is much younger by its ctime
#% rationale: than by its mtime was set back or brought along. So are all files of packages and of the image that the machine
#% rationale: was made from: only those count that no package owns and that came a day or more after the machine itself (its
#% rationale: machine id and host keys). Programs and what starts programs are looked at.
#% platform: linux
#% requires: awk date find stat
#% privilege: none
#% timeout: 60s
#% output-limit: 512k
#% cost: light
#% side-effects: none
#% param: days number 30 "how much older a file may look than it is"
#% param: allowed string "" "beginnings of paths that may, separated by spaces"
#% fact: file.times path,modified
#% attack: T1070.006@v19
#% nist: AU-9, SI-7
#% iso27001: A.8.15, A.8.19
#% false-positives: Files that were unpacked from archives or copied with their times (tar, rsync -a, git archives, ansible with
#% false-positives: preserve): name where they are in allowed. A restored backup looks so as a whole.
#% remediation: The ctime says when the file came or was last touched; look what else happened then: wtmp, auth.log, histories,
#% remediation: other files with a ctime of that hour (find -newerct).
#% references: stat(1), https://attack.mitre.org/techniques/T1070/006/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
# Tools whose silence would look like a machine on which all is well.
works() { [ "$1" = "$2" ] || say "$3 does not work as it should" 103; }
case $(date +%s) in '' | *[!0-9]*) say "date does not work as it should" 103 ;; esac
works "$(find "${root:-/}" -prune -type d -exec echo found \;)" found find
works "$(stat -c %F "${root:-/}")" directory stat

# A row begins and ends with the mark, so that a name with a newline is one all the same.
mark=${TENKEN_NONCE:-row}
rows() { find "$@" -xdev -type f -exec stat -c "$mark %Y %Z %n $mark" {} + 2>&1; }

looked_at() {
  set --
  for place in bin sbin usr/bin usr/sbin usr/lib/systemd/system lib/systemd/system usr/lib/security lib/security \
    etc/systemd/system etc/cron.d etc/cron.hourly etc/cron.daily etc/cron.weekly etc/cron.monthly etc/init.d etc/pam.d etc/profile.d \
    etc/ld.so.conf.d etc/update-motd.d etc/ssh etc/udev/rules.d etc/xdg/autostart; do
    if [ -d "$root/$place" ] && [ ! -h "$root/$place" ] && [ ! -h "$root/${place%%/*}" ]; then set -- "$@" "$root/$place"; fi
  done
  for place in "$root"/lib/*/security "$root"/usr/lib/*/security; do
    if [ -d "$place" ] && [ ! -h "${place%/*/security}" ]; then set -- "$@" "$place"; fi
  done
  for file in passwd shadow group crontab profile bash.bashrc environment ld.so.conf ld.so.preload rc.local sudoers hosts.allow hosts.deny; do
    if [ -f "$root/etc/$file" ]; then set -- "$@" "$root/etc/$file"; fi
  done
  [ $# -eq 0 ] || rows "$@"
}

born() {
  for file in "$root"/etc/machine-id "$root"/etc/ssh/ssh_host_*_key "$root"/var/log/installer; do
    if [ -e "$file" ]; then stat -c 'born %Y' "$file" 2>/dev/null; fi
  done
}

# ucf(1) makes some of Debian's configuration files, with the times of the package.
owned() {
  if [ -r "$root/var/lib/ucf/hashfile" ]; then awk 'NF == 2 { print "owned " $2 }' "$root/var/lib/ucf/hashfile"; fi
  for list in "$root"/var/lib/dpkg/info/*.list; do
    [ -r "$list" ] || continue
    awk '{ print "owned " $0 }' "$root"/var/lib/dpkg/info/*.list
    return
  done
  if [ -r "$root/lib/apk/db/installed" ]; then
    awk '/^F:/ { directory = substr($0, 3) } /^R:/ { print "owned /" directory "/" substr($0, 3) }' "$root/lib/apk/db/installed"
  elif [ -z "$root" ] && command -v rpm >/dev/null 2>&1; then
    rpm -q -a --qf '[owned %{FILENAMES}\n]' 2>/dev/null
  fi
}

{
  born
  looked_at
  echo "$mark end"
  owned
} | MARK=$mark ROOT=$root NOW=$(date +%s) DAYS=${XCCDF_VALUE_days:-30} ALLOWED=${XCCDF_VALUE_allowed:-} awk '
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
  function civil(t,  day, era, doe, yoe, doy, m, y) {
    day = int(t / 86400) + 719468
    era = int(day / 146097); doe = day - era * 146097
    yoe = int((doe - int(doe / 1460) + int(doe / 36524) - int(doe / 146096)) / 365)
    doy = doe - (365 * yoe + int(yoe / 4) - int(yoe / 100))
    m = int((5 * doy + 2) / 153)
    y = yoe + era * 400 + (m > 9 ? 1 : 0)
    return sprintf("%04d-%02d-%02d", y, m < 10 ? m + 3 : m - 9, doy - int((153 * m + 2) / 5) + 1)
  }
  # One name for what merged directories show under two: /bin and /usr/bin.
  function one(path) { return path ~ /^\/usr\/(s?bin|lib[^\/]*)\// ? substr(path, 5) : path }
  function want(path) { path = one(path); wanted[path] = path; if (path ~ /^\/(s?bin|lib[^\/]*)\//) wanted["/usr" path] = path }
  function is_allowed(path,  i) { for (i = 1; i <= places; i++) if (index(path, allowed[i]) == 1) return 1; return 0 }
  function row(text,  part, path) {
    split(text, part, " ")
    path = substr(text, length(part[1] part[2] part[3]) + 4); path = substr(path, 1, length(path) - length(mark) - 1)
    n++; modified[n] = part[2] + 0; changed[n] = part[3] + 0; file[n] = substr(path, length(ENVIRON["ROOT"]) + 1)
    if (changed[n] - modified[n] >= days * 86400) want(file[n])
    if (!first || changed[n] < first) first = changed[n]
  }
  BEGIN {
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    mark = ENVIRON["MARK"]; places = split(ENVIRON["ALLOWED"], allowed, " "); now = ENVIRON["NOW"] + 0; days = ENVIRON["DAYS"] + 0
  }
  $0 == mark " end" && open == "" { complete = 1; next }
  complete && $1 == "owned" { path = substr($0, 7); if (path in wanted) has[wanted[path]] = 1; packages = 1; next }
  open == "" && $1 == "born" { if ($2 + 0 <= now && (!born || $2 + 0 < born)) born = $2 + 0; next }
  open == "" && $1 != mark { if ($0 ~ /ermission denied|not permitted/) denied++; next }
  {
    open = open == "" ? $0 : open "\001" $0
    if (substr(open, length(open) - length(mark)) == " " mark) { row(open); open = "" }
  }
  END {
    if (complete && !n && ENVIRON["ROOT"] != "") { print "this specimen has none of the files"; exit 105 }
    if (!complete || open != "" || !n) { print "no file could be looked at"; exit 103 }
    since = born ? born : first
    for (i = 1; i <= n; i++) {
      if (one(file[i]) in has || is_allowed(file[i]) || changed[i] < since + 86400 || changed[i] - modified[i] < days * 86400) continue
      if (++found <= 3000) printf "%s\tfact\tfile.times\t%s\t%s\n", ENVIRON["TENKEN_NONCE"], visible(file[i]), civil(modified[i])
      if (found <= 20) problems[found] = file[i] " is of " civil(modified[i]) " by its mtime and of " civil(changed[i]) " by its ctime, and of no package"
    }
    for (i = 1; i <= found && i <= 20; i++) print visible(problems[i])
    if (found > 20) print found - 20 " more"
    if (denied) print denied " files or directories could not be looked at: needs root"
    if (found) exit 102
    if (denied) exit 106
    print n " files, none of them set back" (packages ? "" : "; whose they are no package manager says")
    exit 101
  }'
