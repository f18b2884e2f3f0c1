# shellcheck shell=bash
# Specimen roots: what the checks see of a terminal of the demonstration instead of `/`. Source this; functions only.
#
# plant_terminal makes a small Debian with nothing wrong; the functions after it each do to one what an intruder does.

# plant_terminal ROOT NAME
plant_terminal() {
  local root=$1
  mkdir -p "$root"/etc/{ssh,ld.so.conf.d} "$root"/home/alice/.ssh "$root"/var/log \
    "$root"/proc/{net,sys/kernel} "$root"/proc/{1,800}/fd
  name_terminal "$root" "$2"
  plant_release
  plant_accounts
  plant_loader
  plant_sockets
  plant_logins
  # The checks look at who may write; the umask of whoever runs this is not the terminal's.
  chmod -R go-w "$root"
  chmod 700 "$root/home/alice/.ssh"
}

# name_terminal ROOT NAME: makes it one of its own; also for a copy of another.
name_terminal() {
  echo "$2" >"$1/etc/hostname"
  printf '%s' "$2" | md5sum | cut -c 1-32 >"$1/etc/machine-id"
}

plant_release() {
  printf 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\nVERSION_ID="12"\n' >"$root/etc/os-release"
  echo 6.1.0-41-amd64 >"$root/proc/sys/kernel/osrelease"
}

# An account's files belong to it or to root, so the account gets the uid of whoever plants it.
plant_accounts() {
  local uid=$((EUID == 0 ? 1000 : EUID))
  printf '%s\n' 'root:x:0:0:root:/root:/bin/bash' 'www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin' \
    "alice:x:$uid:$uid:Alice:/home/alice:/bin/bash" >"$root/etc/passwd"
  printf '%s\n' 'root:*:20000:0:99999:7:::' 'www-data:*:20000:0:99999:7:::' 'alice:!:20000:0:99999:7:::' \
    >"$root/etc/shadow"
  echo "$administrators_key alice@operations" >"$root/home/alice/.ssh/authorized_keys"
  chmod 600 "$root/home/alice/.ssh/authorized_keys" "$root/etc/shadow"
}

plant_loader() {
  echo 'include /etc/ld.so.conf.d/*.conf' >"$root/etc/ld.so.conf"
  echo /usr/local/lib >"$root/etc/ld.so.conf.d/libc.conf"
  printf 'PATH=/usr/sbin:/usr/bin\0LANG=C.UTF-8\0' | tee "$root/proc/1/environ" >"$root/proc/800/environ"
}

# sshd listens; the format is that of /proc/net/tcp, its socket the one that process 800 holds.
plant_sockets() {
  echo '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode' \
    >"$root/proc/net/tcp"
  listen 0 0016 1001
  ln -sfn /usr/lib/systemd/systemd "$root/proc/1/exe"
  ln -sfn /dev/null "$root/proc/1/fd/0"
  ln -sfn /usr/sbin/sshd "$root/proc/800/exe"
  ln -sfn 'socket:[1001]' "$root/proc/800/fd/3"
}

# listen NUMBER PORT INODE
listen() {
  printf '%4d: 00000000:%s 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 %d 1 0 100 0 0 10 0\n' \
    "$@" >>"$root/proc/net/tcp"
}

# A boot two months ago, and a login every week since; the last one stands in lastlog too.
plant_logins() {
  login_records >"$root/var/log/wtmp"
  lastlog_record $((EUID == 0 ? 1000 : EUID)) $((now - 7 * 86400)) pts/0 10.81.1.20 >"$root/var/log/lastlog"
}

# login_records [ADDRESS]: the rows of wtmp; with an address, three nights in the last month on which alice came from
# there.
login_records() {
  local week
  login_record 2 $((now - 60 * 86400)) reboot '~' 6.1.0-41-amd64
  for week in 8 7 6 5 4 3 2 1; do
    login_record 7 $((now - week * 7 * 86400)) alice pts/0 10.81.1.20
    if (($# > 0 && week < 5 && week > 1)); then
      login_record 7 $((now - week * 7 * 86400 + 2 * 86400)) alice pts/1 "$1"
    fi
  done
}

# lastlog_record UID SECONDS LINE HOST: a lastlog that ends with the record of that account.
lastlog_record() {
  perl -e '
    my ($machine, $uid, $seconds, $line, $host) = @ARGV;
    my $record = pack(($machine =~ /^(x86_64|ppc64le)$/ ? "l" : "q") . " a32 a256", $seconds, $line, $host);
    print "\0" x ($uid * length $record), $record;
  ' "$(uname -m)" "$@"
}

# login_record TYPE SECONDS USER LINE HOST: a record of wtmp as utmp(5) has it on this kind of machine.
login_record() {
  perl -e '
    my ($machine, $type, $seconds, $user, $line, $host) = @ARGV;
    my $times = $machine =~ /^(x86_64|ppc64le)$/ ? "l l l" : "q q q";
    my $record = pack("s x2 l a32 a4 a32 a256 s2 $times l4 a20", $type, 4711, $line, "", $user, $host, 0, 0,
      0, $seconds, 0, 0, 0, 0, 0, "");
    print $record, "\0" x (-length($record) % ($times eq "q q q" ? 8 : 4));
  ' "$(uname -m)" "$@"
}

# A key that lets the web server's account in, which nobody logs in to.
plant_foreign_key() {
  mkdir -p "$1/var/www/.ssh"
  echo "$strangers_key" >"$1/var/www/.ssh/authorized_keys"
}

# Logins of an honest account, from an address of another site that no inventory lists.
plant_foreign_login() {
  login_records 10.66.1.77 >"$1/var/log/wtmp"
}

# A second root, and its password.
plant_second_root() {
  echo 'support:x:0:0::/:/bin/sh' >>"$1/etc/passwd"
  # shellcheck disable=SC2016
  echo 'support:$y$j9T$abc$def:20000:0:99999:7:::' >>"$1/etc/shadow"
}

# The last three logins, overwritten with zeros.
plant_cleaned_log() {
  local size
  size=$(($(stat -c %s "$1/var/log/wtmp") / 9))
  dd if=/dev/zero of="$1/var/log/wtmp" bs="$size" count=3 seek=6 conv=notrunc status=none
}

# A library in every program.
plant_preload() { echo /usr/lib/x86_64-linux-gnu/libnss_cache.so.2 >"$1/etc/ld.so.preload"; }

# A listener from a directory of temporary files.
plant_backdoor() {
  local root=$1
  listen 1 115C 1002
  mkdir -p "$root/proc/801/fd"
  printf 'PATH=/usr/bin\0' >"$root/proc/801/environ"
  ln -sfn /dev/shm/.kworker "$root/proc/801/exe"
  ln -sfn 'socket:[1002]' "$root/proc/801/fd/3"
}

now=$(date +%s)
administrators_key='ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f'
strangers_key='ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP/+/fz7+vn49/b19PPy8fDv7u3s6+rp6Ofm5eTj4uHg'
