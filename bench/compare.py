"""Measures `maml bench` and the same work in PyTorch, in turn on this machine, and prints the ratio of each pair and the median.

    python3 bench/compare.py                                  A and B, five pairs: ten minutes
    python3 bench/compare.py A --pairs 1 --seconds 5          a quick look
    python3 bench/compare.py --python ~/venv/bin/python       the PyTorch of another Python, with learn2learn and higher if it has them
    python3 bench/compare.py A --device cuda --tasks 256      on a GPU

First it checks that both do the same work: the settings, and the meta-gradient of the same θ and tasks in float64.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PEER = os.path.join(ROOT, "bench", "peers", "measure.py")
LIBRARIES = ["learn2learn", "higher"]
LARGEST_ERROR = 1e-4


def capture(command):
    finished = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if finished.returncode != 0:
        sys.exit(f"compare.py: '{' '.join(command)}' ended with exit code {finished.returncode}")
    return finished.stdout


def has(python, library):
    return subprocess.run([python, "-c", f"import {library}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def settings_of(arguments):
    return ["--set", f"outer.tasksPerIteration={arguments.tasks}"] if arguments.tasks else []


def run_ours(arguments, name, seconds):
    command = [os.path.join(ROOT, "maml"), "bench", name, "--workers", str(arguments.workers), "--devices", arguments.device, "--seconds", str(seconds)]
    for value in arguments.set:
        command += ["--set", value]
    return json.loads(capture([*command, *settings_of(arguments), "--json", "-"]))


def run_peer(arguments, name, library, *more):
    command = [arguments.python, PEER, name, "--library", library, "--device", arguments.device]
    if arguments.tasks:
        command += ["--tasks", str(arguments.tasks)]
    return json.loads(capture([*command, *more]))


def check_same_work(arguments, name, data):
    """The peer reads the settings and shapes from what we write, and computes the same meta-gradient from it."""
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "gradient.safetensors")
        configuration = os.path.join(ROOT, "src", "Cli", "Benchmarks", "Configurations", f"{name}.yaml")
        capture([os.path.join(ROOT, "maml"), "gradient", configuration, "--data", data, "--tasks", "4", "--device", arguments.device, "--output", file])
        error = run_peer(arguments, name, "plain", "--verify", file)["relativeError"]
    if not error < LARGEST_ERROR:
        sys.exit(f"compare.py: the meta-gradients of {name} differ by {error:.1e}; expected less than {LARGEST_ERROR:.0e}")
    return error


def check_same_size(name, ours, peer):
    measured = ours["configurations"][0]["tasksPerIteration"]
    if measured != peer["settings"]["tasks"]:
        sys.exit(f"compare.py: {name} has {measured} tasks an iteration here and {peer['settings']['tasks']} there")


def compare_once(arguments, name, libraries):
    peers = {}
    for library in libraries:
        on_gpu = arguments.device != "cpu"
        more = ["--threads", "1", "--processes", "0"] if on_gpu else ["--processes", str(arguments.workers)] if library == "plain" else ["--processes", "0"]
        peers[library] = run_peer(arguments, name, library, "--seconds", str(arguments.seconds), *more)
    ours = run_ours(arguments, name, arguments.seconds)
    check_same_size(name, ours, peers["plain"])
    rate = ours["configurations"][0]["tasksPerSecond"]["mean"]
    best = max(peers.values(), key=lambda peer: peer["tasksPerSecond"])
    return {
        "ours": rate,
        "peers": {library: peer["tasksPerSecond"] for library, peer in peers.items()},
        "plainByThreads": peers["plain"]["tasksPerSecondByThreads"],
        "plainProcesses": peers["plain"].get("tasksPerSecondOfProcesses"),
        "best": best["library"],
        "ratio": rate / best["tasksPerSecond"],
        "coordinationShare": ours["configurations"][0]["millisecondsPerIteration"]["coordinationShare"],
        "peakShare": ours["configurations"][0]["peakShare"],
    }


def show(name, number, pair):
    peers = ", ".join(f"{library} {rate:.1f}" for library, rate in pair["peers"].items())
    threads = ", ".join(f"{rate:.1f} with {count}" for count, rate in pair["plainByThreads"].items())
    processes = f"; in several processes {pair['plainProcesses']:.1f}" if pair["plainProcesses"] else ""
    print(
        f"{name} pair {number}: ours {pair['ours']:.1f} tasks/s; {peers} (plain by threads: {threads}{processes}); "
        f"{pair['ratio']:.2f} times {pair['best']}",
        flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("configurations", nargs="*", help="A, B [both]")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=10, help="time of each measurement [10]")
    parser.add_argument("--workers", type=int, default=2, help="our workers, and the peer's processes [2]")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--tasks", type=int, help="tasks of an iteration, on both sides")
    parser.add_argument("--set", action="append", default=[], metavar="path=value", help="a value of ours, such as chunk.tasks=16")
    parser.add_argument("--python", default=sys.executable, help="the Python that has PyTorch [this one]")
    parser.add_argument("--json", metavar="FILE", help="writes all results")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.configurations if name not in ("A", "B")]
    if unknown:
        parser.error(f"there is no configuration {unknown[0]}; expected A or B")
    if not has(arguments.python, "torch"):
        sys.exit(f"compare.py: {arguments.python} has no torch; name a Python that has it with --python")
    libraries = ["plain", *(library for library in LIBRARIES if has(arguments.python, library))]

    report = {}
    for name in arguments.configurations or ["A", "B"]:
        first = run_ours(arguments, name, seconds=1)
        error = check_same_work(arguments, name, first["data"])
        print(f"{name}: same settings and shapes; the meta-gradients differ by {error:.1e}", flush=True)
        pairs = []
        for number in range(1, arguments.pairs + 1):
            pairs.append(compare_once(arguments, name, libraries))
            show(name, number, pairs[-1])
        median = statistics.median(pair["ratio"] for pair in pairs)
        print(f"{name}: {median:.2f} times the best peer of one process, the median of {len(pairs)}", flush=True)
        report[name] = {"machine": first["machine"], "gradientError": error, "medianRatio": median, "pairs": pairs}
    if arguments.json:
        with open(arguments.json, "w") as file:
            json.dump(report, file, indent=2)


if __name__ == "__main__":
    main()
