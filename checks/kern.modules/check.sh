#!/bin/sh
#% id: kern.modules
#% version: 1
#% title: The kernel's modules are those of its package
#% severity: high
#% class: integrity
#% rationale: A rootkit in the kernel is a module. The kernel tells its modules twice, in /proc/modules and in
#% rationale: /sys/module; one that took itself off one list is still on the other. A module that is loaded and has no file
#% rationale: under /lib/modules was loaded from elsewhere, and its file is gone. One that is not of the kernel (O) and has
#% rationale: no valid signature (E) is named unless it is allowed. All are facts, with the digests of their files, to be
#% rationale: compared between machines with the same kernel.
#% platform: linux
#% requires: awk sha256sum tr xargs
#% privilege: none
#% timeout: 60s
#% output-limit: 256k
#% cost: light
#% side-effects: none
#% param: allowed string "nvidia nvidia_drm nvidia_modeset nvidia_uvm zfs spl zavl znvpair zunicode zcommon zlua zzstd icp vboxdrv vboxnetflt vboxnetadp vboxguest wl" "modules that may be without a signature or without a file, separated by spaces"
#% fact: kern.module kernel,module,taints,sha256
#% attack: T1547.006@v19, T1014@v19
#% nist: SI-7, CM-7(5)
#% iso27001: A.8.7, A.8.19
#% false-positives: Modules that are built here (DKMS) without a key of the machine's owner, and a kernel whose package was
#% false-positives: upgraded or removed under it: its modules' files are gone until the next boot. Name them in allowed.
#% remediation: Take the memory before anything else (the module may be nowhere but there); then find its file and what
#% remediation: loads it: /etc/modules, modules-load.d, modprobe.d, initramfs, units.
#% references: lsmod(8), modinfo(8), https://attack.mitre.org/techniques/T1547/006/
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}

say() {
  printf '%s\n' "$1"
  exit "$2"
}

if [ -n "$root" ] && [ ! -d "$root" ]; then say "the specimen root $root is no directory" 103; fi
# Tools whose silence would look like a machine on which all is well.
works() { [ "$1" = "$2" ] || say "$3 does not work as it should" 103; }
works "$(printf 'ab' | sha256sum)" "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603  -" sha256sum
works "$(printf 'a\nb\000c' | tr '\n\000' '+-')" a+b-c tr

proc=$root/proc
sys=$root/sys/module
if [ -n "$root" ] && [ ! -e "$proc/modules" ] && [ ! -d "$sys" ]; then say "this specimen has neither /proc/modules nor /sys/module" 105; fi
if [ -e "$proc/modules" ] && [ ! -r "$proc/modules" ]; then say "needs the right to read /proc/modules" 106; fi
if [ -e "$proc/modules" ] && [ ! -d "$sys" ]; then say "needs /sys/module, which is not there: sysfs is not mounted" 106; fi

kernel=$(awk 'NR == 1 { print; exit }' "$proc/sys/kernel/osrelease" 2>/dev/null)
case $kernel in */* | '') kernel=unknown ;; esac
tree=
for place in /lib/modules /usr/lib/modules; do
  if [ -r "$root$place/$kernel/modules.dep" ]; then tree=$root$place/$kernel && break; fi
done

# The state of those that can be unloaded; what is built in has none.
listed() {
  awk '{ print "proc " $1 " " ($NF ~ /^\([A-Z+-]+\)$/ ? $NF : "()") }' "$proc/modules" 2>/dev/null
  for state in "$sys"/*/initstate; do
    [ -e "$state" ] || continue
    module=${state%/initstate}
    printf 'sys %s\n' "$(printf '%s' "${module##*/}" | tr ' \t\n' '???')"
  done
}

# The files of the modules that are loaded, by the list that depmod made; a name has _ where a file may have -.
files() {
  [ -n "$tree" ] || return 0
  echo "tree $kernel"
  {
    listed
    awk -F : '{ print "file " $1 }' "$tree/modules.dep"
  } | TREE=$tree awk '
    $1 == "proc" || $1 == "sys" { loaded[$2] = 1; next }
    {
      path = substr($0, 6); name = path; sub(/.*\//, "", name); sub(/\.ko(\.[a-z0-9]+)?$/, "", name); gsub(/-/, "_", name)
      if (name in loaded) print path ~ /^\// ? path : ENVIRON["TREE"] "/" path
    }' | tr '\n' '\000' | xargs -0 sha256sum 2>/dev/null | awk '{ sub(/^\\/, ""); print "digest " $0 }'
}

first=$(listed)
{
  printf '%s\n' "$first"
  # What was loaded or went meanwhile is on both lists or on none the second time.
  listed | awk '{ print "again " $0 }'
  files
  echo end
} | KERNEL=$kernel ALLOWED=${XCCDF_VALUE_allowed:-} awk '
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
    n = split(ENVIRON["ALLOWED"], list, " ")
    for (i = 1; i <= n; i++) allowed[list[i]] = 1
  }
  $1 == "proc" { if (!($2 in taints)) order[++count] = $2; taints[$2] = substr($3, 2, length($3) - 2); next }
  $1 == "sys" { insys[$2] = 1; total++; next }
  $1 == "again" && $2 == "proc" { again[$3] = 1; next }
  $1 == "again" && $2 == "sys" { sysagain[$3] = 1; next }
  $1 == "tree" { tree = 1; next }
  $1 == "digest" {
    name = $0; sub(/.*\//, "", name); sub(/\.ko(\.[a-z0-9]+)?$/, "", name); gsub(/-/, "_", name)
    digest[name] = $2
    next
  }
  $1 == "end" { complete = 1 }
  END {
    if (!complete) { print "the modules could not be listed"; exit 103 }
    for (name in insys) if (!(name in taints) && !(name in again) && name in sysagain) {
      problem("the module " name " is in /sys/module and not in /proc/modules")
      printf "%s\tfact\tkern.module\t%s\t%s\t\t%s\n", ENVIRON["TENKEN_NONCE"], visible(ENVIRON["KERNEL"]), visible(name), digest[name]
    }
    for (i = 1; i <= count; i++) {
      name = order[i]; filed = name in digest
      printf "%s\tfact\tkern.module\t%s\t%s\t%s\t%s\n", ENVIRON["TENKEN_NONCE"], visible(ENVIRON["KERNEL"]), visible(name), visible(taints[name]), digest[name]
      if (!(name in insys) && !(name in sysagain) && name in again) problem("the module " name " is in /proc/modules and not in /sys/module")
      if (name in allowed) continue
      if (tree && !filed) problem("the module " name " is loaded and has no file under /lib/modules")
      if (taints[name] ~ /E/) problem("the module " name " has no valid signature" (taints[name] ~ /O/ ? " and is not of the kernel" : ""))
      if (taints[name] ~ /F/) problem("the module " name " was forced in")
    }
    for (i = 1; i <= found; i++) print visible(problems[i])
    if (found) exit 102
    if (!count && !total) { print "no module is loaded"; exit 101 }
    print count " modules, on both lists" (tree ? ", each with its file" : "; the files of this kernel are not here")
    exit 101
  }'
