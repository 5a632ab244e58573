#!/usr/bin/env python3
"""How processor time and memory of `batch` grow: with the length of an article, with their number, with the cores.

usage: measure_batch.py [--bin PROGRAM] [--documents FILE.jsonl] [--rounds N]

The articles are those of corpus/articles, repeated; `--documents` adds real ones, {"id", "from", "to", "source", "target"} a
line, and prints what a megabyte of each pair of languages costs. Of the rounds the least counts, for other programs on the
machine only add. Seconds are of all cores together but for the last table, where they are of the clock. Needs GNU time.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

ARTICLES = pathlib.Path(__file__).resolve().parent.parent / "corpus" / "articles"
LENGTHS = {False: (10, 30, 100, 300, 1000, 3000, 10000), True: (10, 30, 100, 300)}
NUMBERS = {False: (1, 10, 100, 1000, 10000), True: (1, 10, 100, 1000)}
# Times that real documents are given, so that starting up weighs little.
REPEATED = 2


def articles():
    """The articles that were translated from English."""
    for source in sorted(ARTICLES.glob("*/source.en.txt")):
        target = (source.parent / "good.fr.txt").read_text("utf-8")
        yield {"from": "en", "to": "fr", "source": source.read_text("utf-8"), "target": target}


def long_article(kilobytes):
    """One article of the articles in turn."""
    sides = {side: "\n\n".join(text[side] for text in articles()) + "\n\n" for side in ("source", "target")}
    times = -(-kilobytes * 1000 // len(sides["target"].encode()))
    return {"from": "en", "to": "fr"} | {side: text * times for side, text in sides.items()}


def many_articles(number):
    texts = list(articles())
    return [texts[count % len(texts)] for count in range(number)]


def measure(program, documents, with_source, rounds, jobs=1):
    """Megabytes of target, seconds of cores, seconds of the clock, megabytes of memory."""
    keys = ("from", "to", "source", "target") if with_source else ("to", "target")
    with tempfile.TemporaryFile() as file:
        for document in documents:
            file.write(json.dumps({key: document[key] for key in keys}, ensure_ascii=False).encode() + b"\n")
        runs = []
        for _ in range(rounds):
            file.seek(0)
            # Not wait4: what it says of memory includes this script's, from before the program took its place.
            command = ["/usr/bin/time", "-f", "%U %S %e %M", program, "batch", "--jobs", str(jobs)]
            run = subprocess.run(command, stdin=file, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            if run.returncode != 0:
                sys.exit(f"batch ended in {run.returncode}: {run.stderr}")
            runs.append([float(figure) for figure in run.stderr.split()[-4:]])
    user, system, clock, memory = zip(*runs)
    cores = min(map(sum, zip(user, system)))
    megabytes = sum(len(document["target"].encode()) for document in documents) / 1e6
    return megabytes, cores, min(clock), max(memory) / 1000


def table(title, names, runs):
    """Prints runs as they end: {name: its measures}."""
    print(f"\n{title}\n{names:>24} {'MB of target':>12} {'seconds':>9} {'s a MB':>8} {'memory MB':>10}")
    for name, (megabytes, cores, _, memory) in runs:
        print(f"{name:>24} {megabytes:12.3f} {cores:9.2f} {cores / megabytes:8.2f} {memory:10.0f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", default="target/release/contresens")
    parser.add_argument("--documents", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    run = lambda documents, with_source: measure(options.bin, documents, with_source, options.rounds)
    for with_source, title in ((False, "without a source"), (True, "with the source")):
        lengths = ((f"{length} KB", run([long_article(length)], with_source)) for length in LENGTHS[with_source])
        table(f"one article, {title}", "length", lengths)
        numbers = ((str(number), run(many_articles(number), with_source)) for number in NUMBERS[with_source])
        table(f"articles, {title}", "number", numbers)
    if options.documents:
        pairs = collections.defaultdict(list)
        for line in options.documents.read_text("utf-8").splitlines():
            document = json.loads(line)
            pairs[document["from"], document["to"]] += [document] * REPEATED
        targets = {to: (to, run(documents, False)) for (_, to), documents in sorted(pairs.items())}
        table("real documents, without a source", "language", targets.values())
        both = ((f"{source} > {to}", run(documents, True)) for (source, to), documents in sorted(pairs.items()))
        table("real documents, with the source", "pair", both)
    print("\ncores: the least time by the clock for 1,000 articles, without a source")
    one, two = (measure(options.bin, many_articles(1000), False, options.rounds, jobs)[2] for jobs in (1, 2))
    print(f"--jobs 1: {one:.2f} s; --jobs 2: {two:.2f} s; {one / two:.2f} times as fast")


if __name__ == "__main__":
    main()
