#!/usr/bin/env python3
"""Tests job.py on this machine under a cluster of two executors. Run it by test_job.sh.

usage: test_job.py --binary PROGRAM [--articles N]

The articles are those of corpus/articles, with and without their sources, two in a row, each under an id of its own; among
them lines that no program can check. What the job writes must be what one `contresens batch` says, finding for finding:
- from JSON lines, while an executor and later a process of the program are killed in the middle of the work;
- from Parquet.
A program that swallows an answer, or that ends badly, must fail the job and leave nothing behind.
"""
import argparse
import collections
import contextlib
import itertools
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import pyarrow
import pyarrow.parquet
import pyspark

HERE = pathlib.Path(__file__).resolve().parent
ARTICLES = HERE.parent.parent / "corpus" / "articles"
CLUSTER = "local-cluster[2,1,1024]"
PARTITIONS = 16
# The killing begins when this many tasks are done.
DONE = 3
# Where executors of such a cluster work, each with a copy of the program.
WORK = pathlib.Path(os.environ.get("SPARK_HOME", pathlib.Path(pyspark.__file__).parent)) / "work"
# Bytes that are no article: each must give a row with an error, but for the empty line.
BAD = [
    b"no JSON",
    b'{"id": "no target"}',
    b"",
    b'{"id": "no UTF-8", "target": "\xff"}',
    b'{"id": [1], "target": "Oui.", "to": "xx"}',
]
# A line of Spark's log in which it has noticed the loss.
LOST = "Lost executor"
PROGRAM_KILLED = f"ended in {-signal.SIGKILL}"


def articles(number):
    """Lines of `batch`."""
    texts = []
    for folder in sorted(ARTICLES.iterdir()):
        source = next(folder.glob("source.*"))
        for target in sorted(folder.glob("[!s]*.fr.txt")) + sorted(folder.glob("spoilt.*")):
            texts.append((source.name.split(".")[1], source.read_text("utf-8"), target.read_text("utf-8")))
    pairs = [(one, two) for one, two in itertools.product(texts, texts) if one[0] == two[0]]
    for count, (one, two) in zip(range(number), itertools.cycle(pairs)):
        line = {"id": f"article-{count}", "to": "fr"}
        kind = count // len(pairs) % 4
        if kind == 0:
            line |= {"from": one[0], "source": f"{one[1]}\n\n{two[1]}", "target": f"{one[2]}\n\n{two[2]}"}
        elif kind == 1:
            line |= {"target": one[2], "expect": {"brief": 1, "lang": "fr", "names": {"keep": ["Lisbonne"]}}}
        else:
            line |= {"target": f"{one[2]}\n\n{two[2]}"}
        yield line


def without_nulls(value):
    if isinstance(value, dict):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    return [without_nulls(inner) for inner in value] if isinstance(value, list) else value


def said_by_batch(binary, lines):
    """What one process says: for each article its line, for each of its findings a line, in no order."""
    run = subprocess.run([binary, "batch"], input=b"\n".join(lines) + b"\n", capture_output=True, check=True)
    said = collections.Counter()
    for answer in map(json.loads, run.stdout.splitlines()):
        name = answer.get("id")
        answer["id"] = name if isinstance(name, str) or name is None else json.dumps(name)
        for finding in answer.pop("diagnostics", []):
            said["finding", json.dumps(without_nulls({"id": answer["id"], **finding}), sort_keys=True)] += 1
        said["article", json.dumps(without_nulls(answer), sort_keys=True)] += 1
    return said


def written_by_job(output):
    """The same of the tables."""
    assert (output / "_SUCCESS").exists(), "no _SUCCESS"
    assert sorted(path.name for path in output.iterdir() if path.is_dir()) == ["articles", "findings"], list(output.iterdir())
    written = collections.Counter()
    for row in pyarrow.parquet.read_table(output / "articles").to_pylist():
        kept = row.pop("input")
        assert (kept is None) == (row["error"] is None), row
        written["article", json.dumps(without_nulls(row), sort_keys=True)] += 1
    for row in pyarrow.parquet.read_table(output / "findings").to_pylist():
        written["finding", json.dumps(without_nulls(row), sort_keys=True)] += 1
    return written


def same(name, written, said):
    missing, more = said - written, written - said
    examples = list(itertools.islice((missing | more).items(), 3))
    assert not missing and not more, f"{name}: {missing.total()} rows missing, {more.total()} too many: {examples}"
    counts = collections.Counter(kind for kind, _ in said.elements())
    print(f"ok {name}: {counts['article']} articles, {counts['finding']} findings, as `batch` says", flush=True)


