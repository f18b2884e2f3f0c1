#!/usr/bin/env python3
"""usage: bars.py BENCH BINARIES [BAR...]      BAR: transport sweep distance hostile; by default all of them

Runs Tenken beside others on one machine and says of each bar whether it is met. BENCH holds the light server, the peers
(`clibssh2-ownsign`, the floor: a client in C over the same libssh2; asyncssh) and run.py, which runs them round by
round; BINARIES holds release builds of tenken and TransportBenchmark. All figures are medians of five rounds. CPU is
user and system time of the client with its children. Ends with 1 where a bar is missed.
"""
import json, os, re, resource, shutil, signal, statistics, subprocess, sys, tempfile, time

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ROUNDS = 5
FLOOR, ASYNCSSH, TRANSPORT, SWEEP = "clibssh2-ownsign", "asyncssh", "tenken-transport", "tenken-sweep"
FAULTS = ["rst", "hangbanner", "hangkex", "hangauth", "wrongkey", "garbage", "drop", "noexit", "flood", "drip"]
CHECK = """#!/bin/sh
#% id: bench.trivial
#% version: 1
#% title: A shell answers
#% severity: info
#% class: integrity
#% rationale: What a contact costs beside its checks.
#% false-positives: Whatever has a shell passes.
#% remediation: Whatever has no shell is no terminal.
uname -a
id
exit 101
"""

bench, binaries = (os.path.abspath(path) for path in sys.argv[1:3])
work = tempfile.mkdtemp()
bench_dir = os.environ.setdefault("BENCH_DIR", os.path.join(os.environ.get("TMPDIR", "/tmp"), "tenken-bench"))
port = os.environ.setdefault("SIMD_PORT", "2201")
tenken = f"{binaries}/tenken"
missed = []


def median(rows, key):
    return statistics.median(row[key] for row in rows)


def bar(what, value, most, unit=""):
    """Says whether `value` keeps to the bar."""
    if value > most:
        missed.append(what)
    print(f"{'MISSED' if value > most else 'met':<7} {what}: {value:.2f}{unit}, at most {most}{unit}", flush=True)


def serve(*options):
    subprocess.run([f"{bench}/simd-up.sh", *options], check=True, stdout=subprocess.DEVNULL)


def addresses(count):
    listed = subprocess.run([f"{bench}/hosts.py", str(count)], check=True, capture_output=True, text=True)
    return listed.stdout.split()


def inventory(name, hosts, run_timeout="60s"):
    """An inventory's directory with one terminal an address, and the server's key on record for each of them."""
    path = f"{work}/{name}"
    os.makedirs(f"{path}/terminals")
    with open(f"{bench_dir}/keys/known_hosts") as file:
        key = next(line for line in file if f"]:{port} " in line).split(" ", 1)[1]
    files = {
        "fleet.yaml": f"name: {name}\nlimits:\n  retries: 0\n  run-timeout: {run_timeout}\n"
                      f"credentials:\n  default:\n    user: inspector\n    identity: {bench_dir}/keys/id_ed25519\n",
        "sites.yaml": "sites:\n  bench:\n    name: Bench\n    networks: [127.0.0.0/8]\n",
        "terminals/bench.csv": "id,address,port,site\n" + "".join(f"{host},{host},{port},bench\n" for host in hosts),
        "known_hosts": "".join(f"[{host}]:{port} {key}" for host in hosts),
    }
    for file, text in files.items():
        with open(f"{path}/{file}", "w") as out:
            out.write(text)
    return path


