#!/usr/bin/env python3
"""How surely an unrelated source is recognised, and how often a true one is taken for unrelated.

usage: measure_unrelated.py DOCUMENTS.jsonl... [--bin PROGRAM] [--args "FLAGS"] [--show N]

Each line of the files is a document: {"id", "from", "to", "source", "target"}, source and target a text or a list of
segments. Every source is checked with its own target, and with the target of the next document of the same pair of
languages; both go through `batch`, and `completeness/source-unrelated` is counted. Python 3.11, standard library only.
"""
import argparse
import collections
import json
import shlex
import subprocess
import sys

RULE = "completeness/source-unrelated"


def read(path):
    """The documents of a file, each side as one text."""
    text = lambda side: side if isinstance(side, str) else "\n".join(side)
    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return [{**row, "source": text(row["source"]), "target": text(row["target"])} for row in rows]


def pairs(documents):
    """True pairs, and each source with the target of the next document of its pair of languages."""
    groups = collections.defaultdict(list)
    for document in documents:
        groups[document["from"], document["to"]].append(document)
    for (source, target), group in groups.items():
        common = {"from": source, "to": target}
        for here, after in zip(group, group[1:] + group[:1]):
            yield "true", {**common, "id": here["id"], "source": here["source"], "target": here["target"]}
            if after["source"] != here["source"]:
                name = f"{here['id']} with {after['id']}"
                yield "next", {**common, "id": name, "source": here["source"], "target": after["target"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("documents", nargs="+")
    parser.add_argument("--bin", default="target/release/contresens")
    parser.add_argument("--args", default="", help="more flags for `batch`")
    parser.add_argument("--show", type=int, default=0, help="print N mistakes of each kind and file")
    options = parser.parse_args()
    for path in options.documents:
        cases = list(pairs(read(path)))
        lines = "".join(json.dumps(line, ensure_ascii=False) + "\n" for _, line in cases)
        run = subprocess.run([options.bin, "batch", *shlex.split(options.args)], input=lines.encode(), capture_output=True)
        answers = [json.loads(line) for line in run.stdout.splitlines()]
        if run.returncode != 0 or len(answers) != len(cases):
            sys.exit(f"batch: {len(cases)} lines in, {len(answers)} out: {run.stderr.decode(errors='replace')}")
        called, total, shown = collections.Counter(), collections.Counter(), collections.Counter()
        for (kind, line), answer in zip(cases, answers):
            unrelated = any(found["rule"] == RULE for found in answer["diagnostics"])
            for key in (kind, f"{kind} {line['from']} > {line['to']}"):
                total[key] += 1
                called[key] += unrelated
            if unrelated != (kind == "next") and shown[kind] < options.show:
                shown[kind] += 1
                print(f"mistaken: {kind} {line['from']} > {line['to']} {line['id']}, quality {answer['aligned']}")
        print(f"\n## {path}: called unrelated")
        for key in sorted(total, key=lambda key: (key.split()[0], len(key.split()), key)):
            print(f"{key:14} {called[key]:5} of {total[key]:5}  {100 * called[key] / total[key]:6.2f} %")


if __name__ == "__main__":
    main()
