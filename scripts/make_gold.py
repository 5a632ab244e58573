#!/usr/bin/env python3
"""Makes beads whose truth is known out of documents whose lines translate each other one by one.

usage: make_gold.py DOCUMENTS.jsonl... [--from TAG] [--to TAG] [--variants N] > GOLD.jsonl

Each line of the files is a document: {"id", "from", "to", "source", "target"}, source and target a text whose lines
answer each other; a document whose lines differ in number, or that has fewer than five, is left out. In each of N
variants (usual 4) one line in twenty is lost on either side, and one in seven is joined to the next on one side; the
choice depends on the id and the variant alone. What is written suits `reliability.py`. Standard library only.
"""
import argparse
import json
import random

LOST = 0.05
JOINED = 0.07
FEWEST = 5


def lines(text):
    return [line for line in text.split("\n") if line.strip()]


def spoilt(source, target, chance):
    """The two texts with losses and joins, and their beads."""
    left, right, beads = [], [], []

    def add(here, there):
        beads.append([list(range(len(left), len(left) + len(here))), list(range(len(right), len(right) + len(there)))])
        left.extend(here)
        right.extend(there)

    at = 0
    while at < len(source):
        drawn, two = chance.random(), slice(at, at + 2)
        if drawn < LOST:
            add(source[at : at + 1], [])
        elif drawn < 2 * LOST:
            add([], target[at : at + 1])
        elif drawn < 2 * LOST + JOINED and at + 1 < len(source):
            add([" ".join(source[two])], target[two])
            at += 1
        elif drawn < 2 * LOST + 2 * JOINED and at + 1 < len(source):
            add(source[two], [" ".join(target[two])])
            at += 1
        else:
            add(source[at : at + 1], target[at : at + 1])
        at += 1
    return left, right, beads


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--from", dest="source")
    parser.add_argument("--to", dest="target")
    parser.add_argument("--variants", type=int, default=4)
    args = parser.parse_args()
    for path in args.files:
        with open(path, encoding="utf-8") as file:
            documents = [json.loads(line) for line in file if line.strip()]
        for document in documents:
            asked = args.source in (None, document["from"]) and args.target in (None, document["to"])
            source, target = lines(document["source"]), lines(document["target"])
            if not asked or len(source) != len(target) or len(source) < FEWEST:
                continue
            for variant in range(args.variants):
                left, right, beads = spoilt(source, target, random.Random(f"{document['id']}{variant}"))
                row = {"id": f"made/{document['id']}/{variant}", "from": document["from"], "to": document["to"]}
                print(json.dumps({**row, "source": left, "target": right, "beads": beads}, ensure_ascii=False))


if __name__ == "__main__":
    main()
