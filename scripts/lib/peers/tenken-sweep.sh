#!/bin/bash
# usage: tenken-sweep.sh HOSTS PORT CONCURRENCY SECONDS      a peer of the bench's run.py: a sweep as a user runs it
#
# HOSTS and PORT stand in $INVENTORY already. A terminal that answers but runs no program (the canned server) is
# `unsupported`, and counts as well: it was contacted to the end.
# shellcheck source=/dev/null
. "$BENCH_SOURCE/peers/common.sh"
state=$(mktemp -d)
# shellcheck disable=SC2086 # options are words
"$BINARIES/tenken" sweep --inventory "$INVENTORY" --checks "$CHECKS" --concurrency "$CONC" --per-site "$CONC" \
  --state "$state" --no-progress $SWEEP_OPTIONS >"$OUT" 2>&1
rm -rf "$state"
cat "$OUT"
seen=$(sed -nE 's/^outcomes .*(inspected|unsupported) ([0-9,]+).*/\2/p' "$OUT" | tr -d ,)
echo "OK ${seen:-0} FAIL $((N - ${seen:-0}))"
