#!/usr/bin/env python3
"""Measures which wrong determiners and lost plurals are found: plants them in good text, as languages/LANG/agreement.tsv lists
the determiners, and asks for each sentence whether a rule of grammar points at the place.

usage: measure_agreement.py LANG FILE [--bin PROGRAM] [--dictionary FILE]

FILE holds JSON lines with "to" and "target"; only targets in LANG are read, each once. A determiner of one gender is put for the
other of its set; a noun in -s loses it behind a plural determiner. Determiners that may be pronouns are turned only behind the
words of `nominal`. Whether the next word is a noun at all, and whether it has one gender, is not looked at: not all that is
planted is wrong. Standard library only.
"""
import argparse
import collections
import json
import pathlib
import random
import re
import subprocess

RULE = "grammar/determiner-mismatched"
TABLE = "corpus/languages/{}/agreement.tsv"
WORD = re.compile(r"[^\W\d_]+")
PER_SENTENCE = 3


def table(lang):
    """The determiners with features and set, the words after which no pronoun stands, and the vowels."""
    path = pathlib.Path(__file__).resolve().parent.parent / TABLE.format(lang)
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = [dict(zip(rows[0], row)) for row in rows[1:]]
    forms = lambda kind: [form for row in rows if row["kind"] == kind for form in row["forms"].split("; ")]
    determiners = {form: row for row in rows if row["kind"] == "determiner" for form in row["forms"].split("; ")}
    return determiners, set(forms("nominal")), tuple(forms("vowel") + forms("perhaps-vowel"))


def planted(line, determiners, nominal, vowels):
    """The ways to spoil a sentence: kind, start, end and text of the change; start and end of what is wrong then."""
    words = [None, *WORD.finditer(line)]
    for before, word, after in zip(words, words[1:], words[2:]):
        form, noun = word.group(), after.group()
        row = determiners.get(form)
        apart = line[word.end() : after.start()] == " " and not line[after.end() :].startswith(("-", "'", "’"))
        if row is None or not apart or not noun.islower() or len(noun) < 4:
            continue
        features = row["features"].split()
        if "v" in features and (before is None or before.group().lower() not in nominal):
            continue
        if "p" in features and noun.endswith("s"):
            yield "plural lost", after.end() - 1, after.end(), "", word.start(), after.end() - 1
        gender = {"m", "f"} & set(features)
        opposite = set(features) - {"v"} ^ {"m", "f"}
        same = [(other, its) for other, its in determiners.items() if its.get("set") and its["set"] == row.get("set")]
        others = [other for other, its in same if set(its["features"].split()) - {"v"} == opposite]
        if len(gender) == 1 and others and " " not in others[0] and not noun.startswith(vowels):
            change = len(others[0]) - len(form)
            yield "gender", word.start(), word.end(), others[0], word.start(), after.end() + change


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lang")
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--bin", default="target/release/contresens")
    parser.add_argument("--dictionary", action="append", default=[])
    options = parser.parse_args()
    flags = [word for path in options.dictionary for word in ("--dictionary", path)]
    known, chance, cases = table(options.lang), random.Random(1), []
    documents = map(json.loads, options.file.read_text(encoding="utf-8").splitlines())
    targets = dict.fromkeys(one["target"] for one in documents if one["to"] == options.lang)
    for line in (line for target in targets for line in target.split("\n")):
        ways = list(planted(line, *known))
        for kind, start, end, text, first, last in chance.sample(ways, min(PER_SENTENCE, len(ways))):
            cases.append((kind, line[:start] + text + line[end:], first, last))
    lines = "".join(json.dumps({"id": 0, "to": options.lang, "target": case[1]}, ensure_ascii=False) + "\n" for case in cases)
    run = subprocess.run([options.bin, "batch", *flags], input=lines.encode(), capture_output=True, check=True)
    count, own, grammar = collections.Counter(), collections.Counter(), collections.Counter()
    for (kind, text, first, last), report in zip(cases, map(json.loads, run.stdout.splitlines()), strict=True):
        start, end = len(text[:first].encode()), len(text[:last].encode())
        rules = [one["rule"] for one in report["diagnostics"] if one["start"] < end and start < one["end"]]
        for kind in (kind, "all"):
            count[kind] += 1
            own[kind] += RULE in rules
            grammar[kind] += any(rule.startswith("grammar/") for rule in rules)
    for kind in count:
        shares = (f"{100 * found[kind] / count[kind]:.1f} %" for found in (own, grammar))
        print(f"{options.lang} {kind:12} planted {count[kind]:5}  found by the rule {next(shares)}, by any rule of grammar {next(shares)}")


if __name__ == "__main__":
    main()
