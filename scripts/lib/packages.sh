# shellcheck shell=bash
# What the station needs from its distribution and its toolchain. Source this; functions only.

# require_station: a Swift toolchain, what the build links against, and what scripts/fleet runs. The packages have the
# same names in Debian 12 and 13 and in Ubuntu 24.04.
require_station() {
  require_swift
  require_packages git ca-certificates pkg-config libssl-dev libssh2-1-dev libsqlite3-dev zlib1g-dev \
    openssh-client openssh-server procps
}

# What only tests use: other shells, judges of reports, a browser. A name that this distribution does not have, or that
# cannot be had now, keeps nobody from testing: the tests that want it say so. Prints what is missing still.
offer_test_tools() {
  local package wanted=(shellcheck busybox mksh fish tcsh sudo opendoas strace tidy libxml2-utils openscap-scanner
    python3-junitparser python3-jsonschema chromium debsums monitoring-plugins-contrib)
  local missing=()
  mapfile -t missing < <(missing_packages "${wanted[@]}")
  ((${#missing[@]} > 0)) || return 0
  as_root scripts/lib/install-packages "${missing[@]}" >/dev/null 2>&1 && return 0
  for package in "${missing[@]}"; do
    as_root scripts/lib/install-packages "$package" >/dev/null 2>&1 || echo "$package"
  done
}

# fail STATUS WHAT NEXT: the form of every message of Tenken: what happened, and what to do about it.
fail() {
  printf '%s: %s\n%s\n' "${0##*/}" "$2" "$3" >&2
  exit "$1"
}

# Ends with 69 (EX_UNAVAILABLE) where a package can't be had.
require_packages() {
  command -v dpkg-query >/dev/null ||
    fail 69 "this is not a Debian or Ubuntu system" "Tenken's station is Debian 12, Debian 13 or Ubuntu 24.04."
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]} > 0)) || return 0
  echo "Installing the system packages that are missing: ${missing[*]}"
  as_root scripts/lib/install-packages "${missing[@]}" ||
    fail 69 "could not install ${missing[*]}" "Is there a network? Install them by hand (apt-get install ${missing[*]}) and run ${0##*/} again."
}

missing_packages() {
  local package
  for package; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
  done
  # A linker needs the compiler's start files and the C++ library, which toolchains of Swift leave to the system.
  compgen -G '/usr/lib/gcc/*/*/libstdc++.so' >/dev/null || echo g++
}

as_root() {
  if ((EUID == 0)); then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
    echo "Installing needs root, and there is no sudo." >&2
    return 1
  fi
}

require_swift() {
  local version
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
  [[ -n $version ]] || fail 69 "no Swift toolchain on the PATH" "Install Swift 6.3: https://www.swift.org/install/linux/"
  [[ $(printf '6.3\n%s\n' "$version" | sort -V | head -n 1) == 6.3 ]] ||
    fail 69 "this Swift is $version" "Tenken needs Swift 6.3 or newer: https://www.swift.org/install/linux/"
}