def rounds(label, count, peers):
    """The rows of run.py by peer, after its table."""
    rows = f"{work}/rows"
    open(rows, "w").close()
    os.environ["INVENTORY"] = f"{work}/fleet-{count}"
    subprocess.run(
        [f"{bench}/run.py", "--n", str(count), "--port", port, "--reps", str(ROUNDS), "--label", label, "--json", rows,
         "--peers", f"{REPOSITORY}/scripts/lib/peers", *peers], check=True, stderr=subprocess.DEVNULL)
    by_peer = {}
    for line in open(rows):
        row = json.loads(line)
        by_peer.setdefault(row["peer"], []).append(row)
    for peer in {TRANSPORT, SWEEP} & set(by_peer):
        bar(f"{label}: terminals that {peer} lost", max(count - row["ok"] for row in by_peer[peer]), 0)
    return by_peer


def ratio(rows, key, peer, other=FLOOR):
    return median(rows[peer], key) / median(rows[other], key)


def sweep(fleet, concurrency, *options):
    """CPU seconds and the highest resident memory, in MiB, of a sweep, and the terminals that it inspected."""
    state = tempfile.mkdtemp(dir=work)
    child = subprocess.Popen(
        [tenken, "sweep", "--inventory", fleet, "--checks", os.environ["CHECKS"], "--concurrency", str(concurrency),
         "--per-site", str(concurrency), "--state", state, "--no-progress", *os.environ["SWEEP_OPTIONS"].split(),
         *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, child.returncode, used = os.wait4(child.pid, 0)
    listed = subprocess.run(
        [tenken, "list", "--state", state, "--select", "outcome:inspected", "-o", "ids"], capture_output=True, text=True)
    shutil.rmtree(state)
    return dict(
        cpu=used.ru_utime + used.ru_stime, memory=used.ru_maxrss / 1024, inspected=set(listed.stdout.split()))


def transport_bar():
    serve()
    rows = rounds("transport alone, canned", 2000, [f"{peer}:200" for peer in (FLOOR, TRANSPORT, ASYNCSSH)])
    bar("transport alone: client CPU against the floor's", ratio(rows, "ms", TRANSPORT), 1.5, "x")


def sweep_bar():
    serve("--exec")
    inventory("fleet-2000", addresses(2000))
    rows = rounds("a sweep, real execution", 2000, [f"{peer}:200" for peer in (FLOOR, SWEEP, ASYNCSSH)])
    bar("a sweep: client CPU against the floor's", ratio(rows, "ms", SWEEP), 1.8, "x")
    bar("a sweep: client CPU against asyncssh's", ratio(rows, "ms", SWEEP, ASYNCSSH), 0.5, "x")


def distance_bar():
    count = 4000
    serve("--rtt", "150")
    fleet = inventory("fleet-4000", addresses(count))
    peers = (FLOOR, TRANSPORT, SWEEP, ASYNCSSH)
    rows = rounds("150 ms of round trip, canned", count, [f"{peer}:{count}" for peer in peers])
    for peer, name in ((TRANSPORT, "the transport"), (SWEEP, "a sweep")):
        bar(f"150 ms: wall of {name} against the floor's", ratio(rows, "wall", peer), 1.7, "x")
    with open(f"{bench_dir}/last.{TRANSPORT}.{port}.log") as log:
        before, peak = map(int, re.search(r"MEMORY before (\d+) peak (\d+) KiB", log.read()).groups())
    bar("150 ms: memory of the transport a session in flight", (peak - before) / count, 90, " KiB")
    before = sweep(fleet, count, "--dry-run")["memory"]
    peak = median(rows[SWEEP], "pss_mib")
    bar("150 ms: memory of a sweep a session in flight", (peak - before) * 1024 / count, 90, " KiB")


def hostile_fleet():
    """The server's options, 500 honest addresses, and five of each kind of hostile ones."""
    options = [word for fault in FAULTS for word in ("--fault", f"{fault}=0.02")]
    listed = subprocess.run(
        [f"{bench_dir}/simd", *options, "--which"], input="\n".join(addresses(4000)) + "\n", check=True,
        capture_output=True, text=True)
    by_fault = {}
    for line in listed.stdout.splitlines():
        address, fault = line.split()
        by_fault.setdefault(fault, []).append(address)
    return options, by_fault["none"][:500], [address for fault in FAULTS for address in by_fault[fault][:5]]


def most_at_once():
    """The connections that the server had at once since this was asked last."""
    stats = f"{bench_dir}/simd.{port}.stats"
    if os.path.exists(stats):
        os.unlink(stats)
    with open(f"{bench_dir}/simd.{port}.pid") as file:
        os.kill(int(file.read()), signal.SIGUSR1)
    for _ in range(100):
        time.sleep(0.05)
        try:
            with open(stats) as file:
                return json.load(file)["peak"]
        except (OSError, ValueError):
            pass
    sys.exit("bars.py: the server does not tell its figures")


def hostile_bar():
    """The hostile ones stand among the honest, and all are contacted before the first can answer: 150 ms. What they cost
    by themselves is taken off, but for a sweep's start."""
    options, honest, hostile = hostile_fleet()
    serve("--exec", "--rtt", "150", *options)
    fleets = {name: inventory(name, hosts, run_timeout="20s") for name, hosts in (
        ("one", honest[:1]), ("hostile", hostile), ("honest", honest), ("mixed", sorted(honest + hostile)))}
    rows = {name: [] for name in fleets}
    for _ in range(ROUNDS):
        for name, fleet in fleets.items():
            most_at_once()
            rows[name].append(sweep(fleet, len(honest + hostile)))
            rows[name][-1]["at_once"] = most_at_once()
    cpu, memory = ({name: median(of, key) for name, of in rows.items()} for key in ("cpu", "memory"))
    for name, hosts in (("honest", honest), ("mixed", honest + hostile), ("hostile", hostile)):
        print(f"{name}: {len(hosts)} terminals, {cpu[name]:.2f} s CPU, {memory[name]:.0f} MiB")
    lost = max(len(set(honest) - row["inspected"]) for name in ("honest", "mixed") for row in rows[name])
    bar("50 hostile among 500: honest ones that were not inspected", lost, 0)
    # Five of the hostile ones hang up at once.
    late = len(honest + hostile) - min(row["at_once"] for row in rows["mixed"])
    bar("50 hostile among 500: those that were not in flight with all others", late, 5)
    growth = (cpu["mixed"] - (cpu["hostile"] - cpu["one"])) / cpu["honest"] - 1
    bar("50 hostile among 500: growth of the honest ones' CPU", growth * 100, 10, " %")
    bar("50 hostile among 500: growth of memory", memory["mixed"] - memory["honest"], 32, " MiB")


def prepare():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard != resource.RLIM_INFINITY and hard < 9000:
        sys.exit(f"bars.py: the hard limit of open files is {hard}, and 9000 are needed: ulimit -Hn 9000, as root")
    os.makedirs(f"{work}/checks/bench.trivial")
    with open(f"{work}/checks/bench.trivial/check.sh", "w") as file:
        file.write(CHECK)
    usage = subprocess.run([tenken, "sweep", "--help"], check=True, capture_output=True, text=True).stdout
    os.environ.update(
        BENCH_SOURCE=bench, BINARIES=binaries, CHECKS=f"{work}/checks",
        SWEEP_OPTIONS="--no-ramp" if "--no-ramp" in usage else "")


def main():
    bars = {"transport": transport_bar, "sweep": sweep_bar, "distance": distance_bar, "hostile": hostile_bar}
    chosen = sys.argv[3:] or bars
    unknown = [name for name in chosen if name not in bars]
    if unknown:
        sys.exit(f"bars.py: no bar {', '.join(unknown)}; there are {', '.join(bars)}")
    try:
        prepare()
        for name in chosen:
            bars[name]()
    finally:
        subprocess.run([f"{bench}/simd-down.sh"], stdout=subprocess.DEVNULL)
        shutil.rmtree(work)
    sys.exit(1 if missed else 0)


main()
