"""How well a run tells the characters of alphabets apart that it has never seen, from one drawing of each.

    python3 clients/python/examples/alphabets.py RUN FOLDER [--ways 5] [--tasks 10] [--seed 0]

FOLDER has a folder for each alphabet, with a folder of drawings for each character, as `images_evaluation.zip` of Omniglot unpacks.
Each task is some characters of one alphabet: one drawing of each to learn from, all others to be told apart, through the coordinator's
adaptation service (MAML_COORDINATOR, http://127.0.0.1:5100 by default).
"""

import argparse
import os
import random
import statistics
from pathlib import Path

from maml_cluster import Client


def subfolders(folder: Path) -> "list[Path]":
    return sorted(path for path in folder.iterdir() if path.is_dir())


def measure(maml: Client, run_id: str, characters: "list[Path]", chance: random.Random) -> float:
    """The share of drawings that were told apart."""
    support, query = [], []
    for character in characters:
        first, *others = chance.sample(drawings := sorted(character.glob("*.png")), len(drawings))
        support.append((first, character.name))
        query.extend((other, character.name) for other in others)
    answer = maml.adapt(run_id, support=support, query=[drawing for drawing, _ in query])
    return statistics.mean(found.label == label for found, (_, label) in zip(answer.predictions, query))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--ways", type=int, default=5)
    parser.add_argument("--tasks", type=int, default=10, help="tasks an alphabet")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()

    chance = random.Random(chosen.seed)
    everything = []
    with Client(os.environ.get("MAML_COORDINATOR", "http://127.0.0.1:5100"), ca=os.environ.get("MAML_CA")) as maml:
        for alphabet in subfolders(chosen.folder):
            characters = subfolders(alphabet)
            found = [measure(maml, chosen.run, chance.sample(characters, chosen.ways), chance) for _ in range(chosen.tasks)]
            everything += found
            print(f"{alphabet.name:35} {statistics.mean(found):6.1%}")
    interval = 1.96 * statistics.stdev(everything) / len(everything) ** 0.5
    print(f"{'all':35} {statistics.mean(everything):6.1%} ± {interval:.1%} ({len(everything)} tasks)")


if __name__ == "__main__":
    main()
