#!/usr/bin/env python3
"""Measures every rule on text that nobody here wrote, and writes docs/measured.tsv, which docs/rules.md shows.

usage: measure.py FOLDER [--bin PROGRAM] [--output FILE] [--kinds]

FOLDER has two files of JSON lines, each line a document: {"id", "from", "to", "source", "target"}.
- clean_pairs.jsonl: professional translations. What a rule reports there counts as a false alarm, though some are none.
- mutants.jsonl: such documents with one planted defect each, and `kind`, the place (`start`, `end`, in characters of the
  target; `source_line`, the line of a dropped sentence) and `accept`, the families whose rules may find it. A rule has found
  the defect when it reports it at its place, and does not report the same in the clean document. The document is the one
  whose id is made of the fourth and second part of the mutant's: kind:PAIR:number:DOCUMENT.

`--kinds` prints the share of each kind that any rule finds. No text of the folder is written anywhere. Standard library only.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys

OUTPUT = pathlib.Path(__file__).resolve().parent.parent / "docs" / "measured.tsv"
HEAD = """\
# Written by scripts/measure.py; do not edit. What each rule says about news that nobody here wrote, with the source beside it:
# {documents} professional translations ({pairs}), {words} words; and {mutants} with one planted defect each, {kinds} kinds.
# alarms: findings on the professional translations. found: the kinds of planted defect that the rule itself finds.
rule\ttier\twords\talarms\talarms per 10,000 words\tfound
"""
# Characters by which a finding may lie beside the planted defect.
BESIDE = 2
# A kind of defect of which a rule finds less than this share is found by chance.
TELLING = 0.02


def read(path):
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def checked(program, documents):
    """The reports on documents, with the places of findings in characters."""
    keys = ("id", "from", "to", "source", "target")
    lines = "".join(json.dumps({key: one[key] for key in keys}, ensure_ascii=False) + "\n" for one in documents)
    run = subprocess.run([program, "batch"], input=lines.encode(), capture_output=True)
    reports = [json.loads(line) for line in run.stdout.splitlines()]
    if run.returncode != 0 or len(reports) != len(documents) or any("error" in report for report in reports):
        sys.exit(f"batch: {len(documents)} lines in, {len(reports)} out: {run.stderr.decode(errors='replace')}")
    for document, report in zip(documents, reports):
        text = document["target"].encode()
        for finding in report["diagnostics"]:
            for key in ("start", "end"):
                finding[key] = len(text[: finding[key]].decode(errors="ignore"))
    return reports


def mark(document, finding):
    """What tells a finding from another in the same text, wherever it has moved: the words and what stands before them."""
    text, start, end = document["target"], finding["start"], finding["end"]
    return finding["rule"], text[start:end], text[text.rfind("\n", 0, start) + 1 : start][-20:]


def is_at(mutant, finding):
    """Whether a finding points at the planted defect. What was dropped is pointed at in the source, or beside the gap."""
    text, start = mutant["target"], finding["start"]
    if mutant["kind"] != "sentence-dropped":
        return start <= mutant["end"] + BESIDE and mutant["start"] - BESIDE <= finding["end"]
    if place := finding.get("source"):
        return mutant["source"].encode()[: place["start"]].count(b"\n") == mutant["source_line"]
    return abs(text[:start].count("\n") - text[: mutant["start"]].count("\n")) <= 1


def finders(program, clean, mutants):
    """For each mutant, its kind and the rules that find what was planted."""
    original = lambda mutant: ":".join(mutant["id"].split(":")[i] for i in (3, 1))
    documents = {document["id"]: document for document in clean}
    unknown = {original(mutant) for mutant in mutants} - documents.keys()
    if unknown:
        sys.exit(f"mutants of documents that are not in clean_pairs.jsonl: {', '.join(sorted(unknown)[:5])}")
    used = [documents[name] for name in sorted({original(mutant) for mutant in mutants})]
    marks = lambda document, report: {mark(document, finding) for finding in report["diagnostics"]}
    before = {one["id"]: marks(one, report) for one, report in zip(used, checked(program, used))}
    for mutant, report in zip(mutants, checked(program, mutants)):
        known = before[original(mutant)]
        fitting = (found for found in report["diagnostics"] if found["rule"].split("/")[0] in mutant["accept"])
        yield mutant["kind"], {found["rule"] for found in fitting if is_at(mutant, found) and mark(mutant, found) not in known}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--bin", default="target/release/contresens")
    parser.add_argument("--output", type=pathlib.Path, default=OUTPUT)
    parser.add_argument("--kinds", action="store_true")
    options = parser.parse_args()
    clean, mutants = (read(options.folder / f"{name}.jsonl") for name in ("clean_pairs", "mutants"))
    reports = checked(options.bin, clean)
    words = sum(report["words"] for report in reports)
    alarms = collections.Counter(finding["rule"] for report in reports for finding in report["diagnostics"])
    planted, found, any_rule = collections.Counter(), collections.Counter(), collections.Counter()
    for kind, rules in finders(options.bin, clean, mutants):
        planted[kind] += 1
        any_rule[kind] += bool(rules)
        found.update((rule, kind) for rule in rules)

    def shares(rule):
        share = {kind: found[rule, kind] / planted[kind] for kind in planted}
        telling = sorted((kind for kind in share if share[kind] >= TELLING), key=lambda kind: (-share[kind], kind))
        return ", ".join(f"{kind} {100 * share[kind]:.0f} %" for kind in telling)

    pairs = sorted({f"{document['from']} > {document['to']}" for document in clean})
    listed = json.loads(subprocess.run([options.bin, "rules", "--format", "json"], capture_output=True, check=True).stdout)
    with options.output.open("w", encoding="utf-8") as out:
        counts = {"documents": len(clean), "words": words, "mutants": len(mutants), "kinds": len(planted)}
        out.write(HEAD.format(pairs=", ".join(pairs), **counts))
        for rule in listed:
            name, count = rule["id"], alarms[rule["id"]]
            cells = (name, rule["tier"], words, count, f"{1e4 * count / words:.2f}", shares(name))
            out.write("\t".join(map(str, cells)).rstrip("\t") + "\n")
    for tier in ("gate", "advice"):
        total = sum(alarms[rule["id"]] for rule in listed if rule["tier"] == tier)
        print(f"{tier}: {total} alarms, {1e4 * total / words:.2f} per 10,000 words")
    print(f"planted defects: {any_rule.total()} of {planted.total()} found")
    for kind in sorted(planted) if options.kinds else ():
        print(f"  {kind:24} {any_rule[kind]:4} of {planted[kind]:4}")


if __name__ == "__main__":
    main()
