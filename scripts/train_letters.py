#!/usr/bin/env python3
"""Counts the letter groups of a language and writes `corpus/languages/LANG/letters.tsv`, evidence for its detection.

usage: train_letters.py LANG WORDS.tsv     words with their frequencies, two columns
       train_letters.py LANG TEXT.txt...   running text: the words are counted
       train_letters.py LANG --wordfreq    the frequencies of the package `wordfreq` (pip install wordfreq)

A group is one to four letters of a word, `_` standing for its beginning and its end. Its weight is how much more often it
stands in the language than a group that is never met (one in a million), in tenths of a nat. The most frequent groups are
kept: figures of the language, not its words. Python 3.11, standard library only.
"""
import argparse, collections, math, pathlib, re, unicodedata

LONGEST = 4          # letters of a group
KEPT = 12000         # groups of a language
FLOOR = 1e-6         # the share of a group that is never met
WORDS = 50000        # the most frequent words are enough

def frequencies(lang, sources, wordfreq):
    """The words of a language with their frequencies."""
    if wordfreq:
        from wordfreq import get_frequency_dict
        return get_frequency_dict(lang)
    counts = collections.Counter()
    for source in sources:
        for line in pathlib.Path(source).read_text(encoding="utf-8").splitlines():
            if source.endswith(".tsv"):
                word, frequency = line.split("\t")[:2]
                counts[word] += float(frequency)
            else:
                counts.update(line.split())
    return counts

def groups(frequencies):
    """The share of each group among those of its length."""
    counts = [collections.Counter() for _ in range(LONGEST + 1)]
    for word, frequency in sorted(frequencies.items(), key=lambda item: (-item[1], item[0]))[:WORDS]:
        for part in re.findall(r"[^\W\d_]+(?:[\u0300-\u036f\u0900-\u0903\u093a-\u094f\u064b-\u0652][^\W\d_]*)*", unicodedata.normalize("NFC", word.lower())):
            padded = f"_{part}_"
            for length in range(1, LONGEST + 1):
                for start in range(len(padded) - length + 1):
                    group = padded[start:start + length]
                    if group != "_":
                        counts[length][group] += frequency
    shares = {}
    for length in range(1, LONGEST + 1):
        total = sum(counts[length].values())
        shares.update({group: count / total for group, count in counts[length].items()})
    return shares

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lang")
    parser.add_argument("source", nargs="*")
    parser.add_argument("--wordfreq", nargs="?", const="", metavar="CODE", help="take the frequencies of wordfreq, under another code if need be")
    args = parser.parse_args()
    code = args.lang if args.wordfreq in (None, "") else args.wordfreq
    shares = groups(frequencies(code, args.source, args.wordfreq is not None))
    kept = sorted(shares.items(), key=lambda item: (-item[1], item[0]))[:KEPT]
    rows = collections.defaultdict(list)
    for group, share in kept:
        weight = round(10 * math.log(share / FLOOR))
        if weight > 0:
            rows[weight].append(group)
    folder = pathlib.Path(__file__).parent.parent / "corpus" / "languages" / args.lang
    lines = [f"{weight}\t{' '.join(sorted(rows[weight]))}\n" for weight in sorted(rows, reverse=True)]
    (folder / "letters.tsv").write_text("# Letter groups by their weight; written by scripts/train_letters.py.\nweight\tgroups\n" + "".join(lines), encoding="utf-8")

main()
