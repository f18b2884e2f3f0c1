#!/bin/sh
#% id: kern.taint
#% version: 1
#% title: What taints the kernel is still to be seen
#% severity: medium
#% class: integrity
#% rationale: The kernel remembers that a module was loaded that is not its own, has no valid signature or was forced, until
#% rationale: the next boot, even when the module is unloaded or hides. Where such a taint is set and no listed module has
#% rationale: it, a module was loaded and is gone or hidden. The taint with its meaning is a fact.
#% platform: linux
#% requires: awk
#% privilege: none
#% timeout: 10s
#% output-limit: 64k
#% cost: light
#% side-effects: none
#% param: expected string "" "letters of taints that need no module here, as the kernel writes them: O E F"
#% fact: kern.taint value,letters
#% attack: T1014@v19, T1547.006@v19
#% nist: SI-7, CM-7(5)
#% iso27001: A.8.7, A.8.19
#% false-positives: A module of a vendor (nvidia, zfs, vboxdrv) that was unloaded since: after its removal or upgrade. Where
#% false-positives: the modules are listed the taint is explained and nothing fails here; kern.modules looks at them.
#% remediation: Look in the kernel's log (dmesg, journalctl -k) for "loading out-of-tree module" and "module verification
#% remediation: failed": it names the module. One that no list shows now means a rootkit: examine the memory from outside.
#% references: https://docs.kernel.org/admin-guide/tainted-kernels.html, https://attack.mitre.org/techniques/T1014/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
file=$root/proc/sys/kernel/tainted
if [ -n "$root" ] && [ ! -e "$file" ]; then say "this specimen has no /proc/sys/kernel/tainted" 105; fi
if [ ! -r "$file" ]; then say "needs /proc/sys/kernel/tainted, which is not to be read" 106; fi

# Modules carry their taints in parentheses: name size uses by state address (OE)
{
  awk '{ print "value " $1 }' "$file"
  if [ -e "$root/proc/modules" ]; then
    if [ -r "$root/proc/modules" ]; then
      awk '{ print "module " $1 " " ($NF ~ /^\([A-Z+-]+\)$/ ? $NF : "()") }' "$root/proc/modules"
    else
      echo "closed"
    fi
  fi
  echo end
} | EXPECTED=${XCCDF_VALUE_expected:-} awk '
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
    # By their bits, 0 to 19; where a letter is not set the kernel writes G or a blank.
    letters = "PFSRMBUDAWCIOELKXTNJ"
    means["P"] = "a proprietary module"; means["F"] = "a module that was forced in"; means["O"] = "a module that is not of the kernel"
    means["E"] = "a module without a valid signature"; means["R"] = "a module that was forced out"
  }
  $1 == "value" { value = $2; next }
  $1 == "module" { modules++; for (i = 2; i < length($3); i++) shown[substr($3, i, 1)] = 1; next }
  $1 == "closed" { closed = 1; next }
  $1 == "end" { complete = 1 }
  END {
    if (!complete || value !~ /^[0-9]+$/) { print "the taint of the kernel could not be read"; exit 103 }
    rest = value
    for (bit = 0; bit < 20; bit++) { if (rest % 2) set = set substr(letters, bit + 1, 1); rest = int(rest / 2) }
    printf "%s\tfact\tkern.taint\t%s\t%s\n", ENVIRON["TENKEN_NONCE"], value, set
    for (i = 1; i <= length(set); i++) {
      letter = substr(set, i, 1)
      if (!(letter in means) || letter == "P" || index(ENVIRON["EXPECTED"], letter)) continue
      if (letter == "F" || letter == "R") { problems[++found] = "tainted (" letter "): " means[letter] }
      else if (!(letter in shown)) problems[++found] = "tainted (" letter "): " means[letter] " was loaded, and none that is listed is one"
    }
    if (found && closed) { print "needs the right to read /proc/modules"; exit 106 }
    for (i = 1; i <= found; i++) print problems[i]
    if (found) exit 102
    print "taint " value (set == "" ? "" : " (" set ")") ", " modules + 0 " modules listed"
    exit 101
  }'
