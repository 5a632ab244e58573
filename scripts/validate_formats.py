#!/usr/bin/env python3
"""Holds every report format of `check` against a published schema, or against a program that reads it.

usage: validate_formats.py [--bin PROGRAM] [--reports FOLDER]... [--cache FOLDER]

With --reports the files of a folder are held against them, one of each format (`house.sarif`, `house.junit` ...); with --bin the
program writes reports of texts that try to break out of every format. Without either, --bin is target/release/contresens.

format      held against                                                 from
sarif       the JSON schema of SARIF 2.1.0                               npm @microsoft/jest-sarif
junit       junit-10.xsd, the schema of Jenkins' xUnit plug-in           PyPI pytest (source package)
gitlab      the types of Code Climate's issues, which GitLab reads       npm codeclimate-types, typescript
checkstyle  a reader of such reports (Checkstyle publishes no schema)    npm danger-plugin-lint-report
rdjson      the schema and the checks of a validator of the format       npm @umbrelladocs/rdformat-validator
github      the writer of workflow commands: it must write the same      npm @actions/core
json        that it parses, and that jsonl holds the same documents

Needs Python 3.11 with venv, node and npm. The packages above, and jsonschema and lxml for this program, are fetched once into
the cache (target/formats), which then serves without a network.
Exit code 0 when all reports are accepted, 1 when one is refused, 3 when the packages are not there and cannot be fetched.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PYPI = ["jsonschema==4.25.1", "lxml==6.0.2"]
NPM = [
    "@microsoft/jest-sarif@1.0.0-beta.0",
    "codeclimate-types@0.3.1",
    "typescript@5.9.3",
    "danger-plugin-lint-report@1.8.1",
    "@umbrelladocs/rdformat-validator@1.0.1",
    "@actions/core@1.11.1",
]
PYTEST = "pytest==8.4.2"
FORMATS = ["json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"]

# A text that tries to break out of every format.
NASTY = """# Prix "<&>' 100 % ::error::x

L'usine a coûté plus de 350 millions d'euros.Elle 😀 ouvrira mardi, a dit <b>AT&T</b>]]> {0} [a](1).

