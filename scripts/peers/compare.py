#!/usr/bin/env python3
"""How fast contresens is beside its peers, on the same text, in one run.

usage: compare.py [--bin PROGRAM] [--rounds N] [--scale X]

The text is corpus/articles, repeated. Each program is run on a smaller and a larger text, all programs in turn, round after
round; the least processor time of each counts, and its rate is the bytes more over the seconds more, so that starting up is
left out. Rates are printed as ratios to contresens on the same text: what a rate in itself says of one machine is little.

Python 3.11. The peers that are not there are left out, with a word on where they come from: `pip install -r requirements.txt`
beside this script, and Debian's hunspell, hunspell-fr and python3-grammalecte.
"""
import argparse
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ARTICLES = pathlib.Path(__file__).resolve().parent.parent.parent / "corpus" / "articles"

# What the peers that are libraries do with a file of the text, paragraph by paragraph.
GRAMMALECTE = """
import sys, grammalecte
checker = grammalecte.GrammarChecker("fr")
print(sum(len(found) for line in open(sys.argv[1], encoding="utf-8") for found in checker.getParagraphErrors(line.strip())))
"""
SENTENCEX = """
import sys, sentencex
print(sum(len(list(sentencex.segment("fr", line))) for line in open(sys.argv[1], encoding="utf-8")))
"""
PYSBD = """
import sys, pysbd
segmenter = pysbd.Segmenter(language="fr", clean=False)
print(sum(len(segmenter.segment(line)) for line in open(sys.argv[1], encoding="utf-8")))
"""


def articles(*sources):
    """(source, good translation) of each article that was translated from one of these languages."""
    for folder in sorted(ARTICLES.iterdir()):
        source = next(folder.glob("source.*"))
        lang = source.name.split(".")[1]
        if lang in sources:
            yield lang, source.read_text("utf-8"), (folder / "good.fr.txt").read_text("utf-8")


def written(path, pieces, size, head):
    """Writes pieces in turn until what counts of them has the size, and tells that size. A piece: (text, bytes that count)."""
    total = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(head)
        while total < size:
            for text, counting in pieces:
                file.write(text)
                total += counting
    return total


def length(text):
    return len(text.encode())


def as_text(pick):
    return lambda: [(f"{text}\n", length(text)) for text in map(pick, articles("en", "zh")) if text]


def as_lines(row, *sources):
    """Lines of JSON; what counts is the text of the target."""

    def pieces():
        rows = [row(*article) for article in articles(*sources)]
        text = lambda line: line.get("target", line.get("text", ""))
        return [(json.dumps(line, ensure_ascii=False) + "\n", length(text(line))) for line in rows if text(line)]

    return pieces


def as_po():
    """Units of PO, a paragraph each; what counts is the target."""
    quoted = lambda text: json.dumps(text, ensure_ascii=False)
    return [
        (f"msgid {quoted(source)}\nmsgstr {quoted(target)}\n\n", length(target))
        for _, before, after in articles("en")
        for source, target in zip(before.splitlines(), after.splitlines(), strict=True)
        if source
    ]


PO_HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: fr\\n"\n\n'


def program(name):
    """A program of the environment that runs this script, or of the machine."""
    beside = pathlib.Path(sys.executable).parent / name
    return str(beside) if os.access(beside, os.X_OK) else shutil.which(name)


def python_with(module):
    """A Python that has a module: this one, or that of the machine."""
    has = lambda python: subprocess.run([python, "-c", f"import {module}"], capture_output=True).returncode == 0
    pythons = [python for python in (sys.executable, "/usr/bin/python3") if os.access(python, os.X_OK)]
    return next(filter(has, pythons), None)


def library(module, code):
    """The command for a peer that is a library of Python."""
    python = python_with(module)
    return python and [python, "-c", code, "{}"]


