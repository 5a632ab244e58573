#!/usr/bin/env python3
"""How often a translation holds a concept when its source does: shows the concepts whose expressions are doubtful.

usage: measure_concepts.py PARALLEL.jsonl... [--concepts DIR] [--pair FROM-TO] [--least N] [--below SHARE] [--all]

Each line of the files is {"from", "to", "source", "target"}; sides are texts with as many lines, or lists of segments, or
single sentences. Expressions are matched simply, without the stemmer of the program: a word may take a usual ending of its
language, a long one any of up to four letters in the place of its last two (with `=` it stands for itself only), and in
unspaced scripts an expression is a substring; so shares are comparable with one another, not absolute. Standard library only.
"""
import argparse
import collections
import csv
import json
import pathlib
import re
import sys

UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
# Letters from which a word is thought to have an ending of its own; shorter ones only take one.
LONG = 7
# The endings a short word may take; in languages that are not listed, any of up to two letters.
ENDINGS = {
    "en": "s|es|d|ed|ing",
    "fr": "s|x|e|es|nt|r|é|ée|és|ées",
    "de": "e|n|en|er|es|s|em|ern|t|te|ten|st",
    "es": "s|es|n|r|o|a|os|as",
    "it": "e|i|o|a|no|re|to|ta|ti|te",
    "pt": "s|es|m|r|o|a|os|as",
}
# Segments that tell how often a concept stands anywhere.
SAMPLE = 200


def word_pattern(word, language):
    """The regular expression of one word of an expression."""
    endings = ENDINGS.get(language, r"\w{1,2}")
    parts = []
    for part in word.split("|"):
        exact, cased, part = part.startswith("="), part.startswith("=="), part.lstrip("=")
        if cased:
            parts.append(f"(?-i:{re.escape(part)})")
        elif part.endswith("*"):
            parts.append(re.escape(part[:-1]) + r"\w*")
        elif exact:
            parts.append(re.escape(part))
        elif len(part) < LONG:
            parts.append(re.escape(part) + f"(?:{endings})?")
        else:
            parts.append(re.escape(part[:-2]) + r"\w{0,4}")
    return "(?:" + "|".join(parts) + ")"


def pattern(expression, language):
    """The regular expression of an expression of the corpus; see corpus/README.md."""
    if UNSPACED.search(expression):
        return ".{0,8}".join(re.escape(part.strip().lstrip("=")) for part in expression.split(".."))
    if " & " in expression:
        sides = [word_pattern(side.strip(), language) for side in expression.split(" & ")]
        return "".join(rf"(?=.*\b{side}\b)" for side in sides)
    words = re.findall(r"\.\.|[^\s'’]+", expression)
    joined = "".join(r"(?:\W+\w+){0,4}" if word == ".." else r"[\W_]+" + word_pattern(word, language) for word in words)
    return r"\b" + joined.removeprefix(r"[\W_]+") + r"\b"


def concepts(folder, language):
    """{id: compiled expressions} of a language."""
    found = collections.defaultdict(list)
    for path in sorted(pathlib.Path(folder).glob("*.tsv")):
        if path.name.startswith("opposites"):
            continue
        with open(path, encoding="utf-8", newline="") as lines:
            rows = (line for line in lines if line.strip() and not line.startswith("#"))
            for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
                found[row["id"]] += [cell.strip() for cell in (row.get(language) or "").split(";") if cell.strip()]
    compiled = {}
    for name, cells in found.items():
        if cells:
            compiled[name] = re.compile("|".join(pattern(cell, language) for cell in cells), re.IGNORECASE | re.DOTALL)
    return compiled


def segments(row):
    """Pairs of segments of a line of parallel text."""
    source, target = row["source"], row["target"]
    if isinstance(source, str):
        source, target = source.split("\n"), target.split("\n")
    if len(source) != len(target):
        source, target = [" ".join(source)], [" ".join(target)]
    return zip(source, target)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parallel", nargs="+")
    parser.add_argument("--concepts", default="corpus/concepts")
    parser.add_argument("--pair", help="only this pair of languages, en-fr")
    parser.add_argument("--least", type=int, default=5, help="sources that must hold a concept before it is judged")
    parser.add_argument("--below", type=float, default=0.4, help="the share below which a concept is doubtful")
    parser.add_argument("--all", action="store_true", help="print every concept, not only the doubtful ones")
    options = parser.parse_args()
    texts = collections.defaultdict(list)
    for path in options.parallel:
        with open(path, encoding="utf-8") as lines:
            for row in map(json.loads, filter(str.strip, lines)):
                if options.pair in (None, f"{row['from']}-{row['to']}"):
                    texts[row["from"], row["to"]] += segments(row)
    for (source, target), pairs in sorted(texts.items()):
        left, right = concepts(options.concepts, source), concepts(options.concepts, target)
        shared = sorted(left.keys() & right.keys())
        rows, held_all, seen_all = [], 0, 0
        sample = pairs[:: max(1, len(pairs) // SAMPLE)]
        for name in shared:
            inside = [pair for pair in pairs if left[name].search(pair[0])]
            held = sum(bool(right[name].search(pair[1])) for pair in inside)
            # By chance: how often any target segment holds it.
            chance = sum(bool(right[name].search(pair[1])) for pair in sample) / max(1, len(sample))
            held_all, seen_all = held_all + held, seen_all + len(inside)
            rows.append((held / max(1, len(inside)), held, len(inside), chance, name))
        print(f"\n## {source} > {target}: {len(pairs)} segments, {len(shared)} concepts with both languages, "
              f"held {held_all} of {seen_all} times ({100 * held_all / max(1, seen_all):.1f} %)")
        shown = [row for row in sorted(rows) if options.all or row[2] >= options.least and row[0] < options.below]
        for share, held, count, chance, name in shown:
            print(f"{100 * share:5.1f} %  {held:4} of {count:4}  by chance {100 * chance:4.1f} %  {name}")


if __name__ == "__main__":
    sys.exit(main())