Le prÃ©sident a parlé.\x1b[31m\u202e\x07 Il part.\u2028Il revient.
"""
SOURCE = "该工厂耗资超过35亿欧元。它将于周二开业,AT&T <b>表示</b>。\n"


def run(command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


UNAVAILABLE = 3


def fetch(cache):
    """The packages, once: a cache of other packages, or one that was not finished, is made anew."""
    stamp = cache / "packages.txt"
    wanted = "\n".join([*PYPI, *NPM, PYTEST, ""])
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    shutil.rmtree(cache, ignore_errors=True)
    cache.mkdir(parents=True)
    python = cache / "venv" / "bin" / "python"
    pip = [str(python), "-m", "pip", "--disable-pip-version-check"]
    steps = [
        [sys.executable, "-m", "venv", str(cache / "venv")],
        [*pip, "install", "-q", *PYPI],
        # The source package: the wheel leaves the schema out.
        [*pip, "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", str(cache), PYTEST],
        ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(cache), *NPM],
    ]
    for step in steps:
        try:
            run(step)
        except (OSError, subprocess.CalledProcessError) as error:
            told = (getattr(error, "stderr", "") or str(error)).strip()
            print(f"validate_formats.py: the validators could not be fetched: {' '.join(step[:4])} ...: {told[-500:]}", file=sys.stderr)
            print(f"It needs python with venv, node, npm and, once, a network; then {cache} serves.", file=sys.stderr)
            sys.exit(UNAVAILABLE)
    stamp.write_text(wanted)


def go_inside(cache):
    """Goes on in the virtual environment of the cache."""
    home = cache / "venv"
    if pathlib.Path(sys.prefix).resolve() != home.resolve():
        python = str(home / "bin" / "python")
        os.execv(python, [python, *sys.argv])


def written(folder):
    """The reports of a folder, as `reports` gives those of a run."""
    names = sorted({path.stem for path in folder.glob("*.json")})
    if not names:
        sys.exit(f"validate_formats.py: {folder}: no reports (NAME.json, NAME.sarif ...) are there")
    for name in names:
        files = {format: folder / f"{name}.{format}" for format in FORMATS}
        yield name, {format: file.read_text(encoding="utf-8") for format, file in files.items()}, files


def reports(program, folder):
    """Runs of the program: name, and a function that gives the text of a format."""
    article = "corpus/articles/usine-de-batteries"
    (folder / "été, 100%").mkdir()
    (folder / "été, 100%" / "a\"&'.txt").write_text(NASTY, encoding="utf-8")
    (folder / "source.txt").write_text(SOURCE, encoding="utf-8")
    (folder / "clean.txt").write_text("Le président a parlé jeudi devant les députés.\n", encoding="utf-8")
    runs = {
        "article": (ROOT, [f"{article}/spoilt.fr.txt", "--source", f"{article}/source.zh.txt"]),
        "nasty": (folder, ["été, 100%/a\"&'.txt", "--source", "source.txt", "--from", "zh", "--to", "fr"]),
        "clean": (folder, ["clean.txt", "--to", "fr"]),
        "two": (folder, ["clean.txt", "été, 100%/a\"&'.txt", "--to", "fr", "--fail-on", "minor"]),
    }
    for name, (place, arguments) in runs.items():
        files = {format: folder / f"{name}.{format}" for format in FORMATS}
        asked = [argument for format, file in files.items() for argument in ("--format", f"{format}={file}")]
        done = subprocess.run([program, "check", *arguments, *asked], cwd=place, capture_output=True, text=True)
        assert done.returncode in (0, 1), done.stderr
        yield name, {format: file.read_text(encoding="utf-8") for format, file in files.items()}, files


def node(cache, script, *arguments):
    return run(["node", "-e", script, *map(str, arguments)], cwd=cache)


def check_json(texts, *_):
    documents = json.loads(texts["json"])["documents"]
    assert documents == [json.loads(line) for line in texts["jsonl"].splitlines()], "jsonl differs from json"
    return sum(len(document["diagnostics"]) for document in documents)


def check_sarif(texts, _, cache):
    log = json.loads(texts["sarif"])
    schema = json.loads((cache / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json").read_text())
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)
    for result in log["runs"][0]["results"]:
        rule = log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
    return len(log["runs"][0]["results"])


def check_junit(texts, _, cache):
    with tarfile.open(next(cache.glob("pytest-*.tar.gz"))) as package:
        name = next(name for name in package.getnames() if name.endswith("junit-10.xsd"))
        schema = etree.XMLSchema(etree.parse(package.extractfile(name)))
    tree = etree.fromstring(texts["junit"].encode())
    schema.assertValid(tree)
    for suite in tree.iter("testsuite"):
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("skipped")) == len(suite.findall("testcase/skipped"))
    return len(tree.findall(".//failure")) + len(tree.findall(".//skipped"))


def check_gitlab(texts, _, cache):
    issues = json.loads(texts["gitlab"])
    source = cache / "gitlab.ts"
    source.write_text(f"import {{ Issue }} from 'codeclimate-types';\nexport const issues: Issue[] = {texts['gitlab']};\n")
    run(["node", "node_modules/typescript/bin/tsc", "--noEmit", "--strict", source.name], cwd=cache)
    prints = [issue["fingerprint"] for issue in issues]
    assert len(set(prints)) == len(prints), "fingerprints must be unique"
    return len(issues)


def check_checkstyle(texts, files, cache):
    script = """
        const { xml2js } = require('xml-js');
        const { parseCheckstyle } = require('danger-plugin-lint-report/dist/parse/checkstyle_parser');
        const text = require('fs').readFileSync(process.argv[1], 'utf8');
        console.log(JSON.stringify(parseCheckstyle(xml2js(text), '/')));"""
    read = json.loads(node(cache, script, files["checkstyle"]))
    errors = etree.fromstring(texts["checkstyle"].encode()).findall("file/error")
    assert [(one["line"], one["column"], one["severity"]) for one in read] == [
        (int(error.get("line")), int(error.get("column")), error.get("severity")) for error in errors
    ]
    assert all(one["severity"] in ("error", "warning", "info") and one["message"] for one in read)
    return len(errors)


def check_rdjson(texts, files, cache):
    script = """
        const { RDFormatValidator } = require('@umbrelladocs/rdformat-validator');
        const text = require('fs').readFileSync(process.argv[1], 'utf8');
        console.log(JSON.stringify(new RDFormatValidator({ strictMode: true }).validateObject(JSON.parse(text))));"""
    answer = json.loads(node(cache, script, files["rdjson"]))
    assert answer["valid"], answer["errors"]
    return len(json.loads(texts["rdjson"])["diagnostics"])


def check_github(texts, _, cache):
    """Reads each command, and has the writer of the runner's own library write it again."""
    script = """
        const { issueCommand } = require('@actions/core/lib/command');
        for (const [name, properties, message] of JSON.parse(process.argv[1])) issueCommand(name, properties, message);"""
    commands = []
    for line in texts["github"].splitlines():
        level, properties, message = re.fullmatch(r"::(error|warning|notice) (.*?)::(.*)", line).groups()
        pairs = [pair.split("=", 1) for pair in properties.split(",")]
        back = lambda text, marks: [text := text.replace(mark, sign) for mark, sign in marks][-1]
        data = [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]
        commands.append([level, {key: back(value, [("%3A", ":"), ("%2C", ","), *data]) for key, value in pairs}, back(message, data)])
    assert node(cache, script, json.dumps(commands)).splitlines() == texts["github"].splitlines()
    return len(commands)


CHECKS = {
    "json": check_json,
    "sarif": check_sarif,
    "junit": check_junit,
    "gitlab": check_gitlab,
    "checkstyle": check_checkstyle,
    "rdjson": check_rdjson,
    "github": check_github,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin")
    parser.add_argument("--reports", type=pathlib.Path, action="append", default=[])
    parser.add_argument("--cache", type=pathlib.Path, default=ROOT / "target" / "formats")
    arguments = parser.parse_args()
    arguments.cache = arguments.cache.resolve()
    program = arguments.bin or (None if arguments.reports else "target/release/contresens")
    if program and not shutil.which(program):
        parser.error(f"{program}: is no program; build it, or name it with --bin")
    fetch(arguments.cache)
    go_inside(arguments.cache)
    global jsonschema, etree
    import jsonschema
    from lxml import etree

    failed = False
    with tempfile.TemporaryDirectory() as folder:
        runs = [written(reports.resolve()) for reports in arguments.reports]
        if program:
            runs.append(reports(str(pathlib.Path(shutil.which(program)).resolve()), pathlib.Path(folder)))
        for name, texts, files in (one for run in runs for one in run):
            counts = set()
            for format, check in CHECKS.items():
                try:
                    count = check(texts, files, arguments.cache)
                except Exception as error:  # Whatever a reader says against a report is a failure of the report.
                    told = getattr(error, "stdout", "") or getattr(error, "stderr", "") or error
                    print(f"{name}\t{format}\tREFUSED\t{str(told)[:2000]}")
                    failed = True
                else:
                    counts.add(count)
                    print(f"{name}\t{format}\tok\t{count} findings")
            if len(counts) > 1:
                print(f"{name}: the formats differ in how many findings they hold")
                failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
