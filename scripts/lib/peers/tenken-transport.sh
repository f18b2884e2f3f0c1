#!/bin/bash
# usage: tenken-transport.sh HOSTS PORT CONCURRENCY SECONDS      a peer of the bench's run.py: the SSH transport alone
# shellcheck source=/dev/null
. "$BENCH_SOURCE/peers/common.sh"
exec "$BINARIES/TransportBenchmark" "$HOSTS" "$PORT" "$CONC" "$TMO" "$BENCH_USER" "$KEY" "$KNOWN" "$CMD"
