#!/bin/sh
#% id: host.identity
#% version: 1
#% title: Which machine this is
#% severity: info
#% class: inventory
#% rationale: The machine id, the board's serial number and uuid, the public host keys and the system's release say
#% rationale: which machine answered. Compared over the fleet and over time they show clones, swapped machines and an
#% rationale: address that another machine answers for. Nothing here can fail.
#% platform: linux
#% requires: awk uname
#% privilege: none
#% timeout: 10s
#% output-limit: 64k
#% cost: light
#% side-effects: none
#% fact: host.name name
#% fact: host.machine-id id
#% fact: host.system id,version,kernel,machine
#% fact: host.product vendor,name,serial,uuid sensitivity=personal
#% fact: host.key type,fingerprint
#% nist: CM-8, IA-3
#% iso27001: A.5.9
#% false-positives: Machines that were cloned from one image share a machine id until it is renewed.
#% remediation: Where two terminals show one identity, renew the machine id and the host keys of the clone. Where one
#% remediation: terminal shows another identity than last time, find out who swapped it.
#% references: machine-id(5), os-release(5)
#% licence: Apache-2.0

root=${TENKEN_ROOT:-}
dmi=$root/sys/class/dmi/id

if [ -n "$root" ] && [ ! -d "$root" ]; then
  printf '%s\n' "the specimen root $root is no directory"
  exit 103
fi

first_line_of() {
  for file in "$@"; do
    if [ -r "$file" ] && [ -s "$file" ]; then
      awk 'NR == 1 { print; exit }' "$file" 2>/dev/null && return
    fi
  done
}

# The files of sysfs have a size of 4096 and may still refuse to be read.
product_line() {
  if [ -r "$dmi/$1" ]; then awk 'NR == 1 { print; exit }' "$dmi/$1" 2>/dev/null; fi
}

release() {
  for file in "$root/etc/os-release" "$root/usr/lib/os-release"; do
    [ -r "$file" ] || continue
    KEY=$1 awk 'index($0, ENVIRON["KEY"] "=") == 1 {
      value = substr($0, length(ENVIRON["KEY"]) + 2); gsub(/^["\047]|["\047]$/, "", value); print value; exit }' "$file"
    return
  done
}

if [ -n "$root" ]; then
  name=$(first_line_of "$root/etc/hostname")
  kernel=$(first_line_of "$root/proc/sys/kernel/osrelease")
  machine=
else
  name=$(first_line_of /proc/sys/kernel/hostname /etc/hostname)
  kernel=$(uname -r)
  machine=$(uname -m)
fi
hidden=
for file in product_serial product_uuid; do
  if [ -e "$dmi/$file" ] && [ ! -r "$dmi/$file" ]; then hidden="$hidden $file"; fi
done

NAME=$name ID=$(first_line_of "$root/etc/machine-id" "$root/var/lib/dbus/machine-id") \
  OS=$(release ID) VERSION=$(release VERSION_ID) KERNEL=$kernel MACHINE=$machine \
  VENDOR=$(product_line sys_vendor) PRODUCT=$(product_line product_name) SERIAL=$(product_line product_serial) \
  UUID=$(product_line product_uuid) HIDDEN=$hidden BASE64=$(command -v base64) SHA=$(command -v sha256sum) \
  awk '
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
  function value(name) { return visible(ENVIRON[name]) }
  function fact(row) { print ENVIRON["TENKEN_NONCE"] "\tfact\t" row }
  # 64 hexadecimal digits as 43 characters of base64 without padding, the form that ssh-keygen prints.
  function base64(digest,  i, bits, text) {
    digest = digest "00"
    for (i = 1; i <= 64; i += 3) {
      bits = (digit(digest, i) * 16 + digit(digest, i + 1)) * 16 + digit(digest, i + 2)
      text = text substr(letters, int(bits / 64) + 1, 1) substr(letters, bits % 64 + 1, 1)
    }
    return substr(text, 1, 43)
  }
  function digit(s, i) { return index("0123456789abcdef", substr(s, i, 1)) - 1 }
  function fingerprint(blob,  command, digest) {
    if (ENVIRON["SHA"] == "") return ""
    if (ENVIRON["BASE64"] != "") command = "printf %s \047" blob "\047 | base64 -d 2>/dev/null | sha256sum"
    else command = "printf %s \047" blob "\047 | sha256sum"
    command | getline digest
    close(command)
    digest = substr(digest, 1, 64)
    return ENVIRON["BASE64"] == "" ? "text-SHA256:" digest : "SHA256:" base64(digest)
  }
  BEGIN {
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (i = 1; i < 32; i++) code[sprintf("%c", i)] = i
    code["\177"] = 127
    if (ENVIRON["NAME"] != "") fact("host.name\t" value("NAME"))
    else missing = missing ", no host name"
    if (ENVIRON["ID"] != "") fact("host.machine-id\t" value("ID"))
    else missing = missing ", no machine id"
    if (ENVIRON["OS"] ENVIRON["KERNEL"] != "")
      fact("host.system\t" value("OS") "\t" value("VERSION") "\t" value("KERNEL") "\t" value("MACHINE"))
    if (ENVIRON["VENDOR"] ENVIRON["PRODUCT"] ENVIRON["SERIAL"] ENVIRON["UUID"] != "")
      fact("host.product\t" value("VENDOR") "\t" value("PRODUCT") "\t" value("SERIAL") "\t" value("UUID"))
    for (i = 1; i < ARGC; i++) {
      if ((getline line < ARGV[i]) <= 0) continue
      close(ARGV[i])
      if (split(line, part, " ") < 2 || part[1] !~ /^(ssh|ecdsa|sk)-[a-z0-9@.-]+$/ || part[2] !~ /^[A-Za-z0-9+\/=]+$/ || length(part[2]) > 32768) continue
      fact("host.key\t" visible(part[1]) "\t" fingerprint(part[2])); keys++
    }
    if (!keys) missing = missing ", no host key"
    if (ENVIRON["HIDDEN"] != "") missing = missing ", needs root:" ENVIRON["HIDDEN"]
    print (ENVIRON["NAME"] == "" ? "a machine without a name" : value("NAME")) ", " keys + 0 " host keys" visible(missing)
    exit 108
  }' "$root"/etc/ssh/ssh_host_*_key.pub
