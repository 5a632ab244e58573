#!/usr/bin/env python3
"""Checks articles by the million: `contresens batch` under Apache Spark.

usage: job.py --input PATH --output PATH --binary PROGRAM [--format jsonl|parquet] [--args "FLAGS"] [--partitions N]
              [--split-mb N] [--overwrite] [--master URL]

The input is JSON lines as `batch` reads them, or Parquet with the columns `target` and, where there are any, `id`, `source`,
`from`, `to` and `expect` (the brief as JSON text). Each partition is piped through one process of the program. The output is
a folder with two Parquet tables, `articles` and `findings`; README.md beside this script has their columns.

The folder appears when all is done: it is written under another name beside its place, then renamed, and `_SUCCESS` is
written last. A process that dies, or answers fewer lines than it was given, fails its task, and Spark runs the task again.

Needs Python 3.11 with the packages of requirements.txt and Java 17. Exit code 0 when the output is whole, else 2.
"""
import argparse
import collections
import itertools
import json
import os
import shlex
import subprocess
import sys
import threading
import traceback
import uuid

from pyspark import SparkFiles
from pyspark.sql import Observation, SparkSession
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import to_arrow_schema
from pyspark.sql.types import StringType, StructType

# The columns are the keys of a line of `batch`, in its order.
PLACE = "start: BIGINT, `end`: BIGINT, line: BIGINT, `column`: BIGINT"
FINDING = f"""rule: STRING, category: STRING, severity: STRING, tier: STRING, message: STRING, why: STRING, {PLACE},
    suggestion: STRING, source: STRUCT<{PLACE}>"""
FACT = "id: STRING, verdict: STRING, start: BIGINT, `end`: BIGINT, why: STRING"
REPORT = f"""id STRING, `from` STRING, `to` STRING, words BIGINT, segments BIGINT, aligned DOUBLE, score DOUBLE,
    facts ARRAY<STRUCT<{FACT}>>, error STRING, input STRING, diagnostics ARRAY<STRUCT<{FINDING}>>"""

COUNTS = "count(*) AS articles", "count(error) AS errors", "sum(coalesce(size(diagnostics), 0)) AS findings"

KEYS = ("id", "target", "source", "expect", "from", "to")
# Rows that travel together between Spark and Python: few, for an article may be long.
ROWS = 256
# How much is kept of a line that could not be checked, and of what the program said before it died.
LINE_KEPT = 500
ERRORS_KEPT = 50


