"""Measures MAML in PyTorch: tasks a second of configurations A and B of `maml bench`.

    python3 measure.py A                          plain PyTorch, with 1 and with 2 threads, then two processes of one thread
    python3 measure.py B --library learn2learn    the same with a library, where it is installed: learn2learn or higher
    python3 measure.py A --device cuda --tasks 256 --threads 1 --processes 0
    python3 measure.py A --verify FILE            compares with what `maml gradient` wrote, in the place of measuring

Tasks are random numbers that are drawn once, before the measurement: sampling is not in a peer's time, and is in ours. An iteration is
all tasks of a meta-batch and one step of Adam. Prints one JSON object.
"""
import argparse
import dataclasses
import json
import multiprocessing
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import kernels  # noqa: E402,F401 (before torch)
import torch  # noqa: E402

import gradients  # noqa: E402
import libraries  # noqa: E402
import plain  # noqa: E402
from configurations import CONFIGURATIONS, FILTERS, SIDE  # noqa: E402

TRAINERS = {"plain": plain.Trainer, "learn2learn": libraries.Learn2Learn, "higher": libraries.Higher}
FEWEST_ITERATIONS = 3


def draw(configuration, device):
    generator = torch.Generator().manual_seed(0)

    def examples(per_class):
        x = torch.rand(configuration.way * per_class, 1, SIDE, SIDE, generator=generator)
        return x.to(device), torch.arange(configuration.way).repeat_interleave(per_class).to(device)

    return [(*examples(configuration.shot), *examples(configuration.query)) for _ in range(configuration.tasks)]


def synchronize(device):
    if device.startswith("cuda"):
        torch.cuda.synchronize()


def run(library, configuration, device, seconds, barrier=None):
    torch.manual_seed(0)
    trainer, tasks = TRAINERS[library](configuration, device), draw(configuration, device)
    for _ in range(2):
        trainer.iterate(tasks)
    synchronize(device)
    if barrier is not None:
        barrier.wait()
    began, iterations = time.perf_counter(), 0
    while iterations < FEWEST_ITERATIONS or time.perf_counter() - began < seconds:
        trainer.iterate(tasks)
        synchronize(device)
        iterations += 1
    return iterations * configuration.tasks / (time.perf_counter() - began)


def run_in_process(library, configuration, device, seconds, barrier, rates):
    torch.set_num_threads(1)
    rates.put(run(library, configuration, device, seconds, barrier))


def run_processes(library, configuration, device, seconds, count):
    context = multiprocessing.get_context("spawn")
    barrier, rates = context.Barrier(count), context.Queue()
    processes = [
        context.Process(target=run_in_process, args=(library, configuration, device, seconds, barrier, rates)) for _ in range(count)
    ]
    for process in processes:
        process.start()
    total = sum(rates.get() for _ in processes)
    for process in processes:
        process.join()
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("configuration", choices=CONFIGURATIONS)
    parser.add_argument("--library", choices=TRAINERS, default="plain")
    parser.add_argument("--threads", default="1,2", help="thread counts to try, with commas [1,2]")
    parser.add_argument("--processes", type=int, default=2, help="processes at once, one thread each; 0 for none [2]")
    parser.add_argument("--seconds", type=float, default=10, help="time of each measurement [10]")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--tasks", type=int, help="tasks of an iteration in the place of the configuration's")
    parser.add_argument("--verify", metavar="FILE")
    arguments = parser.parse_args()
    configuration = CONFIGURATIONS[arguments.configuration]
    if arguments.tasks:
        configuration = dataclasses.replace(configuration, tasks=arguments.tasks)
    result = {
        "configuration": arguments.configuration,
        "settings": {**dataclasses.asdict(configuration), "filters": FILTERS},
        "library": arguments.library,
        "torch": torch.__version__,
        "device": arguments.device,
    }
    if arguments.verify:
        result.update(gradients.compare(configuration, arguments.verify))
    else:
        measure(configuration, arguments, result)
    print(json.dumps(result))


def measure(configuration, arguments, result):
    by_threads = {}
    for threads in (int(text) for text in arguments.threads.split(",")):
        torch.set_num_threads(threads)
        by_threads[str(threads)] = run(arguments.library, configuration, arguments.device, arguments.seconds)
    result["tasksPerSecondByThreads"] = by_threads
    result["tasksPerSecond"] = max(by_threads.values())
    if arguments.processes:
        result["processes"] = arguments.processes
        result["tasksPerSecondOfProcesses"] = run_processes(
            arguments.library, configuration, arguments.device, arguments.seconds, arguments.processes)


if __name__ == "__main__":
    main()
