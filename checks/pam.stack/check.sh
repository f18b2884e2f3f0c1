#!/bin/sh
#% id: pam.stack
#% version: 1
#% title: Passwords are asked for by the modules that were installed
#% severity: critical
#% class: integrity
#% rationale: Every login, sudo and su goes through PAM. One line in /etc/pam.d lets anybody in (auth sufficient
#% rationale: pam_permit.so) or hands each password to a program (pam_exec), and a pam_unix.so that was patched takes a
#% rationale: master password and writes down the others. Every module is compared with the digest that its package has
#% rationale: on record; what no package owns, a line that names a module elsewhere, and one that runs a program are
#% rationale: findings. The digests of the files of /etc/pam.d, and of modules that could not be compared, are facts.
#% platform: linux
#% requires: awk sed ls md5sum sha256sum sha1sum tr grep
#% privilege: none
#% timeout: 60s
#% output-limit: 256k
#% cost: light
#% side-effects: none
#% param: allowed_programs string "" "programs that pam_exec and its like may run, by path, separated by spaces"
#% param: allowed_modules string "" "modules without a package that are in order, by name, separated by spaces"
#% fact: pam.file file,digest
#% fact: pam.module module,digest
#% attack: T1556.003@v19
#% nist: IA-2, SI-7, CM-5
#% iso27001: A.8.5, A.8.9
#% false-positives: Modules of a vendor (token, endpoint protection) that came without a package: name them in
#% false-positives: allowed_modules. Sites that mount homes or send mails by pam_exec: name the program in allowed_programs.
#% remediation: Copy the module and the file. Take it for granted that every password that was typed since the module or
#% remediation: the line came (ctime) is known. Install the package again; then change passwords, on every terminal they open.
#% references: pam.d(5), pam_exec(8), https://attack.mitre.org/techniques/T1556/003/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}
tab=$(printf '\t')
newline='
'

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
if [ ! -d "$root/etc/pam.d" ] && [ ! -e "$root/etc/pam.conf" ]; then say "there is no PAM here" 105; fi
if [ -d "$root/etc/pam.d" ] && { [ ! -r "$root/etc/pam.d" ] || [ ! -x "$root/etc/pam.d" ]; }; then say "needs the right to read /etc/pam.d" 106; fi
# Tools whose silence would look like a machine on which all is well.
works() { [ "$1" = "$2" ] || say "$3 does not work as it should" 103; }
works "$(printf 'ab' | sha256sum | tr -d ' -')" fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603 sha256sum
works "$(printf 'ab' | md5sum | tr -d ' -')" 187ef4436122d1cc2f40dc2b92f0eba0 md5sum
works "$(printf 'ab' | sha1sum | tr -d ' -')" da23614e02469a0d7c7bd1bdab5c9c474b1904dc sha1sum
works "$(printf 'ab' | sed 's/a/c/' | grep -c cb)" 1 grep

# TEXT, in $escaped, with the escapes of facts for what would break a line or a field.
escape() {
  escaped=$1
  case $1 in
  *[\\"$tab$newline"]*)
    escaped=$(printf '%s\n' "$1" | sed -e 's/\\/\\\\/g' -e "s/$tab/\\\\t/g" | awk '{ printf "%s%s", between, $0; between = "\\n" }')
    ;;
  esac
}

