#!/usr/bin/env python3
"""Whether beads are as often right as they say, and how many of the true ones are found.

usage: reliability.py GOLD.jsonl... [--bin PROGRAM] [--args "--lexicon FILE"] [--sets]

Each line of the files is a pair of segmented texts with its beads: {"id", "from", "to", "source": [segment], "target":
[segment], "beads": [[[source indices], [target indices]]]}. Prints for each tenth of confidence the beads that claim it,
their mean confidence and the share of them that the gold has, to the letter; then the strict F1 as it is usual for
alignment (precision counts gaps, recall does not). `--sets` prints a table for every file. Standard library only.
"""
import argparse
import collections
import json
import shlex
import subprocess
import sys


def aligned(program, flags, rows):
    """The answers of `align --jsonl` to rows of gold."""
    keys = ("id", "from", "to", "source", "target")
    lines = "".join(json.dumps({key: row[key] for key in keys}, ensure_ascii=False) + "\n" for row in rows)
    command = [program, "align", "--jsonl", "--confidence", *shlex.split(flags)]
    run = subprocess.run(command, input=lines.encode(), capture_output=True)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    if run.returncode != 0 or len(answers) != len(rows):
        sys.exit(f"align: {len(rows)} lines in, {len(answers)} out: {run.stderr.decode(errors='replace')}")
    return answers


def judged(row, answer):
    """(confidence, is a gap, is right) of every bead."""
    gold = {(tuple(source), tuple(target)) for source, target in row["beads"]}
    for source, target, confidence in answer["beads"]:
        yield confidence, not (source and target), (tuple(source), tuple(target)) in gold


def table(title, beads):
    print(f"\n## {title}")
    print("confidence      beads   mean  right    gaps  right")
    error = 0.0
    for tenth in range(10):
        inside = [bead for bead in beads if min(9, int(bead[0] * 10)) == tenth]
        pairs = [bead for bead in inside if not bead[1]]
        gaps = [bead for bead in inside if bead[1]]
        mean = sum(bead[0] for bead in pairs) / max(1, len(pairs))
        share = lambda some: f"{sum(bead[2] for bead in some) / len(some):6.3f}" if some else "      "
        print(f"{tenth / 10:.1f} to {(tenth + 1) / 10:.1f} {len(pairs):9} {mean:6.3f} {share(pairs)} {len(gaps):7} {share(gaps)}")
        error += abs(sum(bead[0] - bead[2] for bead in pairs))
    print(f"mean distance of confidence from share right: {error / max(1, sum(not bead[1] for bead in beads)):.3f}")


def strict(rows, answers):
    """Strict F1 by family of documents (the part of the id before the slash) and languages."""
    counts = collections.defaultdict(lambda: [0, 0, 0, 0])
    for row, answer in zip(rows, answers):
        gold = {(tuple(source), tuple(target)) for source, target in row["beads"]}
        found = {(tuple(bead[0]), tuple(bead[1])) for bead in answer["beads"]}
        paired = lambda beads: {bead for bead in beads if bead[0] and bead[1]}
        numbers = len(gold & found), len(found), len(paired(gold & found)), len(paired(gold))
        for key in (f"{row['id'].split('/')[0]} {row['from']} > {row['to']}", "all"):
            counts[key] = [a + b for a, b in zip(counts[key], numbers)]
    for key, (right, claimed, met, wanted) in sorted(counts.items()):
        precision, recall = right / max(1, claimed), met / max(1, wanted)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{key:28} precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--bin", default="target/release/contresens")
    parser.add_argument("--args", default="", help="more flags for `align`")
    parser.add_argument("--sets", action="store_true", help="a table for every file")
    options = parser.parse_args()
    rows, beads = [], []
    for path in options.gold:
        with open(path, encoding="utf-8") as lines:
            here = [json.loads(line) for line in lines if line.strip()]
        answers = aligned(options.bin, options.args, here)
        mine = [bead for row, answer in zip(here, answers) for bead in judged(row, answer)]
        if options.sets:
            table(path, mine)
        rows += zip(here, answers)
        beads += mine
    table("all", beads)
    print()
    strict(*zip(*rows))


if __name__ == "__main__":
    main()
