#!/usr/bin/env python3
"""How surely a passage that was moved in a translation is found where it stands.

usage: measure_moved.py GOLD.jsonl... [--bin PROGRAM] [--args "--lexicon FILE"]

Each line of the files is a pair of segmented texts with its beads: {"id", "from", "to", "source": [segment], "target":
[segment], "beads": [[[source indices], [target indices]]]}. In each pair one run of 1 to 4 segments that translate one
segment each is moved at least three segments away. Prints for each length how many moved segments are paired with their
source, against the same program on the unmoved text; then the beads out of order that nobody moved. Python 3.11, standard
library only.
"""
import argparse
import collections
import json
import random
import shlex
import subprocess
import sys

LENGTHS = 1, 2, 3, 4
FAR = 3


def aligned(program, flags, rows):
    keys = ("id", "from", "to", "source", "target")
    lines = "".join(json.dumps({key: row[key] for key in keys}, ensure_ascii=False) + "\n" for row in rows)
    run = subprocess.run([program, "align", "--jsonl", *shlex.split(flags)], input=lines.encode(), capture_output=True)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    if run.returncode != 0 or len(answers) != len(rows):
        sys.exit(f"align: {len(rows)} lines in, {len(answers)} out: {run.stderr.decode(errors='replace')}")
    return answers


def moved(row, length, numbers):
    """The row with a run of its target moved, and its pairs by the new numbers; None when there is no such run."""
    single = {target[0]: source[0] for source, target in row["beads"] if len(source) == len(target) == 1}
    count = len(row["target"])
    starts = [at for at in range(count - length + 1) if all(single.get(at + step) == single.get(at, -9) + step for step in range(length))]
    places = [(at, to) for at in starts for to in range(count - length + 1) if abs(to - at) >= FAR]
    if not places:
        return None
    start, to = numbers.choice(places)
    order = [at for at in range(count) if not start <= at < start + length]
    order[to:to] = range(start, start + length)
    pairs = {(single[start + step], to + step) for step in range(length)}
    return {**row, "target": [row["target"][at] for at in order]}, pairs, {(single[start + step], start + step) for step in range(length)}


def crossing(beads):
    """The beads out of order: all but the longest rise of the sources."""
    sources = [source[0] for source, target in beads if source and target]
    best = []
    for at, source in enumerate(sources):
        best.append(1 + max((best[before] for before in range(at) if sources[before] < source), default=0))
    return len(sources) - max(best, default=0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--bin", default="target/release/contresens")
    parser.add_argument("--args", default="")
    options = parser.parse_args()
    rows = [json.loads(line) for path in options.gold for line in open(path, encoding="utf-8")]
    unmoved = aligned(options.bin, options.args, rows)
    pairs = lambda answer: {(source[0], target[0]) for source, target in answer["beads"] if len(source) == len(target) == 1}
    print("segments moved   texts  pairs found  of those found unmoved")
    for length in LENGTHS:
        numbers = random.Random(length)
        made = [(at, one) for at, row in enumerate(rows) if (one := moved(row, length, numbers))]
        answers = aligned(options.bin, options.args, [one[0] for _, one in made])
        found = before = 0
        for (at, (_, new, old)), answer in zip(made, answers):
            found += len(new & pairs(answer))
            before += len(old & pairs(unmoved[at]))
        print(f"{length:14} {len(made):7} {found:6} of {sum(len(one[1]) for _, one in made):4}  {100 * found / max(1, before):5.1f} %")
    beads = sum(len(answer["beads"]) for answer in unmoved)
    print(f"out of order though nobody moved them: {sum(crossing(answer['beads']) for answer in unmoved)} of {beads} beads")


if __name__ == "__main__":
    sys.exit(main())