# TOOL FILE, in $digest; FILE, in $owner: its mode and its owner. No program more than it takes: this runs once a file.
digest_of() {
  digest=$({ "$1" <"$2"; } 2>/dev/null)
  digest=${digest%% *}
}
owner_of() {
  line=$(ls -ldnL "$1" 2>/dev/null)
  mode=${line%% *}
  line=${line#"$mode"}
  line=${line#"${line%%[! ]*}"}
  line=${line#* }
  line=${line#"${line%%[! ]*}"}
  uid=${line%% *}
  owner=${mode:-?}$tab${uid:-?}
}

# Lines that are continued with a backslash are one; comments are none. Each is told with its file.
configuration() {
  for file in "$root"/etc/pam.d/* "$root/etc/pam.conf"; do
    if [ ! -f "$file" ]; then continue; fi
    escape "${file#"$root"}"
    if [ ! -r "$file" ]; then
      printf 'closed\t%s\n' "$escaped"
      continue
    fi
    owner_of "$file"
    digest_of sha256sum "$file"
    printf 'file\t%s\t%s\t%s\n' "$digest" "$owner" "$escaped"
    FILE=$escaped awk '
      { sub(/\r$/, ""); line = line $0 }
      line ~ /\\$/ { sub(/\\$/, " ", line); next }
      { sub(/(^|[ \t])#.*/, "", line); gsub(/\t/, " ", line); if (line ~ /[^ ]/) print "line\t" ENVIRON["FILE"] "\t" line; line = "" }
      END { if (line ~ /[^ ]/) print "line\t" ENVIRON["FILE"] "\t" line }' "$file"
  done
}

directories() {
  for directory in "$root"/usr/lib/security "$root"/usr/lib64/security "$root"/usr/lib/*/security "$root"/lib/security \
    "$root"/lib64/security "$root"/lib/*/security; do
    if [ ! -d "$directory" ]; then continue; fi
    # Where /lib is a link to /usr/lib the same files come twice.
    case $directory in
    "$root"/lib/*) if [ -h "$root/lib" ]; then continue; fi ;;
    "$root"/lib64/*) if [ -h "$root/lib64" ]; then continue; fi ;;
    esac
    printf '%s\n' "$directory"
  done
}

# All modules at once; a name that could break a line stands for itself, since no package has such a one.
modules() {
  set --
  for directory in $(directories); do
    for file in "$directory"/*.so "$directory"/.*.so; do
      if [ ! -f "$file" ]; then continue; fi
      name=${file##*/}
      case $name in
      *[!A-Za-z0-9._-]*)
        escape "${file#"$root"}"
        printf 'odd\t%s\n' "$escaped"
        continue
        ;;
      esac
      if [ ! -r "$file" ]; then
        printf 'closed\t%s\n' "${file#"$root"}"
        continue
      fi
      set -- "$@" "$file"
    done
  done
  if [ $# -eq 0 ]; then return; fi
  printf 'count\t%s\n' $#
  md5sum "$@" | sed 's/^\([0-9a-f]*\)  /md5	\1	/'
  sha256sum "$@" | sed 's/^\([0-9a-f]*\)  /sha256	\1	/'
  if [ "$database" = apk ]; then sha1sum "$@" | sed 's/^\([0-9a-f]*\)  /sha1	\1	/'; fi
  ls -lnL "$@" | ROOT=$root awk '{ print "mode\t" $1 "\t" $3 "\t" substr($0, index($0, " " ENVIRON["ROOT"] "/") + 1) }'
}

records() {
  case $database in
  dpkg) grep -h -F /security/ "$root"/var/lib/dpkg/info/*.md5sums 2>/dev/null | sed 's/^\([0-9a-f]*\)  /record	md5	\1	\//' ;;
  apk)
    awk '/^F:/ { directory = substr($0, 3) } /^R:/ { file = directory "/" substr($0, 3) }
      /^Z:Q1/ { if (file ~ /security\/pam_/) print "record\tsha1\t" substr($0, 5) "\t/" file; file = "" }' "$root/lib/apk/db/installed"
    ;;
  rpm) rpm -qa --qf '[record\tsha256\t%{FILEDIGESTS}\t%{FILENAMES}\n]' 2>/dev/null | sed -n '/security\/pam_/p' ;;
  esac
}

IFS=$newline
database=
if [ -r "$root/var/lib/dpkg/status" ]; then
  database=dpkg
elif [ -r "$root/lib/apk/db/installed" ]; then
  database=apk
elif [ -z "$root" ] && command -v rpm >/dev/null 2>&1; then
  database=rpm
fi
admin=$(ls -ldnL "$root/" | awk '{ print $3 }')

{
  records
  modules
  configuration
  printf 'end\n'
} | ROOT=$root ADMIN=$admin DATABASE=$database PROGRAMS=${XCCDF_VALUE_allowed_programs:-} MODULES=${XCCDF_VALUE_allowed_modules:-} awk -F '\t' '
  # What came through escape() has its escapes already, but for the other control characters.
  function shown(s,  i, c, out) {
    if (s !~ /[\001-\037\177]/) return s
    for (i = 1; i <= length(s); i++) { c = substr(s, i, 1); out = out (c in code ? sprintf("\\x%02x", code[c]) : c) }
    return out
  }
  function fact(row) { if (!(row in told)) print ENVIRON["TENKEN_NONCE"] "\tfact\t" row; told[row] = 1 }
  function problem(text) { if (!(text in known)) problems[++found] = text; known[text] = 1 }
  function below_root(path) { return substr(path, length(ENVIRON["ROOT"]) + 1) }
  function merged(path) { sub(/^\/usr/, "", path); return path }
  function last(path) { sub(/.*\//, "", path); return path }
  function digit(s, i) { return index("0123456789abcdef", substr(s, i, 1)) - 1 }
  function base64(digest,  i, bits, text) {
    digest = digest "00"
    for (i = 1; i <= 40; i += 3) {
      bits = (digit(digest, i) * 16 + digit(digest, i + 1)) * 16 + digit(digest, i + 2)
      text = text substr(letters, int(bits / 64) + 1, 1) substr(letters, bits % 64 + 1, 1)
    }
    return substr(text, 1, 27) "="
  }
  function is_loose(mode, uid) { return substr(mode, 6, 1) == "w" || substr(mode, 9, 1) == "w" || (uid != 0 && uid != ENVIRON["ADMIN"]) }
  # A line of a file of pam.d: kind, control (one word, or words in brackets), module, arguments.
  function judge(file, line,  word, n, i, kind, control, module, rest) {
    sub(/^ +/, "", line)
    if (file == "/etc/pam.conf") sub(/^[^ ]+ +/, "", line)
    n = split(line, word, / +/)
    kind = tolower(word[1]); sub(/^-/, "", kind)
    if (kind == "@include") return
    i = 2; control = word[2]
    if (control ~ /^\[/) while (i < n && word[i] !~ /\]$/) control = control " " word[++i]
    module = word[++i]
    if (control == "include" || control == "substack") return
    rest = ""
    for (i++; i <= n; i++) rest = rest " " word[i]
    lines++
    if (module ~ /^\// && merged(module) !~ /^\/lib(64)?\/([^\/]+\/)?security\/[^\/]+$/) problem(file " names a module elsewhere: " module)
    module = last(module)
    if (module ~ /^pam_(exec|script|python|perl|lua|ruby)\.so$/) runs(file, module, rest)
    if (kind == "auth" && module == "pam_permit.so" && (control == "sufficient" || control ~ /success=(done|ok|[1-9])/))
      problem(file " lets anybody in: " line)
    if (kind == "account" && module == "pam_permit.so" && control == "sufficient" && file ~ /\/(sshd|login|sudo|su|system-auth|password-auth|common-account)$/)
      problem(file " lets any account in: " line)
    if (kind == "auth" && module == "pam_rootok.so" && file ~ /\/(sshd|login|common-auth|system-auth|password-auth|sudo)$/)
      problem(file " asks root for no password: " line)
    if (rest ~ /[ =](\/tmp|\/var\/tmp|\/dev\/shm|\/run\/user)\//) problem(file " uses a directory of temporary files: " line)
  }
  function runs(file, module, rest,  word, n, i) {
    n = split(rest, word, " ")
    for (i = 1; i <= n; i++) if (word[i] ~ /^\// && word[i] in programs) return
    problem(file " runs a program by " module ":" rest)
  }
  BEGIN {
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    n = split(ENVIRON["PROGRAMS"], list, " "); for (i = 1; i <= n; i++) programs[list[i]] = 1
    n = split(ENVIRON["MODULES"], list, " "); for (i = 1; i <= n; i++) allowed[list[i]] = 1
  }
  $1 == "record" { path = merged($4); records++; recorded[path] = recorded[path] " " $2 ":" $3; next }
  $1 == "count" { expected = $2; next }
  $1 == "md5" || $1 == "sha1" || $1 == "sha256" {
    path = below_root($3)
    if (!(path in seen)) { seen[path] = 1; module[++modules] = path }
    digest[$1, path] = $2
    next
  }
  $1 == "mode" { path = below_root($4); if (is_loose($2, $3)) problem("others than root may write " path); listed[path] = 1; next }
  $1 == "odd" { problem("no package has the module " shown($2)); next }
  $1 == "file" {
    files++
    fact("pam.file\t" shown($5) "\t" $2)
    if ($3 == "" || length($2) != 64) broken = shown($5)
    if (is_loose($3, $4)) problem("others than root may write " shown($5))
    next
  }
  $1 == "line" { judge($2, substr($0, length($1 $2) + 3)); next }
  $1 == "closed" { closed++; if (closed == 1) example = shown($2); next }
  $1 == "end" { complete = 1; next }
  { broken = "the output of a tool" }
  END {
    for (i = 1; i <= modules; i++) {
      path = module[i]
      if (!(("md5", path) in digest) || !(("sha256", path) in digest) || !(path in listed)) broken = path
      has = " md5:" digest["md5", path] " sha256:" digest["sha256", path] " sha1:" base64(digest["sha1", path]) " "
      good = 0
      n = split(recorded[merged(path)], list, " ")
      for (j = 1; j <= n; j++) if (index(has, " " list[j] " ")) good = 1
      if (good) { compared++; continue }
      fact("pam.module\t" path "\t" digest["sha256", path])
      if (ENVIRON["DATABASE"] == "" || last(path) in allowed) continue
      problem(n ? path " is not the one that its package brought" : "no package has the module " path)
    }
    if (modules != expected + 0) broken = "the modules"
    if (!complete || broken != "") { print "could not be looked at: " broken; exit 103 }
    for (i = 1; i <= found; i++) print shown(problems[i])
    if (closed) print closed " files need the right to be read (first: " example ")"
    if (ENVIRON["DATABASE"] == "" && modules) print "no package database (dpkg, rpm, apk) to compare with"
    print files + 0 " files with " lines + 0 " lines, " modules + 0 " modules, " compared + 0 " of them as their packages brought them"
    if (found) exit 102
    if (closed || (ENVIRON["DATABASE"] == "" && modules)) exit 106
    if (!files || !modules) exit 104
    exit 101
  }'