def below(parent):
    """The processes started by a process, and theirs: {id: command line}."""
    children, commands = collections.defaultdict(list), {}
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            above = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            children[int(above)].append(int(folder.name))
            commands[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    found, waiting = {}, [parent]
    while waiting:
        for child in children[waiting.pop()]:
            found[child] = commands[child]
            waiting.append(child)
    return found


def job(binary, source, output, log, *more):
    command = [sys.executable, HERE / "job.py", "--binary", binary, "--input", source, "--output", output, *more]
    settings = {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_SUBMIT_ARGS": "--conf spark.ui.enabled=false pyspark-shell"}
    return subprocess.Popen(command, stdout=log, stderr=log, cwd=output.parent, env={**os.environ, **settings})


class Test:
    def __init__(self, folder, binary):
        self.folder, self.binary = folder, binary
        self.log = folder / "log"

    def start(self, *more, binary=None, source, output):
        self.log.write_bytes(b"")
        return job(binary or self.binary, self.folder / source, self.folder / output, self.log.open("ab"), *more)

    def logged(self, words):
        return words in self.log.read_text(errors="replace")

    def until(self, process, what, happened):
        """Waits for something that must happen while the job works."""
        while not (value := happened()):
            assert process.poll() is None, f"the job ended before {what}"
            time.sleep(0.05)
        return value

    def kill(self, process, what, words, told):
        """Kills a process of the job until Spark says that it has lost one."""

        def victims():
            return [one for one, command in below(process.pid).items() if words in command]

        def lost():
            if not self.logged(told):
                for victim in victims()[-1:]:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(victim, signal.SIGKILL)
                time.sleep(0.5)
            return self.logged(told)

        self.until(process, f"{what} was killed", victims)
        self.until(process, f"the loss of {what} was noticed", lost)

    def ends_well(self, process):
        assert process.wait() == 0, f"exit code {process.returncode}"

    def test_lines_while_workers_die(self, said):
        process = self.start("--master", CLUSTER, "--partitions", str(PARTITIONS), source="articles.jsonl", output="lines")
        done = lambda: len(list(self.folder.glob("lines.partial-*/reports/_temporary/0/task_*"))) >= DONE
        self.until(process, f"{DONE} tasks were done", done)
        assert not (self.folder / "lines").exists(), "an output that is not whole has its name already"
        self.kill(process, "an executor", "CoarseGrainedExecutorBackend", LOST)
        self.kill(process, "a process of the program", "contresens batch", PROGRAM_KILLED)
        self.ends_well(process)
        same("JSON lines, an executor and a process killed", written_by_job(self.folder / "lines"), said)

    def test_parquet(self, lines):
        keys = sorted({key for line in lines for key in line})
        value = lambda line, key: json.dumps(line[key]) if key == "expect" and key in line else line.get(key)
        table = pyarrow.table({key: [value(line, key) for line in lines] for key in keys})
        pyarrow.parquet.write_table(table, self.folder / "articles.parquet")
        self.ends_well(self.start("--master", CLUSTER, source="articles.parquet", output="tables"))
        said = said_by_batch(self.binary, [json.dumps(line).encode() for line in lines])
        same("Parquet", written_by_job(self.folder / "tables"), said)

    def test_failing_programs(self):
        for name, script in {"swallows": '"$program" "$@" | head -n -1', "ends": '"$program" "$@"; exit 3'}.items():
            program = self.folder / name
            program.write_text(f"#!/bin/sh\nprogram='{self.binary}'\n{script}\n")
            program.chmod(0o755)
            process = self.start("--master", "local[1,2]", binary=program, source="few.jsonl", output=name + ".out")
            assert process.wait() == 2, f"{name}: exit code {process.returncode}"
            code = 3 if name == "ends" else 0
            assert self.logged(f"ended in {code}"), f"{name}: the log does not say why"
            left = list(self.folder.glob(name + ".out*"))
            assert not left, f"{name}: left behind: {left}"
            print(f"ok a program that {name}: the job fails and leaves nothing", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True, type=lambda name: str(pathlib.Path(name).resolve()))
    parser.add_argument("--articles", type=int, default=2000)
    options = parser.parse_args()
    start, before = time.monotonic(), set(WORK.glob("app-*"))
    with tempfile.TemporaryDirectory() as folder:
        test = Test(pathlib.Path(folder), options.binary)
        lines = list(articles(options.articles))
        raw = [json.dumps(line, ensure_ascii=False).encode() for line in lines]
        for count, bad in enumerate(BAD):
            raw.insert(count * len(raw) // len(BAD), bad)
        (test.folder / "articles.jsonl").write_bytes(b"\n".join(raw) + b"\n")
        (test.folder / "few.jsonl").write_bytes(b"\n".join(raw[-20:]) + b"\n")
        try:
            test.test_lines_while_workers_die(said_by_batch(test.binary, raw))
            test.test_parquet(lines[:: len(lines) // 200 or 1])
            test.test_failing_programs()
        except BaseException:
            print(test.log.read_text(errors="replace")[-8000:] if test.log.exists() else "", file=sys.stderr)
            raise
        finally:
            for made in set(WORK.glob("app-*")) - before:
                shutil.rmtree(made, ignore_errors=True)
    print(f"4 passed, 0 failed, in {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