def checked(command, lines):
    """Pairs of a line and its answer from one process. Raises unless all lines are answered and the process ends well."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    sent, said, broken = collections.deque(), collections.deque(maxlen=ERRORS_KEPT), []

    def feed():
        try:
            for line in lines:
                if line.strip(b" \t\n\f\r"):  # `batch` answers nothing to an empty line
                    sent.append(line)
                    process.stdin.write(line + b"\n")
            process.stdin.close()
        except BrokenPipeError:
            pass  # the exit code tells
        except BaseException as error:
            broken.append(error)
            process.kill()

    def listen():
        for line in process.stderr:
            said.append(line.decode(errors="replace"))
            print(f"contresens: {said[-1]}", end="", file=sys.stderr, flush=True)

    threads = [threading.Thread(target=work, daemon=True) for work in (feed, listen)]
    try:
        for thread in threads:
            thread.start()
        for answer in process.stdout:
            if not sent or not answer.endswith(b"\n"):
                break
            yield sent.popleft(), answer
        code = process.wait()
        for thread in threads:
            thread.join()
        if broken:
            raise broken[0]
        if code != 0 or sent:
            raise RuntimeError(f"{shlex.join(command)} ended in {code}, {len(sent)} lines unanswered\n{''.join(said)}")
    finally:
        process.kill()
        process.wait()


def lines_of(batches):
    """The lines for `batch`: as they are, or made of the columns of a table. What is no UTF-8 stays so, for it to refuse."""
    text = lambda value: value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value
    for batch in batches:
        if batch.schema.names == ["line"]:
            yield from (line.as_py() for line in batch.column(0))
            continue
        for row in batch.to_pylist():
            row = {key: text(value) for key, value in row.items() if value is not None}
            try:
                row["expect"] = json.loads(row["expect"])
            except (KeyError, ValueError):
                pass  # no brief, or a bad one: `batch` says what is wrong with it
            yield json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "surrogateescape")


def row_of(line, answer):
    """A row of `REPORT`."""
    row = json.loads(answer)
    name = row.get("id")
    row["id"] = name if name is None or isinstance(name, str) else json.dumps(name, ensure_ascii=False)
    if "error" in row:
        row["input"] = line.decode(errors="replace")[:LINE_KEPT]
    return row


def checker(binary, flags, schema):
    """What Spark runs for each partition: batches of lines or columns in, batches of reports out."""

    def check(batches):
        import pyarrow

        command = [SparkFiles.get(binary), "batch", *flags]
        rows = (row_of(line, answer) for line, answer in checked(command, lines_of(batches)))
        while chunk := list(itertools.islice(rows, ROWS)):
            yield pyarrow.RecordBatch.from_pylist(chunk, schema=schema)

    return check


def read(spark, path, form):
    """A table with one column `line`, or with those of KEYS that the input has."""
    if form == "jsonl":
        # Bytes, not text: a line that is no UTF-8 must reach the program as it is.
        return spark.read.option("lineSep", "\n").text(path).select(sql.col("value").cast("binary").alias("line"))
    table = spark.read.parquet(path)
    if "target" not in table.columns:
        sys.exit(f"job: {path}: expected a column `target`, found {', '.join(table.columns)}")
    if "expect" in table.columns and table.schema["expect"].dataType != StringType():
        sys.exit(f"job: {path}: column `expect`: expected the brief as JSON text")
    bytes_of = lambda name: sql.col(name).cast("binary").alias(name)
    is_text = lambda name: table.schema[name].dataType == StringType()
    return table.select(*[bytes_of(name) if is_text(name) else sql.col(name) for name in KEYS if name in table.columns])


def run(spark, options):
    """Writes both tables beside their place, then moves them there."""
    hadoop = spark.sparkContext._jvm.org.apache.hadoop.fs
    path = lambda name: hadoop.Path(name)
    output = options.output.rstrip("/")
    files = path(output).getFileSystem(spark.sparkContext._jsc.hadoopConfiguration())
    if files.exists(path(output)) and not options.overwrite:
        sys.exit(f"job: {output} exists; --overwrite replaces it")
    spark.sparkContext.addFile(os.path.abspath(options.binary))
    schema = StructType.fromDDL(REPORT)
    check = checker(os.path.basename(options.binary), shlex.split(options.args), to_arrow_schema(schema))
    lines = read(spark, options.input, options.format)
    if options.partitions:
        lines = lines.repartition(options.partitions)
    partial = f"{output}.partial-{uuid.uuid4().hex[:8]}"
    try:
        # Kept on disk, so that the program runs once for both tables, and not again when a machine is lost.
        counted = Observation()
        reports = lines.mapInArrow(check, schema).observe(counted, *map(sql.expr, COUNTS))
        reports.write.parquet(f"{partial}/reports")
        reports = spark.read.schema(schema).parquet(f"{partial}/reports")
        reports.drop("diagnostics").write.parquet(f"{partial}/articles")
        findings = reports.select("id", sql.explode("diagnostics").alias("finding")).select("id", "finding.*")
        findings.write.parquet(f"{partial}/findings")
        files.delete(path(f"{partial}/reports"), True)
        if files.exists(path(output)):
            files.delete(path(f"{output}/_SUCCESS"), False)
            files.delete(path(output), True)
        if not files.rename(path(partial), path(output)):
            raise OSError(f"{partial} could not be renamed to {output}")
        files.create(path(f"{output}/_SUCCESS")).close()
    finally:
        files.delete(path(partial), True)
    count = counted.get
    print(f"{output}: {count['articles']} articles, {count['errors']} of them errors; {count['findings'] or 0} findings")


def session(options):
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("contresens")
    if options.master or "PYSPARK_GATEWAY_PORT" not in os.environ:  # which spark-submit sets
        builder = builder.master(options.master or "local[*,4]")  # 4 tries: Spark's default anywhere but on one machine
    settings = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": ROWS,
        "spark.sql.files.maxPartitionBytes": options.split_mb << 20,
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
        # Only whole tasks are committed; the faster way may leave a part of a task that died.
        "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": 1,
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--input", required=True, help="a file, a folder or a pattern; any address that Spark reads")
    parser.add_argument("--output", required=True, help="the folder to make")
    parser.add_argument("--binary", required=True, help="the program; it is sent to the workers")
    parser.add_argument("--format", choices=("jsonl", "parquet"), help="of the input [default: by its ending, else jsonl]")
    parser.add_argument("--args", default="--jobs 1", help="flags of `batch` [default: --jobs 1, for a task has one core]")
    parser.add_argument("--partitions", type=int, help="deal the articles out to N tasks [default: as the input is split]")
    parser.add_argument("--split-mb", type=int, default=16, help="megabytes of input for a task [default: 16]")
    parser.add_argument("--overwrite", action="store_true", help="replace an output that exists")
    parser.add_argument("--master", help="where Spark runs [default: that of spark-submit, else this machine]")
    options = parser.parse_args()
    options.format = options.format or ("parquet" if options.input.rstrip("/").endswith(".parquet") else "jsonl")
    if not os.access(options.binary, os.X_OK):
        sys.exit(f"job: {options.binary}: expected a program")
    spark = session(options)
    try:
        run(spark, options)
    finally:
        spark.stop()


if __name__ == "__main__":
    try:
        main()
    except SystemExit as stop:
        if isinstance(stop.code, str):
            print(stop.code, file=sys.stderr)
            stop.code = 2
        raise
    except Exception:
        traceback.print_exc()
        sys.exit(2)