def groups(binary):
    """Groups of programs on the same text: for each its name, command, text, kilobytes, and whether it reads its input."""
    french, english = lambda article: article[2], lambda article: article[1] if article[0] == "en" else ""
    batch = [binary, "batch", "--jobs", "1"]
    check = [binary, "check", "{}", "--format", "json", "--fail-on", "never"]
    checked = lambda lang, source, target: {"id": 1, "to": "fr", "target": target}
    source_read = lambda lang, source, target: {"id": 1, "from": lang, "to": "fr", "source": source, "target": target}
    in_english = lambda lang, source, target: {"id": 1, "to": "en", "target": source}
    cut = lambda lang, source, target: {"id": 1, "lang": "fr", "text": target}
    hunspell, pofilter, proselint = map(program, ("hunspell", "pofilter", "proselint"))
    po = ["--language=fr", "--progress=none", "-i", "{}", "-o", "{}.out.po"]
    yield "French news, no source", [
        ("contresens batch", batch, as_lines(checked, "en", "zh"), 1500, True),
        ("hunspell -d fr", hunspell and [hunspell, "-d", "fr", "-i", "utf-8", "-l"], as_text(french), 300, True),
        ("Grammalecte", library("grammalecte", GRAMMALECTE), as_text(french), 40, False),
    ]
    yield "French news with its English source", [
        ("contresens batch, aligned by itself", batch, as_lines(source_read, "en"), 300, True),
        ("contresens check, units of PO", check, as_po, 300, False),
        ("pofilter, the same PO", pofilter and [pofilter, *po], as_po, 150, False),
    ]
    yield "English news, no source", [
        ("contresens batch", batch, as_lines(in_english, "en"), 1500, True),
        ("proselint check", proselint and [proselint, "check", "{}"], as_text(english), 60, False),
    ]
    yield "sentences of French", [
        ("contresens segment", [binary, "segment", "--jsonl"], as_lines(cut, "en", "zh"), 3000, True),
        ("sentencex", library("sentencex", SENTENCEX), as_text(french), 1000, False),
        ("pysbd", library("pysbd", PYSBD), as_text(french), 60, False),
    ]


def seconds(command, path, fed):
    """Processor time of a program on a file, with that of its threads and children."""
    command = [str(part).replace("{}", str(path)) for part in command]
    with open(path if fed else os.devnull, "rb") as source:
        run = subprocess.Popen(command, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        said = run.stderr.read()
        _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended in {run.returncode}: {said.decode(errors='replace')[-500:]}")
    return usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", default="target/release/contresens", type=lambda name: str(pathlib.Path(name).resolve()))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scale", type=float, default=1.0, help="times as much text")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        runs = []
        for group, (title, programs) in enumerate(groups(options.bin)):
            for number, (name, command, pieces, size, fed) in enumerate(programs):
                if not command:
                    print(f"left out: {name}, which is not on this machine", flush=True)
                    continue
                ending, head = (".po", PO_HEAD) if pieces is as_po else (".txt", "")
                texts = []
                for part in (0.2, 1.0):
                    path = folder / f"{group}-{number}-{part}{ending}"
                    texts.append((path, written(path, pieces(), size * 1000 * part * options.scale, head)))
                run = {"title": title, "name": name, "command": command, "texts": texts, "fed": fed, "least": [math.inf] * 2}
                runs.append(run)
        for _ in range(options.rounds):
            for run in runs:
                for which, (path, _) in enumerate(run["texts"]):
                    run["least"][which] = min(run["least"][which], seconds(run["command"], path, run["fed"]))
        title = None
        for run in runs:
            (_, small), (_, large) = run["texts"]
            rate = (large - small) / max(1e-9, run["least"][1] - run["least"][0])
            if run["title"] != title:
                title, ours = run["title"], rate
                print(f"\n{title}\n{'':38}{'kB':>6}{'kB/s':>9}   of contresens' rate")
            print(f"{run['name']:38}{large / 1000:6.0f}{rate / 1000:9.1f}   {rate / ours:.3g}", flush=True)


if __name__ == "__main__":
    main()
