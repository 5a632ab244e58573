#!/usr/bin/env python3
"""Time and memory of `align` on two generated texts, from 100 to 20,000 sentences.

usage: measure_scale.py [--bin PROGRAM] [--sizes N...]

The texts are of a made-up language and its translation: one sentence in twenty is left out on either side, one in ten is
joined with the next. Prints seconds and peak memory for each size, and each as a multiple of the run before; the last line
is the share of beads that are as they were made. Python 3.11 on a system with wait4, standard library only.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import time

SYLLABLES = "ta mo rin ke sul pa vi dor ne".split(), "gu lesh bi ora ty wen cha fi zoo".split()


def spelled(number, syllables):
    word = ""
    number += len(syllables)
    while number:
        word += syllables[number % len(syllables)]
        number //= len(syllables)
    return word


def pair(sentences):
    """Two texts and the beads that they were made with."""
    numbers = random.Random(7)
    source, target, beads, joined = [], [], [], False
    for _ in range(sentences):
        words = [numbers.randrange(1 + numbers.randrange(8000)) for _ in range(numbers.randrange(6, 24))]
        here, there = (" ".join(spelled(word, syllables) for word in words) + "." for syllables in SYLLABLES)
        if joined:
            source.append(here)
            target[-1] += " " + there
            beads[-1][0].append(len(source) - 1)
            joined = False
        elif (chance := numbers.random()) < 0.05:
            source.append(here)
            beads.append([[len(source) - 1], []])
        elif chance < 0.1:
            target.append(there)
            beads.append([[], [len(target) - 1]])
        else:
            source.append(here)
            target.append(there)
            beads.append([[len(source) - 1], [len(target) - 1]])
            joined = numbers.random() < 0.1
    return source, target, beads


def measure(program, sentences):
    source, target, beads = pair(sentences)
    line = json.dumps({"id": sentences, "from": "en", "to": "en", "source": source, "target": target}) + "\n"
    start = time.perf_counter()
    run = subprocess.Popen([program, "align", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    run.stdin.write(line.encode())
    run.stdin.close()
    answer = json.loads(run.stdout.read())
    _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode != 0:
        sys.exit(f"align: {sentences} sentences: exit {run.returncode}")
    found = {(tuple(source), tuple(target)) for source, target in answer["beads"]}
    right = sum((tuple(source), tuple(target)) in found for source, target in beads) / len(beads)
    scale = 1024 if sys.platform != "darwin" else 1
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * scale / 1e6, right


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", default="target/release/contresens")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 300, 1000, 3000, 10000, 20000])
    options = parser.parse_args()
    print("sentences   seconds  of cores      MB   beads right   cores' time against the run before")
    before = None
    for size in options.sizes:
        wall, cores, memory, right = measure(options.bin, size)
        times = f"{cores / before:.1f} times" if before else ""
        print(f"{size:9} {wall:9.2f} {cores:9.2f} {memory:7.0f} {right:13.3f}   {times}", flush=True)
        before = cores


if __name__ == "__main__":
    main()
